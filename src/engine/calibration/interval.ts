import type { Tally } from './evidence.ts';
import type { Interval } from './metrics.ts';

/** Wilson's 95 % interval of a rate. 45 of 150: 0.2324 to 0.3776. */
export function wilson({ n, won }: Tally): Interval {
  if (n === 0) return [0, 1];
  const z = 1.959964;
  const p = won / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // Rounding must not leave out a rate of none or of all.
  return [
    won === 0 ? 0 : Math.max((middle - half) / scale, 0),
    won === n ? 1 : Math.min((middle + half) / scale, 1),
  ];
}
