import { SCALE, type Scale, scoreOf } from './points.ts';

/** Leads a week whose score is `from` or above and below the next band's. Bands in falling order of score. */
export type Band = { from: number; leads: number };

/** Leads that sales can work in a week. */
export const capacityOf = (reps: number, leadsEach: number): number => reps * leadsEach;

/** The lowest band bound that does not ask more of sales than it can work; null when even the best band does. */
export function safeCut(
  bands: readonly Band[],
  capacity: number,
): { score: number; leads: number; use: number } | null {
  let leads = 0;
  let cut: { score: number; leads: number; use: number } | null = null;
  for (const band of bands) {
    leads += band.leads;
    if (leads > capacity) break;
    cut = { score: band.from, leads, use: leads / capacity };
  }
  return cut;
}

/**
 * The score at which capacity is used in full, leads taken as spread evenly within a band. The lowest bound when
 * there is room for all; null when the best band, which has no upper bound, is already too much.
 */
export function fullCut(bands: readonly Band[], capacity: number): number | null {
  let leads = 0;
  let above: number | null = null;
  for (const band of bands) {
    if (leads + band.leads > capacity) {
      return above === null ? null : above - ((capacity - leads) / band.leads) * (above - band.from);
    }
    leads += band.leads;
    above = band.from;
  }
  return above;
}

/** The chance of a win from which working a lead pays: its cost over the margin of a deal. */
export const breakEven = (costPerWorkedLead: number, marginPerDeal: number): number =>
  costPerWorkedLead / marginPerDeal;

/** The score from which leads are worth handing over: whichever asks more, capacity or break-even. Policy moves it from there. */
export function thresholdOf(
  bands: readonly Band[],
  capacity: number,
  costPerWorkedLead: number,
  marginPerDeal: number,
  scale: Scale = SCALE,
): number | null {
  const cut = safeCut(bands, capacity);
  return cut === null
    ? null
    : Math.max(cut.score, scoreOf(breakEven(costPerWorkedLead, marginPerDeal), scale));
}
