/** What misalignment costs (methods: cost of misalignment). Each lead is counted once, in the first bucket it fits. */
import type { Interval } from './figure.ts';
import { sayNumber, sayShare } from './say.ts';

export const COST_BUCKETS = ['untouched', 'late', 'rejected', 'unnurtured'] as const;
export type CostBucket = (typeof COST_BUCKETS)[number];

export type Assumptions = {
  average_deal: number;
  /** An MQL that is called becomes a deal. */
  close_rate: number;
  /** The same for one that was touched in time, and for one that was touched late. */
  fast_rate: number;
  late_rate: number;
  hours_per_return: number;
  hourly_cost: number;
  cost_per_lead: number;
  /** A recycled lead that is nurtured again becomes a deal. */
  recycle_rate: number;
};

/** Rules of thumb, for what nobody has counted or agreed. Each is to be replaced by who knows better. */
export const RULES_OF_THUMB: Assumptions = {
  average_deal: 10_000,
  close_rate: 0.06,
  fast_rate: 0.06,
  late_rate: 0.03,
  hours_per_return: 0.75,
  hourly_cost: 60,
  cost_per_lead: 120,
  recycle_rate: 0.02,
};

type CostLine = {
  bucket: CostBucket;
  name: string;
  leads: number;
  /** What one lead in it costs. */
  each: number;
  cost: number;
  low: number;
  high: number;
  formula: string;
};

export type Cost = { lines: CostLine[]; total: number; low: number; high: number };

/** How each bucket is worked out: what one lead in it costs, and how that is said. */
const LINES: Record<
  CostBucket,
  { name: string; each: (a: Assumptions) => number; say: (a: Assumptions) => string }
> = {
  untouched: {
    name: 'Never touched',
    each: (a) => a.close_rate * a.average_deal,
    say: (a) => `${sayShare(a.close_rate)} × ${sayNumber(a.average_deal)}`,
  },
  late: {
    name: 'Touched late',
    each: (a) => Math.max(0, a.fast_rate - a.late_rate) * a.average_deal,
    say: (a) => `(${sayShare(a.fast_rate)} − ${sayShare(a.late_rate)}) × ${sayNumber(a.average_deal)}`,
  },
  rejected: {
    name: 'Given back as not fitting',
    each: (a) => a.hours_per_return * a.hourly_cost + a.cost_per_lead,
    say: (a) =>
      `(${sayNumber(a.hours_per_return)} h × ${sayNumber(a.hourly_cost)} + ${sayNumber(a.cost_per_lead)})`,
  },
  unnurtured: {
    name: 'Never taken up again',
    each: (a) => a.recycle_rate * a.average_deal,
    say: (a) => `${sayShare(a.recycle_rate)} × ${sayNumber(a.average_deal)}`,
  },
};

/** The rates that are not known exactly, with the range each lies in. */
export type Ranges = Partial<Record<'close_rate' | 'fast_rate' | 'late_rate' | 'recycle_rate', Interval>>;

/**
 * 60 never touched, 80 late, 100 rejected and 40 never taken up again are 36,000 + 24,000 + 16,500 + 8,000 = 84,500.
 * @param ranges widen the cost to what it may be at least and at most
 */
export function costOf(leads: Record<CostBucket, number>, assumed: Assumptions, ranges: Ranges = {}): Cost {
  const at = (end: 0 | 1): Assumptions => ({
    ...assumed,
    close_rate: ranges.close_rate?.[end] ?? assumed.close_rate,
    fast_rate: ranges.fast_rate?.[end] ?? assumed.fast_rate,
    // What is won late lessens the loss: its high end makes the cost low.
    late_rate: ranges.late_rate?.[end === 0 ? 1 : 0] ?? assumed.late_rate,
    recycle_rate: ranges.recycle_rate?.[end] ?? assumed.recycle_rate,
  });
  const [low, high] = [at(0), at(1)];
  const lines = COST_BUCKETS.map((bucket): CostLine => {
    const [{ name, each, say }, n] = [LINES[bucket], leads[bucket]];
    const cost = n * each(assumed);
    return {
      bucket,
      name,
      leads: n,
      each: each(assumed),
      cost,
      low: Math.min(cost, n * each(low)),
      high: Math.max(cost, n * each(high)),
      formula: `${sayNumber(n)} × ${say(assumed)} = ${sayNumber(cost)}`,
    };
  });
  const sum = (of: 'cost' | 'low' | 'high') => lines.reduce((all, line) => all + line[of], 0);
  return { lines, total: sum('cost'), low: sum('low'), high: sum('high') };
}

/** What is to be kept in mind beside any such sum. */
export const CAVEATS: readonly string[] = [
  'Leads that were touched late may have been the worse leads: then being late cost less than this.',
  'Each lead is counted once, in the first line that it fits.',
  'A rate that was counted is uncertain: low and high say how much.',
];
