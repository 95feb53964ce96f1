import type { Instant } from '#engine/facts/facts.ts';
import { counted, percent } from './words.ts';

/** The leads that came in during one month (UTC) and what has become of them. */
export type Cohort = {
  /** `2026-01` */
  month: string;
  leads: number;
  positives: number;
  rate: number;
  /** False where wins are missing from the file for reasons that have nothing to do with the leads. */
  comparable: boolean;
};

export type Cohorts = {
  months: Cohort[];
  /** Row → 1 where the lead's cohort can be compared with the others and is old enough. */
  comparable: Uint8Array;
  /** Leads in such cohorts. */
  mature: number;
  warnings: { code: 'not_comparable' | 'too_young'; message: string }[];
};

const DAY = 86_400_000;
/** Wins that must be missing before the records are said to start late. */
const MISSED = 5;
/** Wins from which the time to a win can be read. */
const ENOUGH_WINS = 20;
/** The share of wins that has come in once a cohort counts as old enough. */
const MOSTLY_CLOSED = 0.9;

/**
 * Cohorts by month, and which of them can be compared.
 *
 * - Deals recorded only from some day on: cohorts from before it miss their early wins.
 * - Cohorts younger than nine wins in ten take to close: their wins are still to come.
 *
 * @param createdAt NaN where it is not known
 * @param closedAt when a lead's deal closed, NaN where it is not known; null when the file tells nothing of it
 */
export function cohortsOf(createdAt: Float64Array, won: Uint8Array, closedAt: Float64Array | null): Cohorts {
  const early = closedAt ? recordsBegin(createdAt, won, closedAt) : null;
  const young = closedAt ? tooYoungFrom(createdAt, won, closedAt) : null;
  const months = new Map<string, { rows: number[]; positives: number; early: boolean; young: boolean }>();
  createdAt.forEach((at, row) => {
    if (Number.isNaN(at)) return;
    const month = monthOf(at);
    const cohort = months.get(month) ?? { rows: [], positives: 0, early: false, young: false };
    months.set(month, cohort);
    cohort.rows.push(row);
    cohort.positives += won[row]!;
    if (early !== null && at < early) cohort.early = true;
    if (young !== null && at > young.from) cohort.young = true;
  });

  const sorted = [...months].sort(([a], [b]) => (a < b ? -1 : 1));
  const comparable = new Uint8Array(won.length).fill(1);
  for (const [, { rows, early, young }] of sorted) {
    if (early || young) for (const row of rows) comparable[row] = 0;
  }
  const cohorts = sorted.map(([month, { rows, positives, early, young }]) => ({
    month,
    leads: rows.length,
    positives,
    rate: positives / rows.length,
    comparable: !early && !young,
  }));
  const named = (kind: 'early' | 'young') => cohorts.filter((_, i) => sorted[i]![1][kind]);
  const warnings: Cohorts['warnings'] = [];
  if (early !== null)
    warnings.push({ code: 'not_comparable', message: earlySentence(early, named('early'), cohorts) });
  const late = named('young');
  if (young !== null && late.length > 0) {
    warnings.push({ code: 'too_young', message: youngSentence(young.days, late, cohorts) });
  }
  return { months: cohorts, comparable, mature: comparable.reduce((sum, c) => sum + c, 0), warnings };
}

const monthOf = (at: Instant): string => new Date(at).toISOString().slice(0, 7);
const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

/** Days from creation to the win, upwards, of the won leads that `among` takes. */
function lagsOf(
  createdAt: Float64Array,
  won: Uint8Array,
  closedAt: Float64Array,
  among: (row: number) => boolean,
): Float64Array {
  const lags: number[] = [];
  won.forEach((isWon, row) => {
    const lag = closedAt[row]! - createdAt[row]!;
    if (isWon === 1 && !Number.isNaN(lag) && among(row)) lags.push(Math.max(lag, 0));
  });
  return Float64Array.from(lags).sort();
}

/**
 * The first recorded close, when leads came in long enough before it that wins must be missing: had they won like the
 * later ones, at least five would have closed before it.
 */
function recordsBegin(createdAt: Float64Array, won: Uint8Array, closedAt: Float64Array): Instant | null {
  const first = closedAt
    .filter((at) => !Number.isNaN(at))
    .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const after = (row: number): boolean => createdAt[row]! >= first;
  const lags = lagsOf(createdAt, won, closedAt, after);
  const later = createdAt.reduce((n, _, row) => n + (after(row) ? 1 : 0), 0);
  if (lags.length < ENOUGH_WINS) return null;
  const rate = lags.length / later;
  let missed = 0;
  for (const at of createdAt) {
    if (at < first) missed += (rate * countBelow(lags, first - at)) / lags.length;
  }
  return missed >= MISSED ? first : null;
}

function countBelow(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tooYoungFrom(
  createdAt: Float64Array,
  won: Uint8Array,
  closedAt: Float64Array,
): { from: Instant; days: number } | null {
  const lags = lagsOf(createdAt, won, closedAt, () => true);
  if (lags.length < ENOUGH_WINS) return null;
  const most = lags[Math.ceil(MOSTLY_CLOSED * lags.length) - 1]!;
  let end = Number.NEGATIVE_INFINITY;
  createdAt.forEach((at, row) => {
    if (at > end) end = at;
    if (closedAt[row]! > end) end = closedAt[row]!;
  });
  return { from: end - most, days: Math.round(most / DAY) };
}

function rateOf(cohorts: Cohort[]): { leads: number; rate: number } {
  const leads = cohorts.reduce((sum, cohort) => sum + cohort.leads, 0);
  return { leads, rate: cohorts.reduce((sum, cohort) => sum + cohort.positives, 0) / leads };
}

const span = (cohorts: Cohort[]): string => {
  const [first, last] = [cohorts[0]!.month, cohorts.at(-1)!.month];
  return first === last ? first : `${first} to ${last}`;
};

/** `, against 13.1 % of the others`, when there are others. */
function against(cohorts: Cohort[]): string {
  const others = cohorts.filter(({ comparable }) => comparable);
  return others.length === 0 ? '' : `, against ${percent(rateOf(others).rate)} of the comparable ones`;
}

function earlySentence(first: Instant, early: Cohort[], all: Cohort[]): string {
  const { leads, rate } = rateOf(early);
  return `The cohorts ${span(early)} (${counted(leads, 'lead')}) are not comparable: deals are recorded only from ${dayOf(first)}, so wins that came before are missing; ${percent(rate)} of them won${against(all)}.`;
}

function youngSentence(days: number, young: Cohort[], all: Cohort[]): string {
  const { leads, rate } = rateOf(young);
  return `The cohorts ${span(young)} (${counted(leads, 'lead')}) are too young to compare: nine wins in ten take up to ${counted(days, 'day')}, and they have not had that long; ${percent(rate)} of them won so far${against(all)}.`;
}
