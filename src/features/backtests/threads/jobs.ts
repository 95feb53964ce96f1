/**
 * What threads can be asked to do. Each job is made ready once, out of numbers in memory that all share, and then does
 * whichever of its parts it is given.
 */
import { type ReplayWork, replayer } from '#engine/replay/fast.ts';
import { type Sorting, sortPart } from '../history/sorting.ts';
import { type UnpackingStates, unpackStates } from '../history/unpacking.ts';

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
