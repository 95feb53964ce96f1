/** Deals: those that closed in the period, and those that were open at its end. */
import type { Sql } from '../sql.ts';
import { type Base, latestSourceOf, leadFilter, sourceOf, survivor } from './base.ts';

/** A deal belongs to a team, tier and version by what was handed over of its lead before it closed. */
export function ofHandoffs(sql: Sql): string {
  const { team, tier, version } = sql.scope.filter;
  if (team === null && tier === null && version === null) return '';
  const tests = [
    ...(team === null ? [] : [`h.queue = ${sql.value(team, 'text')}`]),
    ...(tier === null ? [] : [`h.tier = ${sql.value(tier, 'text')}`]),
    ...(version === null ? [] : [`h.version = ${sql.value(version, 'int')}`]),
  ];
  return ` AND EXISTS (SELECT FROM handoffs h WHERE h.workspace_id = $1 AND h.lead = coalesce(l.number, d.lead)
    AND h.offered_at <= coalesce(d.closed_at, ${sql.now}) AND ${tests.join(' AND ')})`;
}

export const inPeriod = (sql: Sql, column: string): string =>
  `${column} >= ${sql.instant(sql.scope.from)} AND ${column} < ${sql.instant(sql.scope.to)}`;
const end = (sql: Sql): string => sql.instant(Math.min(sql.scope.to, sql.scope.now));

/** Marketing handed it over as an MQL before, its first touch was in time, and it was won. */
const SHARED = `d.outcome = 'won' AND EXISTS (SELECT FROM handoffs h JOIN deadlines t ON t.workspace_id = h.workspace_id AND t.handoff_id = h.id AND t.term = 'first_touch'
  WHERE h.workspace_id = $1 AND h.lead = coalesce(l.number, d.lead) AND h.origin <> 'exception' AND h.answer = 'acceptance'
    AND h.offered_at <= d.closed_at AND t.met_at <= t.due_at)`;

/** Its lead was an MQL when it was opened. */
const SEEN =
  'EXISTS (SELECT FROM passes p WHERE p.workspace_id = $1 AND p.lead = l.number AND p.mql_at <= d.opened_at)';

const base = (from: Base['from'], sets: Base['sets']): Base => ({
  kind: 'deal',
  from,
  sets,
  groups: {
    source: () => sourceOf('l'),
    latest: () => latestSourceOf('l'),
    currency: (sql) => currencyOf(sql),
    month: (sql) => `to_char(d.closed_at AT TIME ZONE ${sql.zone}, 'YYYY-MM')`,
  },
  settings: [],
  row: {
    id: () => 'd.id',
    lead: () => 'coalesce(l.number, d.lead)',
    at: () => 'coalesce(d.closed_at, d.opened_at)',
    what: () => 'd.outcome',
    amount: () => 'd.amount',
    currency: currencyOf,
  },
});

/** A deal without a currency is in that of the pact. */
export function currencyOf(sql: Sql): string {
  const own =
    sql.scope.version?.pact.economics.currency ?? sql.scope.timeline.versions.at(-1)?.pact.economics.currency;
  return `coalesce(d.currency, ${sql.value(own ?? '', 'text')})`;
}

/** Closed in the period. */
export const deals: Base = base(
  (sql) =>
    `FROM deals d ${survivor('d.lead', 'l')} WHERE d.workspace_id = $1 AND d.outcome <> 'open' AND ${inPeriod(sql, 'd.closed_at')}
     ${ofHandoffs(sql)}${leadFilter(sql, 'd.lead')}`,
  {
    closed: () => 'true',
    won: () => "d.outcome = 'won'",
    won_known: () => "d.outcome = 'won' AND d.amount IS NOT NULL",
    lost: () => "d.outcome = 'lost'",
    shared: () => SHARED,
    seen_closed: () => SEEN,
    seen_won: () => `d.outcome = 'won' AND ${SEEN}`,
  },
);

/** Open at the end of the period, or now while it runs. */
export const openDeals: Base = base(
  (sql) =>
    `FROM deals d ${survivor('d.lead', 'l')} WHERE d.workspace_id = $1 AND d.opened_at < ${end(sql)}
       AND (d.outcome = 'open' OR d.closed_at >= ${end(sql)})${ofHandoffs(sql)}${leadFilter(sql, 'd.lead')}`,
  { open: () => 'true' },
);
