/** Cohorts: those who entered a stage in a period, each watched for the same time (methods: stage conversion). */
import { type Figure, share } from './figure.ts';
import { sayCounted, sayNumber } from './say.ts';

export type Cohort = {
  /** Entered in the period. */
  size: number;
  /** Of these, old enough to have been watched to the horizon. */
  mature: number;
  /** Of the mature, converted within the horizon. */
  converted: number;
};

/** 45 of 150 mature are 30 %, whatever the 50 young ones have done so far. */
export function conversion(
  measure: string,
  { size, mature, converted }: Cohort,
  { of, did, horizon }: { of: string; did: string; horizon: string },
): Figure {
  const young = size - mature;
  const figure = share(measure, converted, mature, { of, did });
  if (young === 0) return figure;
  if (mature > 0)
    return {
      ...figure,
      says: `${figure.says} ${sayNumber(young)} more are too young to count (${horizon}).`,
    };
  return { ...figure, says: `All ${sayNumber(young)} ${of} are too young to say (${horizon}).` };
}

/**
 * Of all who entered, however young, those who have converted so far, however late: 842 of 8,000 are 10.525 %. What is
 * printed beside a conversion, and grows until the last of them is old; no interval, for it estimates nothing.
 */
export function soFar(
  measure: string,
  { size, young, came }: { size: number; young: number; came: number },
  { of, did }: { of: string; did: string },
): Figure {
  const figure = share(measure, came, size, { of, did });
  if (size === 0) return figure;
  const counted = `${came === 0 ? 'None' : sayNumber(came)} of ${sayNumber(size)} ${of} so far ${did}: ${sayCounted(came, size)}.`;
  const warning =
    young === 0 ? '' : ` ${sayNumber(young)} of them are young: this number still grows, and is no rate.`;
  return { ...figure, interval: null, says: `${counted}${warning}` };
}

/** Leads that ended alike on the same day of their time in a stage. */
export type Ending = { day: number; kind: 'converted' | 'left' | 'open'; n: number };

export type CurvePoint = {
  day: number;
  /** Share that has converted by that day, and share that has left by another way. */
  converted: number;
  left: number;
  /** How many were still under way before that day. */
  at_risk: number;
};

/**
 * Cumulative incidence where leaving by another way competes with converting (Aalen and Johansen 1978): who was given
 * back can no longer convert, and is not one whose end is merely not known yet. On a day, what happened comes before
 * what was only watched so far. One point for each day on which something happened.
 */
export function incidence(endings: readonly Ending[]): CurvePoint[] {
  const byDay = Map.groupBy(endings, ({ day }) => day);
  let atRisk = endings.reduce((sum, { n }) => sum + n, 0);
  let [staying, converted, left] = [1, 0, 0];
  const curve: CurvePoint[] = [];
  for (const day of [...byDay.keys()].sort((a, b) => a - b)) {
    const n = { converted: 0, left: 0, open: 0 };
    for (const ending of byDay.get(day)!) n[ending.kind] += ending.n;
    const before = atRisk;
    atRisk -= n.converted + n.left + n.open;
    if (before === 0 || n.converted + n.left === 0) continue;
    converted += (staying * n.converted) / before;
    left += (staying * n.left) / before;
    staying *= 1 - (n.converted + n.left) / before;
    curve.push({ day, converted, left, at_risk: before });
  }
  return curve;
}

/** The share that has converted by a day. */
export const convertedBy = (curve: readonly CurvePoint[], day: number): number =>
  curve.findLast((point) => point.day <= day)?.converted ?? 0;

/** A small group's rate, drawn towards the whole as if `weight` more had gone like it. 3 of 12 at 6 %: 13.1 %. */
export const shrunk = (k: number, n: number, whole: number, weight = 20): number =>
  (k + weight * whole) / (n + weight);
