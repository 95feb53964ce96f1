import type { Instant } from '#engine/facts/facts.ts';

/** Where the present comes from. Handed in, so that a test or a replay can hold it still. */
export type Clock = () => Instant;

/** The machine's own clock, in whole milliseconds UTC. */
export const systemClock: Clock = () => Date.now();
