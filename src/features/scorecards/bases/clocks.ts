/** The clocks of what was handed over in the period. Those that were stopped before they fell due are not counted. */
import type { Sql } from '../sql.ts';
import { type Base, handoffFilter, judged, leadFilter, sourceOf, survivor } from './base.ts';

const met = (sql: Sql): string => `d.met_at IS NOT NULL AND d.met_at <= ${sql.now}`;
const unmet = (sql: Sql): string => `(d.met_at IS NULL OR d.met_at > ${sql.now}) AND d.void_at IS NULL`;

/** As `standingOf` of the engine says: a test holds them together. */
const sets: Base['sets'] = {
  met: (sql) => `${met(sql)} AND d.met_at <= d.due_at`,
  late: (sql) => `${met(sql)} AND d.met_at > d.due_at`,
  overdue: (sql) => `${unmet(sql)} AND d.due_at < ${sql.now}`,
  open: (sql) => `${unmet(sql)} AND d.due_at >= ${sql.now}`,
  due: (sql) => `(${met(sql)} OR (${unmet(sql)} AND d.due_at < ${sql.now}))`,
};

/** The terms a set is of: `accept,first_touch`. */
const inTerms = (sql: Sql): string =>
  sql.by.terms === undefined ? '' : `AND d.term = ANY (${sql.value(sql.by.terms.split(','), 'text[]')})`;

export const clocks: Base = {
  kind: 'clock',
  from: (sql) =>
    `FROM handoffs h JOIN deadlines d ON d.workspace_id = h.workspace_id AND d.handoff_id = h.id
     ${'source' in sql.by ? survivor('h.lead', 'l') : ''}
     WHERE h.workspace_id = $1 AND d.workspace_id = $1 AND h.offered_at >= ${sql.instant(sql.scope.from)} AND h.offered_at < ${sql.instant(sql.scope.to)}
       ${inTerms(sql)}${handoffFilter(sql)}${leadFilter(sql, 'h.lead')}${judged(sql)}`,
  sets,
  groups: {
    term: () => 'd.term',
    tier: () => 'h.tier',
    team: () => "coalesce(h.queue, '')",
    month: (sql) => `to_char(h.offered_at AT TIME ZONE ${sql.zone}, 'YYYY-MM')`,
    source: () => sourceOf('l'),
  },
  settings: ['terms', 'judge'],
  row: {
    id: () => 'h.id',
    lead: () => 'h.lead',
    at: () => 'd.due_at',
    what: () => 'd.term',
    version: () => 'd.version',
    pass: () => 'h.pass',
    elapsed: () => 'extract(epoch FROM d.met_at - d.started_at) * 1000',
  },
};
