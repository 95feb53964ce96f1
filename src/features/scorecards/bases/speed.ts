/** How long what was handed over waited for its first touch, in working time or by the clock on the wall. */
import { BUCKETS, LONGEST_WAIT } from '#engine/measures/speed.ts';
import type { Sql } from '../sql.ts';
import { type Base, handoffFilter, leadFilter, sourceOf, survivor } from './base.ts';

const epoch = (instant: string): string => `(extract(epoch FROM ${instant}) * 1000)::float8`;

/** Milliseconds from one instant to another: open ones, where the scope has a calendar and is asked for them. */
function between(sql: Sql, from: string, to: string): string {
  const open = sql.by.clock === 'wall' ? null : sql.scope.open;
  if (open === null || open.from.length === 0) return `${epoch(to)} - ${epoch(from)}`;
  const [starts, before, length] = [open.from, open.before, open.length].map((column) =>
    sql.value(column, 'float8[]'),
  );
  const upTo = (instant: string): string => {
    const span = `width_bucket(${epoch(instant)}, ${starts})`;
    return `coalesce((${before})[${span}] + least(${epoch(instant)} - (${starts})[${span}], (${length})[${span}]), 0)`;
  };
  return `${upTo(to)} - ${upTo(from)}`;
}

/** As `bucketOf` of the engine says: a test holds them together. */
function bucket(sql: Sql): string {
  const bounds = BUCKETS.slice(0, -1).map(({ upTo }) => upTo + 1); // "up to" takes its bound in
  const names = BUCKETS.map(({ bucket: name }) => name);
  return `CASE WHEN w.elapsed IS NOT NULL
      THEN (${sql.value(names, 'text[]')})[width_bucket(round(w.elapsed)::float8, ${sql.value(bounds, 'float8[]')}) + 1]
    WHEN w.closed OR w.waited > ${sql.value(LONGEST_WAIT, 'float8')} THEN 'never' END`;
}

const mature = (sql: Sql): string => `${bucketIs(sql)} AND ${sql.watched('h.offered_at', 'horizon')}`;
const bucketIs = (sql: Sql): string => `b.bucket = ${sql.value(sql.setting('bucket'), 'text')}`;
const within = (sql: Sql, reached: string): string =>
  `${mature(sql)} AND ${sql.day(reached)} - ${sql.day('h.offered_at')} <= ${sql.number('horizon')}`;

export const speed: Base = {
  kind: 'handoff',
  from: (sql) =>
    `FROM handoffs h
     LEFT JOIN deadlines d ON d.workspace_id = h.workspace_id AND d.handoff_id = h.id AND d.term = 'first_touch'
     LEFT JOIN passes p ON p.workspace_id = h.workspace_id AND p.lead = h.lead AND p.pass = h.pass
     ${'source' in sql.by ? survivor('h.lead', 'l') : ''}
     CROSS JOIN LATERAL (SELECT
       CASE WHEN d.met_at <= ${sql.now} THEN ${between(sql, 'h.offered_at', 'd.met_at')} END AS elapsed,
       ${between(sql, 'h.offered_at', `least(${sql.now}, h.decided_at, CASE WHEN h.answer = 'lapse' THEN h.answered_at END)`)} AS waited,
       h.decision IS NOT NULL OR h.answer IS NOT DISTINCT FROM 'lapse' AS closed OFFSET 0) w
     CROSS JOIN LATERAL (SELECT ${bucket(sql)} AS bucket OFFSET 0) b
     WHERE h.workspace_id = $1 AND h.offered_at >= ${sql.instant(sql.scope.from)} AND h.offered_at < ${sql.instant(sql.scope.to)}
       AND NOT (h.answer IS NOT DISTINCT FROM 'withdrawal' AND d.met_at IS NULL)${handoffFilter(sql)}${leadFilter(sql, 'h.lead')}`,
  sets: {
    told: () => 'b.bucket IS NOT NULL',
    waiting: () => 'b.bucket IS NULL',
    in_bucket: bucketIs,
    mature,
    qualified: (sql) => within(sql, 'p.to_sql'),
    won: (sql) => within(sql, 'p.won_at'),
  },
  groups: {
    tier: () => 'h.tier',
    weekday: (sql) => `to_char(h.offered_at AT TIME ZONE ${sql.zone}, 'ID')`,
    team: () => "coalesce(h.queue, '')",
    source: () => sourceOf('l'),
  },
  settings: ['clock', 'horizon', 'bucket'],
  row: {
    id: () => 'h.id',
    lead: () => 'h.lead',
    at: () => 'h.offered_at',
    what: () => 'b.bucket',
    version: () => 'h.version',
    pass: () => 'h.pass',
    elapsed: () => 'w.elapsed',
  },
};
