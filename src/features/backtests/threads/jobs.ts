/**
 * What threads can be asked to do. Each job is made ready once, out of numbers in memory that all share, and then does
 * whichever of its parts it is given.
 */
import { type ReplayWork, replayer } from '#engine/replay/fast.ts';
import { type Sorting, sortPart } from '../history/sorting.ts';
import {
  type UnpackingActivities,
  type UnpackingStates,
  unpackActivities,
  unpackStates,
} from '../history/unpacking.ts';

/** A replay, and the lead numbers at which its parts begin and end. */
export type Replaying = { work: ReplayWork; bounds: Uint32Array };

export const jobs = {
  replay: ({ work, bounds }: Replaying) => {
    const replay = replayer(work);
    return (part: number): void => replay(bounds[part]!, bounds[part + 1]!);
  },
  unpackActivities: (work: UnpackingActivities) => () => unpackActivities(work),
  unpackStates: (work: UnpackingStates) => (part: number) => unpackStates(work, part),
  sort: (work: Sorting) => (part: number) => sortPart(work, part),
};

export type JobName = keyof typeof jobs;
export type Work<Job extends JobName> = Parameters<(typeof jobs)[Job]>[0];
