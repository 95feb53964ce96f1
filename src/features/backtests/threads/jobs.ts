/**
 * What threads can be asked to do. Each job is made ready once, out of numbers in memory that all share, and then does
 * whichever of its parts it is given; or it takes rows, which are read for it, and may have something to tell of them.
 */
import { type ReplayWork, replayer } from '#engine/replay/fast.ts';
import { Fields } from '#platform/db/fields.ts';
import { ContentsReader, memoryOf, type Wanted } from '../history/contents.ts';
import { type Sorting, sortPart } from '../history/sorting.ts';
import { type Sweeping, sweeper } from '../history/sweeping.ts';
import {
  activityUnpacker,
  type Unpacking,
  type UnpackingStates,
  unpackStates,
} from '../history/unpacking.ts';

/** A replay, and the lead numbers at which its parts begin and end. */
type Replaying = { work: ReplayWork; bounds: Uint32Array };

const jobs = {
  replay: ({ work, bounds }: Replaying) => {
    const replay = replayer(work);
    return (part: number): void => replay(bounds[part]!, bounds[part + 1]!);
  },
  unpackStates: (work: UnpackingStates) => (part: number) => unpackStates(work, part),
  sort: (work: Sorting) => (part: number) => sortPart(work, part),
};

export type JobName = keyof typeof jobs;
export type Work<Job extends JobName> = Parameters<(typeof jobs)[Job]>[0];

/** Does a part of a work. */
export type Doer = (part: number) => void;

/** A work made ready. */
export const ready = <Job extends JobName>(job: Job, work: Work<Job>): Doer =>
  (jobs[job] as (work: Work<Job>) => Doer)(work);

/** Takes rows by their numbers; each may be gone afterwards. */
type Taker<Told> = {
  take: (row: Buffer, number: number) => void;
  /** What there is to tell in the end, and what of its memory is handed over with it. */
  tell: () => { told: Told; memory: ArrayBuffer[] };
};

const silent = (unpack: (data: Uint8Array, number: number) => void): Taker<null> => ({
  take: (row, number) => unpack(new Fields(row).raw(), number),
  tell: () => ({ told: null, memory: [] }),
});

const takers = {
  contents: (wanted: Wanted) => {
    const reader = new ContentsReader(wanted);
    return {
      take: (row: Buffer, number: number): void => reader.take(row, number),
      tell: () => {
        const told = reader.contents();
        return { told, memory: memoryOf(told) };
      },
    };
  },
  unpack: (work: Unpacking) => silent(activityUnpacker(work)),
  sweep: (work: Sweeping) => silent(sweeper(work)),
};

export type TakerName = keyof typeof takers;
export type TakerWork<Name extends TakerName> = Parameters<(typeof takers)[Name]>[0];
export type ToldBy<Name extends TakerName> = ReturnType<ReturnType<(typeof takers)[Name]>['tell']>['told'];

/** A taker made ready. */
export const taking = <Name extends TakerName>(name: Name, work: TakerWork<Name>): Taker<ToldBy<Name>> =>
  (takers[name] as (work: TakerWork<Name>) => Taker<ToldBy<Name>>)(work);
