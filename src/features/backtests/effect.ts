/** What a replay comes to, in the words of the wire: the engine's figures, with what they mean for sales. */
import type { BacktestSide, Effect, LeadList, Rate } from '#contract/backtests.ts';
import { backtest, type Ends, type Figures, type Interval } from '#engine/backtest/backtest.ts';
import { countByWeek, missedTouches, perWeek } from '#engine/backtest/workload.ts';
import { parseWorking } from '#engine/pact/duration.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { calendarOf } from '#features/handoffs/calendars.ts';
import type { Past } from './desk.ts';

/** A version that was replayed, and how it came out for each lead. */
export type Replayed = { number: number; digest: string; pact: Pact; ends: Ends };

/**
 * @param before the version in force; null while none is
 * @param sales how many members sales has, for pacts without queues
 */
export async function effectOf(
  past: Past,
  before: Replayed | null,
  after: Replayed,
  sales: number,
): Promise<Effect> {
  const { leads, activities, deals } = past;
  const { won, lost, open } = backtest(after.ends, deals, after.pact.calendar.zone).deals;
  const moved = movedLeads(past, before, after);
  return {
    leads: leads.length,
    activities,
    deals: { won, lost, open },
    before: before && (await sideOf(past, before, sales)),
    after: await sideOf(past, after, sales),
    gained: moved.gained.length,
    lost: moved.lost.length,
  };
}

async function sideOf(
  { deals }: Past,
  { number, digest, pact, ends }: Replayed,
  sales: number,
): Promise<BacktestSide> {
  const figures = backtest(ends, deals, pact.calendar.zone);
  const instants = ends.mqlAt.filter((at) => !Number.isNaN(at));
  const capacity = pact.economics.capacity_per_month;
  const weekly = capacity === undefined ? null : perWeek(capacity);
  const reps = repsOf(pact) || sales;
  const weeks = countByWeek(instants, pact.calendar.zone);
  const { first_touch } = pact.handoff.tiers.standard!;
  return {
    number,
    digest,
    mqls: figures.mqls,
    mqls_by_month: monthsOf(figures.mqls_by_month).map(([month, mqls]) => ({ month, mqls })),
    visitors: figures.visitors,
    bad_leads: figures.bad_leads,
    ...ratesOf(figures),
    missed_wins: figures.missed,
    amounts: figures.amounts,
    workload: {
      reps,
      capacity_per_week: weekly,
      weeks: weeks.map(({ week, count }) => ({
        week,
        mqls: count,
        per_rep: reps === 0 ? null : count / reps,
      })),
      weeks_over: weekly === null ? null : weeks.filter(({ count }) => count > weekly).length,
    },
    deadlines:
      weekly === null || weekly === 0
        ? null
        : {
            first_touch,
            mqls: instants.length,
            missed: missedTouches(instants, await calendarOf(pact), weekly, parseWorking(first_touch)),
          },
  };
}

/** People of a pact's queues, each once. */
const repsOf = ({ handoff }: Pact): number =>
  new Set(Object.values(handoff.routing.queues).flatMap(({ members }) => members.map(({ person }) => person)))
    .size;

export function ratesOf({ mqls_decided, caught, deals, precision_interval, recall_interval }: Figures): {
  precision: Rate;
  recall: Rate;
} {
  const decided = mqls_decided.won + mqls_decided.lost;
  return {
    precision: rateOf(mqls_decided.won, decided, precision_interval),
    recall: rateOf(caught, deals.won, recall_interval),
  };
}

const rateOf = (part: number, of: number, interval: Interval | null): Rate => ({
  part,
  of,
  rate: of === 0 ? null : part / of,
  interval,
});

/** Every month from the first to the last. */
export function monthsOf(counts: Record<string, number>): [month: string, mqls: number][] {
  const met = Object.keys(counts).sort();
  const [first, last] = [met[0], met.at(-1)];
  if (first === undefined || last === undefined) return [];
  const months: [string, number][] = [];
  for (let month = Temporal.PlainYearMonth.from(first); ; month = month.add({ months: 1 })) {
    const name = month.toString();
    months.push([name, counts[name] ?? 0]);
    if (name === last) return months;
  }
}

/** The places of the leads of each list, in the order they are shown in: the latest first. */
export function movedLeads(
  { leads, deals }: Past,
  before: Replayed | null,
  after: Replayed,
): Record<LeadList, number[]> {
  const [was, is] = [before?.ends.mqlAt, after.ends.mqlAt];
  const lists: Record<LeadList, number[]> = { gained: [], lost: [], missed: [] };
  for (let lead = 0; lead < is.length; lead++) {
    const [held, holds] = [was !== undefined && !Number.isNaN(was[lead]), !Number.isNaN(is[lead])];
    if (holds && !held) lists.gained.push(lead);
    if (held && !holds) lists.lost.push(lead);
  }
  const byNumber = (a: number, b: number): number => leads[a]! - leads[b]!;
  lists.gained.sort((a, b) => is[b]! - is[a]! || byNumber(a, b));
  lists.lost.sort((a, b) => was![b]! - was![a]! || byNumber(a, b));
  const won = new Map<number, number>();
  for (const { lead, outcome, closedAt } of deals) {
    if (outcome === 'won')
      won.set(
        lead,
        Math.min(won.get(lead) ?? Number.POSITIVE_INFINITY, closedAt ?? Number.POSITIVE_INFINITY),
      );
  }
  lists.missed = [...won].filter(([lead, at]) => !(is[lead]! <= at)).map(([lead]) => lead);
  lists.missed.sort((a, b) => won.get(b)! - won.get(a)! || byNumber(a, b));
  return lists;
}
