/** Handoffs old enough to tell, by when they were first touched: what being late does to winning. */
import type { Sql } from '../sql.ts';
import { type Base, handoffFilter, leadFilter } from './base.ts';

const mature = (sql: Sql): string => sql.watched('h.offered_at', 'horizon');
const won = (sql: Sql): string =>
  `${mature(sql)} AND ${sql.day('p.won_at')} - ${sql.day('h.offered_at')} <= ${sql.number('horizon')}`;
const IN_TIME = 'd.met_at <= d.due_at';
const LATE = 'd.met_at > d.due_at';

export const touched: Base = {
  kind: 'handoff',
  from: (sql) =>
    `FROM handoffs h
     LEFT JOIN deadlines d ON d.workspace_id = h.workspace_id AND d.handoff_id = h.id AND d.term = 'first_touch'
     LEFT JOIN passes p ON p.workspace_id = h.workspace_id AND p.lead = h.lead AND p.pass = h.pass
     WHERE h.workspace_id = $1 AND h.offered_at >= ${sql.instant(sql.scope.from)} AND h.offered_at < ${sql.instant(sql.scope.to)}
       AND h.answer IS DISTINCT FROM 'withdrawal'${handoffFilter(sql)}${leadFilter(sql, 'h.lead')}`,
  sets: {
    mature,
    won,
    mature_fast: (sql) => `${mature(sql)} AND ${IN_TIME}`,
    won_fast: (sql) => `${won(sql)} AND ${IN_TIME}`,
    mature_late: (sql) => `${mature(sql)} AND ${LATE}`,
    won_late: (sql) => `${won(sql)} AND ${LATE}`,
    mature_again: (sql) => `${mature(sql)} AND h.pass > 1`,
    won_again: (sql) => `${won(sql)} AND h.pass > 1`,
  },
  groups: {},
  settings: ['horizon'],
  row: {
    id: () => 'h.id',
    lead: () => 'h.lead',
    at: () => 'h.offered_at',
    version: () => 'h.version',
    pass: () => 'h.pass',
  },
};
