/**
 * A pact's replay held to the deals: how many of the wins it would have found in time, and how often it was right.
 */
import { wilson } from '#engine/calibration/interval.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Tracks } from '#engine/replay/fast/tracks.ts';
import { BAD_LEAD, VISITOR } from '#engine/replay/fast/tracks.ts';
import { countByMonth } from './months.ts';

export type Outcome = 'won' | 'lost' | 'open';

export type Deal = {
  /** The lead's number, as in the tracks. */
  lead: number;
  outcome: Outcome;
  closedAt: Instant | null;
  amount: number | null;
};

/** What a replay leaves of each lead: the instant it became an MQL (NaN for never) and its verdict at the end. */
export type Ends = Pick<Tracks, 'mqlAt' | 'verdict'>;

/** A rate's 95 % interval. */
export type Interval = [low: number, high: number];

export type Figures = {
  /** Leads with that verdict at the end. */
  visitors: number;
  bad_leads: number;
  /** Leads that became an MQL at some instant, and in which month, in the calendar's zone. */
  mqls: number;
  mqls_by_month: Record<string, number>;
  /** Leads by how their deals ended; a lead without a deal is not counted. */
  deals: Record<Outcome, number>;
  /** Won leads that were an MQL by the time the deal was won, and those that were not. */
  caught: number;
  missed: number;
  /** Leads that were an MQL by the time their deal closed. */
  mqls_decided: { won: number; lost: number };
  /** Won among those; null when there are none. */
  precision: number | null;
  precision_interval: Interval | null;
  /** Caught among the won; null when none was won. */
  recall: number | null;
  recall_interval: Interval | null;
  /** Money of the won deals, as far as their amounts are known. */
  amounts: { won: number; caught: number };
};

/**
 * @param deals of several won deals of a lead the earliest counts, and so of several lost ones
 * @param zone the zone that months are counted in
 */
export function backtest({ mqlAt, verdict }: Ends, deals: readonly Deal[], zone: string): Figures {
  const figures: Figures = {
    visitors: 0,
    bad_leads: 0,
    mqls: 0,
    mqls_by_month: countByMonth(
      mqlAt.filter((at) => !Number.isNaN(at)),
      zone,
    ),
    deals: { won: 0, lost: 0, open: 0 },
    caught: 0,
    missed: 0,
    mqls_decided: { won: 0, lost: 0 },
    precision: null,
    precision_interval: null,
    recall: null,
    recall_interval: null,
    amounts: { won: 0, caught: 0 },
  };
  for (let lead = 0; lead < mqlAt.length; lead++) {
    if (verdict[lead] === VISITOR) figures.visitors++;
    if (verdict[lead] === BAD_LEAD) figures.bad_leads++;
    if (!Number.isNaN(mqlAt[lead])) figures.mqls++;
  }
  for (const { lead, outcome, closedAt, amount } of endings(deals).values()) {
    figures.deals[outcome]++;
    const inTime = mqlAt[lead]! <= (closedAt ?? Number.POSITIVE_INFINITY); // NaN is never
    if (outcome !== 'open' && inTime) figures.mqls_decided[outcome]++;
    if (outcome !== 'won') continue;
    figures[inTime ? 'caught' : 'missed']++;
    figures.amounts.won += amount;
    if (inTime) figures.amounts.caught += amount;
  }
  const { won, lost } = figures.mqls_decided;
  const precision = rate(won, won + lost);
  const recall = rate(figures.caught, figures.deals.won);
  return {
    ...figures,
    precision: precision.rate,
    precision_interval: precision.interval,
    recall: recall.rate,
    recall_interval: recall.interval,
  };
}

function rate(part: number, whole: number): { rate: number | null; interval: Interval | null } {
  if (whole === 0) return { rate: null, interval: null };
  return { rate: part / whole, interval: wilson({ n: whole, won: part }) };
}

const weights: Record<Outcome, number> = { won: 2, lost: 1, open: 0 };

type Ending = Omit<Deal, 'amount'> & { /** Of all its won deals. */ amount: number };

/** How each lead ended: won when any of its deals is, else lost when one is, else open. */
function endings(deals: readonly Deal[]): Map<number, Ending> {
  const byLead = new Map<number, Ending>();
  for (const deal of deals) {
    const ending = byLead.get(deal.lead);
    const amount = deal.outcome === 'won' ? (deal.amount ?? 0) : 0;
    if (ending === undefined || weights[deal.outcome] > weights[ending.outcome]) {
      byLead.set(deal.lead, { ...deal, amount });
    } else if (deal.outcome === ending.outcome) {
      ending.closedAt = earlier(ending.closedAt, deal.closedAt);
      ending.amount += amount;
    }
  }
  return byLead;
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

export type Flips = { gained: string[]; lost: string[] };

/** Leads that one pact makes an MQL at some instant and the other never does, in the order of the leads. */
export function flips(before: Ends, after: Ends, ids: readonly string[]): Flips {
  const isMql = ({ mqlAt }: Ends, lead: number) => !Number.isNaN(mqlAt[lead]);
  return {
    gained: ids.filter((_, lead) => isMql(after, lead) && !isMql(before, lead)),
    lost: ids.filter((_, lead) => isMql(before, lead) && !isMql(after, lead)),
  };
}
