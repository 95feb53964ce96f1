/** Leads that misalignment cost something, each once: in the first bucket that any handoff of the period puts it in. */
import { COST_BUCKETS, type CostBucket } from '#engine/measures/cost.ts';
import { reasonsOwnedBy } from '../reasons.ts';
import type { Sql } from '../sql.ts';
import { type Base, handoffFilter, leadFilter } from './base.ts';

/** After so long a recycled lead counts as not taken up again. */
const TAKEN_UP_WITHIN = '30 days';

const BUCKETS: Record<CostBucket, (sql: Sql) => string> = {
  untouched: (sql) =>
    `(d.met_at IS NULL OR d.met_at > ${sql.now}) AND d.void_at IS NULL AND d.due_at < ${sql.now} AND h.answer IS DISTINCT FROM 'withdrawal'`,
  late: (sql) => `d.met_at > d.due_at AND d.met_at <= ${sql.now}`,
  rejected: (sql) =>
    `r.reason = ANY (${sql.value(reasonsOwnedBy(sql.scope, ['definition', 'marketing']), 'text[]')}) AND u.ruling IS DISTINCT FROM 'overturned'`,
  unnurtured: (sql) =>
    `r.next = 'recycle' AND r.at < ${sql.now} - interval '${TAKEN_UP_WITHIN}'
     AND NOT EXISTS (SELECT FROM passes n WHERE n.workspace_id = $1 AND n.lead = h.lead AND n.pass > h.pass)`,
};

const bucket = (sql: Sql): string =>
  `CASE ${COST_BUCKETS.map((name, i) => `WHEN ${BUCKETS[name](sql)} THEN ${i}`).join(' ')} END`;

/** What one lead of a bucket costs, in the order of the buckets: handed over with the figure, for it hangs on what was assumed. */
function amount(sql: Sql): string {
  const each = (sql.by.each ?? '').split(' ').map(Number);
  if (each.length !== COST_BUCKETS.length || each.some((one) => !Number.isFinite(one))) return 'NULL';
  return `(${sql.value(each, 'float8[]')})[x.place + 1]`;
}

export const costs: Base = {
  kind: 'handoff',
  from: (sql) =>
    `FROM (SELECT DISTINCT ON (x.lead) x.* FROM (
       SELECT h.id, h.lead, h.pass, h.version, h.offered_at, r.clause, r.reason, ${bucket(sql)} AS place
       FROM handoffs h
       LEFT JOIN deadlines d ON d.workspace_id = h.workspace_id AND d.handoff_id = h.id AND d.term = 'first_touch'
       LEFT JOIN returns r ON r.workspace_id = h.workspace_id AND r.handoff_id = h.id
       LEFT JOIN rulings u ON u.workspace_id = h.workspace_id AND u.handoff_id = h.id
       WHERE h.workspace_id = $1 AND h.offered_at >= ${sql.instant(sql.scope.from)} AND h.offered_at < ${sql.instant(sql.scope.to)}
         ${handoffFilter(sql)}${leadFilter(sql, 'h.lead')}) x
     WHERE x.place IS NOT NULL ORDER BY x.lead, x.place, x.offered_at, x.id) x WHERE true`,
  sets: {
    any: () => 'true',
    ...Object.fromEntries(COST_BUCKETS.map((name, i) => [name, () => `x.place = ${i}`])),
  },
  groups: {},
  settings: ['each', 'currency'],
  row: {
    id: () => 'x.id',
    lead: () => 'x.lead',
    at: () => 'x.offered_at',
    what: () => `coalesce(x.reason, (ARRAY['never touched', 'touched late'])[x.place + 1])`,
    clause: () => 'x.clause',
    version: () => 'x.version',
    pass: () => 'x.pass',
    amount,
    currency: (sql) => sql.value(sql.by.currency ?? null, 'text'),
  },
};
