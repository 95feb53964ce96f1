/** Leads that came in the period: where from, and whether they were won. */
import type { Sql } from '../sql.ts';
import { type Base, latestSourceOf, leadFilter, personOf, sourceOf } from './base.ts';

const mature = (sql: Sql): string => sql.watched('l.created_at', 'horizon');

const won = (sql: Sql): string =>
  `${mature(sql)} AND ${sql.day('w.won_at')} - ${sql.day('l.created_at')} <= ${sql.number('horizon')}`;

/** When each person's first deal was won, whichever of the leads that are one person it is booked under. */
const WON = `SELECT ${personOf('o')} AS number, min(d.closed_at) AS won_at
  FROM deals d JOIN leads o ON o.workspace_id = $1 AND o.number = d.lead
  WHERE d.workspace_id = $1 AND d.outcome = 'won' GROUP BY 1`;

/** Leads have no team, tier or version before they are handed over: those filters do not narrow them down. */
export const leads: Base = {
  kind: 'lead',
  from: (sql) =>
    `FROM leads l LEFT JOIN (${WON}) w ON w.number = l.number WHERE l.workspace_id = $1 AND l.merged_into IS NULL
       AND l.created_at >= ${sql.instant(sql.scope.from)} AND l.created_at < ${sql.instant(sql.scope.to)}${leadFilter(sql, 'l.number')}`,
  sets: { created: () => 'true', mature, won, won_ever: () => 'w.won_at IS NOT NULL' },
  groups: { source: () => sourceOf('l'), latest: () => latestSourceOf('l') },
  settings: ['horizon'],
  row: { id: () => 'l.id', lead: () => 'l.number', at: () => 'l.created_at', what: () => 'l.origin' },
};
