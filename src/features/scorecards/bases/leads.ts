/** Leads that came in the period: where from, and whether they were won. */
import type { Sql } from '../sql.ts';
import { type Base, latestSourceOf, leadFilter, sourceOf } from './base.ts';

const mature = (sql: Sql): string =>
  `${sql.day('l.created_at')} <= ${sql.day(sql.now)} - ${sql.number('horizon')}`;

const won = (sql: Sql): string =>
  `${mature(sql)} AND l.number IN (SELECT coalesce(o.merged_into, o.number) FROM deals d JOIN leads o ON o.workspace_id = $1 AND o.number = d.lead
     WHERE d.workspace_id = $1 AND d.outcome = 'won' AND d.closed_at >= ${sql.instant(sql.scope.from)} - interval '1 day')
   AND EXISTS (SELECT FROM deals d JOIN leads o ON o.workspace_id = $1 AND o.number = d.lead
     WHERE d.workspace_id = $1 AND d.outcome = 'won' AND coalesce(o.merged_into, o.number) = l.number
       AND ${sql.day('d.closed_at')} - ${sql.day('l.created_at')} <= ${sql.number('horizon')})`;

/** Leads have no team, tier or version before they are handed over: those filters do not narrow them down. */
export const leads: Base = {
  kind: 'lead',
  from: (sql) =>
    `FROM leads l WHERE l.workspace_id = $1 AND l.merged_into IS NULL
       AND l.created_at >= ${sql.instant(sql.scope.from)} AND l.created_at < ${sql.instant(sql.scope.to)}${leadFilter(sql, 'l.number')}`,
  sets: { created: () => 'true', mature, won },
  groups: { source: () => sourceOf('l'), latest: () => latestSourceOf('l') },
  settings: ['horizon'],
  row: { id: () => 'l.id', lead: () => 'l.number', at: () => 'l.created_at', what: () => 'l.origin' },
};
