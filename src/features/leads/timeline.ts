/** What happened to a lead, the latest first: several ledgers read side by side, in one statement. */
import type { TimelineEntry } from '#contract/leads.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';
import { type Place, readCursor, writeCursor } from './cursor.ts';
import { numberOf } from './show.ts';

type Row = { id: string; at: Date; kind: TimelineEntry['kind']; data: Record<string, unknown> };

/**
 * Each stream of a lead's life: what it is called, its rows, and what is told of one. `w.own` is the lead or one that
 * was merged into it.
 */
const streams: Record<TimelineEntry['kind'], { from: string; id: string; at: string; data: string }> = {
  activity: {
    from: 'whose w JOIN activities t ON t.workspace_id = $1 AND t.lead = w.own',
    id: 't.id',
    at: 't.at',
    data: "jsonb_build_object('type', t.type, 'properties', t.properties, 'trust', t.trust)",
  },
  attributes: {
    from: 'whose w JOIN attribute_changes t ON t.workspace_id = $1 AND t.lead = w.own AND t.at IS NOT NULL',
    id: 't.id',
    at: 't.at',
    data: "jsonb_build_object('values', t.values, 'trust', t.trust, 'source', t.source)",
  },
  move: {
    from: 'moves t',
    id: 't.id',
    at: 't.at',
    data: `jsonb_build_object('from', t.from_stage, 'to', t.to_stage, 'pass', t.pass, 'cause', t.cause, 'cause_id', t.cause_id,
      'pact', t.pact_id, 'version', t.version, 'grade', t.grade, 'fit', t.fit, 'interest', t.interest)`,
  },
  handoff: {
    from: 'whose w JOIN handoffs t ON t.workspace_id = $1 AND t.lead = w.own',
    id: 't.id',
    at: 't.offered_at',
    data: "jsonb_build_object('tier', t.tier, 'origin', t.origin, 'pass', t.pass, 'owner', t.owner_id, 'queue', t.queue)",
  },
  acceptance: answerOf('acceptances', "'member', t.member_id, 'note', t.note"),
  return: answerOf(
    'returns',
    "'member', t.member_id, 'reason', t.reason, 'clause', t.clause, 'next', t.next, 'note', t.note",
  ),
  lapse: answerOf('lapses', "'due_at', t.due_at, 'reason', t.reason"),
  withdrawal: answerOf('withdrawals', "'cause', t.cause"),
  qualification: answerOf('qualifications', "'member', t.member_id, 'answers', t.answers"),
  touch: {
    from: 'whose w JOIN touches t ON t.workspace_id = $1 AND t.lead = w.own',
    id: 't.id',
    at: 't.at',
    data: "jsonb_build_object('handoff', t.handoff_id, 'member', t.member_id, 'channel', t.channel, 'reached', t.reached, 'note', t.note)",
  },
  deal_opened: {
    from: 'whose w JOIN deals t ON t.workspace_id = $1 AND t.lead = w.own',
    id: 't.id',
    at: 't.opened_at',
    data: "jsonb_build_object('name', t.name, 'amount', t.amount, 'currency', t.currency, 'origin', t.origin)",
  },
  deal_closed: {
    from: "whose w JOIN deals t ON t.workspace_id = $1 AND t.lead = w.own AND t.outcome <> 'open' AND t.closed_at IS NOT NULL",
    id: 't.id',
    at: 't.closed_at',
    data: "jsonb_build_object('outcome', t.outcome, 'name', t.name, 'amount', t.amount, 'currency', t.currency, 'reason', t.reason)",
  },
  message: {
    from: `(SELECT o.id FROM whose w JOIN threads o ON o.workspace_id = $1 AND o.lead = w.own
      UNION ALL SELECT o.id FROM whose w JOIN handoffs h ON h.workspace_id = $1 AND h.lead = w.own
        JOIN threads o ON o.workspace_id = $1 AND o.handoff_id = h.id) o
      JOIN messages t ON t.workspace_id = $1 AND t.thread_id = o.id`,
    id: 't.id',
    at: 't.at',
    data: `jsonb_build_object('kind', t.kind, 'author', t.author_id, 'body', t.body, 'mentions', t.mentions,
      'duty_of', t.duty_of, 'due_on', t.due_on, 'done_at', t.done_at, 'edited_at', t.edited_at)`,
  },
  clock_met: clockOf('t.met_at', 't.met_at IS NOT NULL'),
  clock_missed: clockOf('t.due_at', 't.void_at IS NULL AND coalesce(t.met_at, $6::timestamptz) > t.due_at'),
  hold: bookedOn(
    'holds',
    't.from_at',
    "'party', t.party, 'reason', t.reason, 'until', t.until_at, 'member', t.member_id",
  ),
  release: bookedOn(
    'holds',
    'least(t.released_at, t.until_at)',
    "'party', t.party, 'early', t.released_at IS NOT NULL",
    'least(t.released_at, t.until_at) <= $6::timestamptz',
  ),
  dispute: answerOf('disputes', "'member', t.member_id, 'text', t.text"),
  ruling: answerOf(
    'rulings',
    "'member', t.member_id, 'ruling', t.ruling, 'text', t.text, 'version', t.version",
  ),
  exception: bookedOn(
    'exceptions',
    't.opened_at',
    "'party', t.party, 'sponsor', t.sponsor_id, 'reason', t.reason, 'ends_at', t.ends_at, 'handoff', t.handoff_id",
  ),
  reassignment: {
    from: `whose w JOIN handoffs h ON h.workspace_id = $1 AND h.lead = w.own
      JOIN routing_decisions t ON t.workspace_id = $1 AND t.handoff_id = h.id AND t.by_member IS NOT NULL`,
    id: 't.id',
    at: 't.at',
    data: "jsonb_build_object('handoff', t.handoff_id, 'to', t.member_id, 'by', t.by_member, 'reason', t.reason)",
  },
};

/** What came of a clock: its time, and the handoff and term it ran for. */
function clockOf(at: string, test: string) {
  return {
    from: `whose w JOIN handoffs h ON h.workspace_id = $1 AND h.lead = w.own
      JOIN deadlines t ON t.workspace_id = $1 AND t.handoff_id = h.id AND ${test}`,
    id: 't.id',
    at,
    data: "jsonb_build_object('handoff', t.handoff_id, 'term', t.term, 'due_at', t.due_at, 'met_at', t.met_at)",
  };
}

/** What is booked under the lead itself. */
function bookedOn(table: string, at: string, data: string, test = 'true') {
  return {
    from: `whose w JOIN ${table} t ON t.workspace_id = $1 AND t.lead = w.own AND ${test}`,
    id: 't.id',
    at,
    data: `jsonb_build_object(${data})`,
  };
}

/** The record that answers a handoff. */
function answerOf(table: string, data: string) {
  return {
    from: `whose w JOIN handoffs h ON h.workspace_id = $1 AND h.lead = w.own
      JOIN ${table} t ON t.workspace_id = $1 AND t.handoff_id = h.id`,
    id: 't.handoff_id',
    at: 't.at',
    data: `jsonb_build_object('handoff', t.handoff_id, ${data})`,
  };
}

const only: Partial<Record<TimelineEntry['kind'], string>> = {
  move: 't.workspace_id = $1 AND t.lead = $2 AND t.replaced_at IS NULL',
};

/** Each stream gives its own latest, and the latest of all of these are the page. */
const TIMELINE = `WITH whose AS (
  SELECT number AS own FROM leads WHERE workspace_id = $1 AND (number = $2 OR merged_into = $2))
${Object.entries(streams)
  .map(
    ([
      kind,
      { from, id, at, data },
    ]) => `(SELECT '${kind}:' || ${id} AS id, ${at} AS at, '${kind}' AS kind, ${data} AS data
  FROM ${from} WHERE ${only[kind as TimelineEntry['kind']] ?? 'true'}
    AND ${at} <= $3 AND (${at}, '${kind}:' || ${id}) < ($3::timestamptz, $4::text)
  ORDER BY ${at} DESC, '${kind}:' || ${id} DESC LIMIT $5)`,
  )
  .join('\nUNION ALL\n')}
ORDER BY at DESC, id DESC LIMIT $5`;

/** After everything there is. */
const FROM_THE_END: Place = ['9999-12-31T23:59:59.999Z', '~'];
const isPlace = ([at, id]: Place): boolean => typeof id === 'string' && !Number.isNaN(Date.parse(String(at)));

/** One page of a lead's timeline. @throws HttpProblem 404 */
export async function showTimeline(
  query: Query,
  workspace: string,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  now: Instant,
): Promise<{ items: TimelineEntry[]; next: string | null }> {
  const [at, before] = readCursor(cursor, isPlace) ?? FROM_THE_END;
  const lead = await numberOf(query, workspace, id);
  const rows = await query<Row>(
    TIMELINE,
    [workspace, lead, at, before, limit + 1, new Date(now)],
    'lead-timeline',
  );
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor([last.at, last.id]) : null };
}
