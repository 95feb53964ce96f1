/** What marketing handed over in the period, and what became of it: the one base that both teams are measured on. */
import { reasonsOwnedBy } from '../reasons.ts';
import type { Sql } from '../sql.ts';
import { type Base, handoffFilter, judged, latestSourceOf, leadFilter, sourceOf, survivor } from './base.ts';

const fromWith = (sql: Sql, joins: string): string =>
  `FROM handoffs h
   LEFT JOIN returns r ON r.workspace_id = h.workspace_id AND r.handoff_id = h.id
   LEFT JOIN rulings u ON u.workspace_id = h.workspace_id AND u.handoff_id = h.id
   LEFT JOIN passes p ON p.workspace_id = h.workspace_id AND p.lead = h.lead AND p.pass = h.pass
   ${joins}
   WHERE h.workspace_id = $1 AND h.offered_at >= ${sql.instant(sql.scope.from)} AND h.offered_at < ${sql.instant(sql.scope.to)}
     ${handoffFilter(sql)}${leadFilter(sql, 'h.lead')}${judged(sql)}`;

const ACCEPTED = "h.answer = 'acceptance'";
const UPHELD = "h.answer = 'return' AND u.ruling IS DISTINCT FROM 'overturned'";
const RETURNED = "h.decision = 'return'";
const UNREACHABLE = (sql: Sql): string =>
  `r.reason = ANY (${sql.value(
    (sql.scope.version?.pact.reasons ?? []).filter(({ ask }) => ask === 'attempts').map(({ id }) => id),
    'text[]',
  )})`;

function attemptsMet(sql: Sql): string {
  const { count, channels } = sql.scope.version?.pact.handoff.attempts ?? { count: 0, channels: 0 };
  return `${UNREACHABLE(sql)} AND (SELECT count(*) >= ${sql.value(count, 'int')} AND count(DISTINCT t.channel) >= ${sql.value(channels, 'int')}
    FROM touches t WHERE t.workspace_id = $1 AND t.handoff_id = h.id AND t.channel <> 'note')`;
}

/** Accepted so long ago that it has been watched to the horizon. */
const mature = (sql: Sql): string => `${ACCEPTED} AND ${sql.watched('h.answered_at', 'horizon')}`;

export const handoffs: Base = {
  kind: 'handoff',
  from: (sql) => fromWith(sql, needsLead(sql) ? survivor('h.lead', 'l') : ''),
  sets: {
    offered: () => 'true',
    compliant: () => "h.origin <> 'exception' AND h.answer IS DISTINCT FROM 'withdrawal'",
    accepted: () => ACCEPTED,
    upheld: () => UPHELD,
    answered: () => `(${ACCEPTED} OR ${UPHELD})`,
    returned: () => RETURNED,
    overturned: () => `${RETURNED} AND u.ruling = 'overturned'`,
    disputed: () =>
      `${RETURNED} AND EXISTS (SELECT FROM disputes s WHERE s.workspace_id = $1 AND s.handoff_id = h.id)`,
    returned_market: (sql) =>
      `${RETURNED} AND r.reason = ANY (${sql.value(reasonsOwnedBy(sql.scope, ['market']), 'text[]')})`,
    qualified: () => "h.decision = 'qualification'",
    waiting: () => 'h.answer IS NULL',
    unreachable: UNREACHABLE,
    unreachable_rightly: attemptsMet,
    accepted_mature: mature,
    accepted_won: (sql) =>
      `${mature(sql)} AND ${sql.day('p.won_at')} - ${sql.day('h.answered_at')} <= ${sql.number('horizon')}`,
  },
  groups: {
    tier: () => 'h.tier',
    team: () => "coalesce(h.queue, '')",
    type: () => 'coalesce(h.fast_lane, h.tier)',
    month: (sql) => `to_char(h.offered_at AT TIME ZONE ${sql.zone}, 'YYYY-MM')`,
    day: (sql) => `to_char(h.offered_at AT TIME ZONE ${sql.zone}, 'YYYY-MM-DD')`,
    source: () => sourceOf('l'),
    latest: () => latestSourceOf('l'),
    reason: () => "coalesce(r.reason, '')",
    source_reason: () => `${sourceOf('l')} || '|' || coalesce(r.reason, '')`,
    latest_reason: () => `${latestSourceOf('l')} || '|' || coalesce(r.reason, '')`,
  },
  settings: ['horizon', 'judge'],
  row: {
    id: () => 'h.id',
    lead: () => 'h.lead',
    at: () => 'h.offered_at',
    what: () =>
      "coalesce(r.reason, CASE WHEN u.ruling IS NOT NULL THEN u.ruling END, h.decision, h.answer, 'offered')",
    clause: () => 'r.clause',
    version: () => 'h.version',
    pass: () => 'h.pass',
  },
};

/** What is told by the lead. */
const OF_LEAD = ['source', 'latest', 'source_reason', 'latest_reason'];
const needsLead = (sql: Sql): boolean => OF_LEAD.some((name) => name in sql.by);
