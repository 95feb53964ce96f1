/** What a backtest found, for machines. */
import type { Figures, Flips, Interval } from '#engine/backtest/backtest.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { rounded, roundedOrNull } from '../numbers.ts';

export type Side = { pact: string; digest: string; figures: Figures };

export type Backtested = {
  first: Side;
  /** The pact it is compared with. */
  second: Side | undefined;
  flips: Flips | null;
  leads: number;
  activities: number;
  /** The end of the replay. */
  until: Instant;
  /** Whether there was a deals file. */
  withDeals: boolean;
  /** From the call to the answer, and of that the replay alone. */
  elapsedMs: number;
  replayMs: number;
};

/** Keys in the order of the interface; further ones after them. */
export function asJson({
  first,
  second,
  flips,
  leads,
  activities,
  until,
  elapsedMs,
  replayMs,
}: Backtested): string {
  const { pact, digest, figures } = first;
  const answer = {
    ...{ pact, digest, leads, activities },
    ...figuresJson(figures),
    elapsed_ms: elapsedMs,
    ...(flips === null ? {} : { flips }),
    ...(second === undefined
      ? {}
      : { second: { pact: second.pact, digest: second.digest, ...figuresJson(second.figures) } }),
    at: new Date(until).toISOString(),
    replay_ms: replayMs,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function figuresJson({
  precision,
  recall,
  precision_interval,
  recall_interval,
  amounts,
  ...counts
}: Figures) {
  const { mqls_decided, ...rest } = counts;
  return {
    ...rest,
    precision: roundedOrNull(precision),
    precision_interval: roundedInterval(precision_interval),
    recall: roundedOrNull(recall),
    recall_interval: roundedInterval(recall_interval),
    mqls_decided,
    amounts: { won: rounded(amounts.won), caught: rounded(amounts.caught) },
  };
}

const roundedInterval = (interval: Interval | null): Interval | null =>
  interval === null ? null : [rounded(interval[0]), rounded(interval[1])];

/** A line a figure, a column a pact. */
export function asCsv({ first, second, leads, activities, elapsedMs }: Backtested): string {
  const sides = second === undefined ? [first] : [first, second];
  const rows: [string, (side: Side) => string | number | null][] = [
    ['digest', ({ digest }) => digest],
    ['leads', () => leads],
    ['activities', () => activities],
    ['visitors', ({ figures }) => figures.visitors],
    ['bad_leads', ({ figures }) => figures.bad_leads],
    ['mqls', ({ figures }) => figures.mqls],
    ['won', ({ figures }) => figures.deals.won],
    ['lost', ({ figures }) => figures.deals.lost],
    ['open', ({ figures }) => figures.deals.open],
    ['caught', ({ figures }) => figures.caught],
    ['missed', ({ figures }) => figures.missed],
    ['precision', ({ figures }) => roundedOrNull(figures.precision)],
    ['precision_low', ({ figures }) => roundedOrNull(figures.precision_interval?.[0] ?? null)],
    ['precision_high', ({ figures }) => roundedOrNull(figures.precision_interval?.[1] ?? null)],
    ['recall', ({ figures }) => roundedOrNull(figures.recall)],
    ['recall_low', ({ figures }) => roundedOrNull(figures.recall_interval?.[0] ?? null)],
    ['recall_high', ({ figures }) => roundedOrNull(figures.recall_interval?.[1] ?? null)],
    ['elapsed_ms', () => elapsedMs],
  ];
  const months = [...new Set(sides.flatMap(({ figures }) => Object.keys(figures.mqls_by_month)))].sort();
  for (const month of months)
    rows.push([`mqls_${month}`, ({ figures }) => figures.mqls_by_month[month] ?? 0]);
  const lines = rows.map(([name, of]) => csvLine([name, ...sides.map((side) => String(of(side) ?? ''))]));
  return csvLine(['figure', ...sides.map(({ pact }) => pact)]) + lines.join('');
}
