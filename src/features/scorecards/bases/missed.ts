/** Closed deals of leads that were no MQL when the deal was opened: the definition did not see them. */
import type { Sql } from '../sql.ts';
import { type Base, leadFilter, sourceOf, survivor } from './base.ts';
import { currencyOf, inPeriod, ofHandoffs } from './deals.ts';

const WON = "d.outcome = 'won'";
const condition = (sql: Sql): string => sql.value([sql.setting('condition')], 'text[]');

const alone = (sql: Sql): string => `(k.who = ${condition(sql)} OR k.obstacles = ${condition(sql)})`;

export const missed: Base = {
  kind: 'deal',
  from: (sql) =>
    `FROM deals d ${survivor('d.lead', 'l')}
     LEFT JOIN kept_out k ON k.workspace_id = $1 AND k.deal_id = d.id
     WHERE d.workspace_id = $1 AND d.outcome <> 'open' AND d.lead IS NOT NULL AND ${inPeriod(sql, 'd.closed_at')}
       AND NOT EXISTS (SELECT FROM passes p WHERE p.workspace_id = $1 AND p.lead = l.number AND p.mql_at <= d.opened_at)
       ${ofHandoffs(sql)}${leadFilter(sql, 'd.lead')}`,
  sets: {
    closed: () => 'true',
    won: () => WON,
    won_known: () => `${WON} AND d.amount IS NOT NULL`,
    /** Kept out by a condition, among others; and by nothing else about who they are, or nothing else at all. */
    closed_by: (sql) => `k.obstacles @> ${condition(sql)}`,
    won_by: (sql) => `${WON} AND k.obstacles @> ${condition(sql)}`,
    closed_alone: alone,
    won_alone: (sql) => `${WON} AND ${alone(sql)}`,
    /** The definition held, and nobody had handed them over yet. */
    won_unhindered: () => `${WON} AND k.obstacles = '{}'`,
  },
  groups: {
    origin: () => "coalesce(l.origin, '')",
    source: () => sourceOf('l'),
    currency: currencyOf,
  },
  settings: ['condition'],
  row: {
    id: () => 'd.id',
    lead: () => 'coalesce(l.number, d.lead)',
    at: () => 'd.opened_at',
    what: () =>
      "CASE WHEN k.obstacles = '{}' THEN 'nothing kept it out' ELSE array_to_string(k.obstacles, '; ') END",
    clause: () => "nullif(split_part(k.obstacles[1], ': ', 1), '')",
    version: () => 'k.version',
    amount: () => 'd.amount',
    currency: currencyOf,
  },
};
