/** Population stability: how far a distribution has moved from the one it is compared with. */

/** Below this many on either side the index fires by chance alone. */
export const ENOUGH_TO_COMPARE = 200;

export type Stability = 'stable' | 'watch' | 'act';

/**
 * `Σ (c − b) · ln(c / b)` over the bands of a score (PSI) or of an attribute (CSI), from the counts then and now.
 * A band that is empty on one side counts half a lead there.
 */
export function stabilityIndex(before: ArrayLike<number>, now: ArrayLike<number>): number {
  const bands = before.length;
  const half = (counts: ArrayLike<number>, i: number): number => counts[i]! || 0.5;
  let [allBefore, allNow] = [0, 0];
  for (let i = 0; i < bands; i++) {
    if (before[i]! + now[i]! === 0) continue;
    allBefore += half(before, i);
    allNow += half(now, i);
  }
  let index = 0;
  for (let i = 0; i < bands; i++) {
    if (before[i]! + now[i]! === 0) continue;
    const [b, c] = [half(before, i) / allBefore, half(now, i) / allNow];
    index += (c - b) * Math.log(c / b);
  }
  return index;
}

/** The customary reading; a convention, not a test. */
export const stabilityOf = (index: number): Stability =>
  index < 0.1 ? 'stable' : index <= 0.25 ? 'watch' : 'act';
