/** When what could not be delivered is tried again. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses before the second try, the third, and so on: a little over three days in all (Standard Webhooks). */
export const PAUSES: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** Tries in all. */
export const MOST_TRIES = PAUSES.length + 1;

/** Tries of what makes its carrier throw: a fault of ours, which time does not mend. */
export const MOST_FAULTS = 5;

/**
 * How long to wait after a try, in milliseconds; null when it was the last one.
 * @param tries made so far, this one included
 * @param chance 0 … 1: spread over a tenth of the pause, so that those who failed together do not come back together
 */
export function pauseAfter(tries: number, chance: number): number | null {
  const pause = PAUSES[tries - 1];
  return pause === undefined ? null : Math.round(pause * (1 + chance / 10));
}
