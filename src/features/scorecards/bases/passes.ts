/** Runs through the ladder: those that came to a rung in the period, and how far they came after. */
import type { LeakOwner } from '#engine/measures/leak.ts';
import { reasonsOwnedBy } from '../reasons.ts';
import type { Sql } from '../sql.ts';
import { type Base, leadFilter, sourceOf, survivor } from './base.ts';

export const RUNGS = ['visitor', 'conversion', 'mql', 'sal', 'sql', 'opportunity', 'won'] as const;
export type Rung = (typeof RUNGS)[number];

/** When a pass came so far, and when it stood there itself. */
const COLUMNS: Record<Rung, { reached: string; stood: string }> = {
  visitor: { reached: 'p.entered_at', stood: 'p.entered_at' },
  conversion: { reached: 'p.to_conversion', stood: 'p.conversion_at' },
  mql: { reached: 'p.to_mql', stood: 'p.mql_at' },
  sal: { reached: 'p.to_sal', stood: 'p.sal_at' },
  sql: { reached: 'p.to_sql', stood: 'p.sql_at' },
  opportunity: { reached: 'p.to_opportunity', stood: 'p.opportunity_at' },
  won: { reached: 'p.won_at', stood: 'p.won_at' },
};

const rungOf = (sql: Sql, name: string): Rung => RUNGS.find((rung) => rung === sql.setting(name)) ?? 'mql';
export const reachedAt = (rung: Rung): string => COLUMNS[rung].reached;
const entered = (sql: Sql): string => COLUMNS[rungOf(sql, 'entry')].reached;

/** Passes belong to a team, tier and version by what was handed over in them. */
function ofHandoffs(sql: Sql): string {
  const { team, tier, version } = sql.scope.filter;
  if (team === null && tier === null && version === null) return '';
  const tests = [
    ...(team === null ? [] : [`h.queue = ${sql.value(team, 'text')}`]),
    ...(tier === null ? [] : [`h.tier = ${sql.value(tier, 'text')}`]),
    ...(version === null ? [] : [`h.version = ${sql.value(version, 'int')}`]),
  ];
  return ` AND EXISTS (SELECT FROM handoffs h WHERE h.workspace_id = $1 AND h.lead = p.lead AND h.pass = p.pass AND ${tests.join(' AND ')})`;
}

const mature = (sql: Sql): string => sql.watched(entered(sql), 'horizon');
const within = (sql: Sql, rung: Rung): string =>
  COLUMNS[rung].reached === entered(sql)
    ? `${entered(sql)} IS NOT NULL`
    : `${sql.day(COLUMNS[rung].reached)} - ${sql.day(entered(sql))} <= ${sql.number('horizon')}`;

const lostAt = (from: Rung, to: Rung, sql: Sql): string =>
  `${mature(sql)} AND ${within(sql, from)} AND (${COLUMNS[to].reached} IS NULL OR NOT ${within(sql, to)})`;

/** What is told by the handoff of the pass. */
const OFFERED = ['tier', 'type', 'reason', 'owner', 'loss'];

const REASON = "coalesce(r.reason, CASE h.answer WHEN 'lapse' THEN 'lapse' END, '')";

/** Whose turn a step is: what is lost there without a reason is lost by sales until it is an SQL, then to the market. */
export const ownerOfStep = (to: Rung): LeakOwner => (to === 'sal' || to === 'sql' ? 'sales' : 'market');

/** Who owns the loss of a pass, as `ownerOf` of the engine says. @param otherwise without a reason */
function owner(sql: Sql, otherwise: string): string {
  const owners: readonly LeakOwner[] = ['definition', 'marketing', 'market'];
  const cases = owners.map(
    (one) => `WHEN r.reason = ANY (${sql.value(reasonsOwnedBy(sql.scope, [one]), 'text[]')}) THEN '${one}'`,
  );
  return `CASE ${cases.join(' ')} WHEN h.id IS NULL THEN 'marketing' ELSE '${otherwise}' END`;
}

export const passes: Base = {
  kind: 'pass',
  from: (sql) => {
    const at = entered(sql);
    const join = ['origin', 'source'].some((name) => name in sql.by) ? survivor('p.lead', 'l') : '';
    const offer = OFFERED.some((name) => name in sql.by)
      ? `LEFT JOIN handoffs h ON h.workspace_id = p.workspace_id AND h.lead = p.lead AND h.pass = p.pass AND h.answer IS DISTINCT FROM 'withdrawal'
           AND NOT EXISTS (SELECT FROM handoffs n WHERE n.workspace_id = h.workspace_id AND n.lead = h.lead AND n.pass = h.pass AND n.offered_at > h.offered_at AND n.answer IS DISTINCT FROM 'withdrawal')
         LEFT JOIN returns r ON r.workspace_id = h.workspace_id AND r.handoff_id = h.id`
      : '';
    return `FROM passes p ${join} ${offer}
      WHERE p.workspace_id = $1 AND ${at} >= ${sql.instant(sql.scope.from)} AND ${at} < ${sql.instant(sql.scope.to)}
        AND NOT EXISTS (SELECT FROM leads m WHERE m.workspace_id = $1 AND m.number = p.lead AND m.merged_into IS NOT NULL)
        ${ofHandoffs(sql)}${leadFilter(sql, 'p.lead')}`;
  },
  sets: {
    entered: () => 'true',
    mature,
    /** Came to a rung, whenever. */
    reached: (sql) => `${COLUMNS[rungOf(sql, 'rung')].reached} IS NOT NULL`,
    /** Came to it within the horizon, old enough to tell. */
    reached_in_time: (sql) => `${mature(sql)} AND ${within(sql, rungOf(sql, 'rung'))}`,
    /** Came past it without standing on it. */
    skipped: (sql) => {
      const { reached, stood } = COLUMNS[rungOf(sql, 'rung')];
      return `${reached} IS NOT NULL AND ${stood} IS NULL`;
    },
    /** Came to the rung before in time, and not to this one. */
    lost: (sql) => lostAt(rungOf(sql, 'before'), rungOf(sql, 'rung'), sql),
  },
  groups: {
    origin: () => "coalesce(l.origin, 'marketing')",
    source: () => sourceOf('l'),
    pass: () => "CASE WHEN p.pass >= 3 THEN '3 or more' ELSE p.pass::text END",
    month: (sql) => `to_char(${entered(sql)} AT TIME ZONE ${sql.zone}, 'YYYY-MM')`,
    tier: () => "coalesce(h.tier, '')",
    type: () => "coalesce(h.fast_lane, h.tier, '')",
    reason: () => REASON,
    owner: (sql) => owner(sql, ownerOfStep(rungOf(sql, 'rung'))),
    /** Owner and reason, the owner left open where the step says it. */
    loss: (sql) => `${owner(sql, '')} || '|' || ${REASON}`,
  },
  settings: ['entry', 'horizon', 'rung', 'before'],
  row: {
    id: () => '(SELECT i.id FROM leads i WHERE i.workspace_id = $1 AND i.number = p.lead)',
    lead: () => 'p.lead',
    at: entered,
    what: () => "CASE WHEN p.won_at IS NOT NULL THEN 'won' ELSE p.exit END",
    pass: () => 'p.pass',
  },
};
