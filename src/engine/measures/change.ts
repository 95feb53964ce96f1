/** Whether two shares differ, and whether a share is what was expected. */
import type { Figure, Interval } from './figure.ts';
import { sayShare } from './say.ts';

export type Change = { change: number | null; interval: Interval | null; says: string };

/** After less before, with its interval (Newcombe 1998, from Wilson's intervals of both). */
export function changeOf(name: string, before: Figure, after: Figure): Change {
  if (before.value === null || after.value === null) {
    return {
      change: null,
      interval: null,
      says: `${name}: there is nothing to compare, for one side has no value.`,
    };
  }
  const change = after.value - before.value;
  if (before.interval === null || after.interval === null) {
    return { change, interval: null, says: `${name}: ${after.says}` };
  }
  const low = change - Math.hypot(after.value - after.interval[0], before.interval[1] - before.value);
  const high = change + Math.hypot(after.interval[1] - after.value, before.value - before.interval[0]);
  const points = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)} points`;
  const moved = `${name}: from ${sayShare(before.value)} to ${sayShare(after.value)}`;
  const range = `${points(change)}, between ${points(low)} and ${points(high)}`;
  if (!before.enough || !after.enough) {
    return { change, interval: [low, high], says: `${moved}; too few to say whether that is a change.` };
  }
  const told = low > 0 || high < 0 ? 'a change' : 'may be chance';
  return { change, interval: [low, high], says: `${moved} (${range}): ${told}.` };
}

/** Whether what was expected can be true of what was counted; null while there are too few to say. */
export function isWithin(expected: number, { interval, enough }: Figure): boolean | null {
  if (interval === null || !enough) return null;
  return interval[0] <= expected && expected <= interval[1];
}
