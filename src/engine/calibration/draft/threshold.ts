/** At most this share of the leads is handed over by a draft: what teams commonly flag is 15 to 35 %. */
const MOST_FLAGGED = 0.35;

/**
 * Where a draft puts the bar: the fit that parts won from lost leads best (the widest gap between the share of won and
 * of lost leads at or above it) among those that flag at most 35 % of the leads. Capacity and break-even move it from
 * there.
 */
export function barOf(fit: Float64Array, won: Uint8Array): { fit: number; flagged: number; caught: number } {
  const order = Uint32Array.from(fit, (_, row) => row).sort((a, b) => fit[b]! - fit[a]! || a - b);
  const wins = won.reduce((sum, w) => sum + w, 0);
  let best = { fit: fit[order[0]!]!, flagged: 0, caught: 0 };
  let [widest, caught] = [Number.NEGATIVE_INFINITY, 0];
  order.forEach((row, i) => {
    caught += won[row]!;
    const flagged = i + 1;
    const isLast = fit[order[flagged] ?? -1] !== fit[row];
    if (!isLast || (best.flagged > 0 && flagged > MOST_FLAGGED * order.length)) return;
    const gap = caught / wins - (flagged - caught) / (order.length - wins);
    if (gap <= widest) return;
    widest = gap;
    best = { fit: fit[row]!, flagged, caught };
  });
  return best;
}

/** Bounds of the grades A, B and C: the best tenth, quarter and half of the leads, kept apart and within reach. */
export function gradesOf(fit: Float64Array, reach: number): { A: number; B: number; C: number } {
  const sorted = fit.toSorted();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
  const A = Math.min(Math.max(at(0.9), 3), Math.max(reach, 3));
  const B = Math.min(Math.max(at(0.75), 2), A - 1);
  const C = Math.min(Math.max(at(0.5), 1), B - 1);
  return { A, B, C };
}
