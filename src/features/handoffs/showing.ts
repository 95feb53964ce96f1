/** One handoff, whole: what it was made with, how its clocks stand, what was said, and what happened to it. */
import type { HandoffReply } from '#contract/handoffs.ts';
import { elapsed } from '#engine/calendar/clock.ts';
import { sayDuration } from '#engine/criterion/say.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { attemptsOf, type Channel } from '#engine/handoff/attempts.ts';
import type { Stop, Term } from '#engine/handoff/deadlines.ts';
import type { Packet } from '#engine/handoff/packet.ts';
import { type Clock, priorityOf, urgencyOf, worthOf } from '#engine/handoff/priority.ts';
import type { RoutingDecision } from '#engine/handoff/route.ts';
import { sayDeadline, sayOpen, workingLeft } from '#engine/handoff/say-clock.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { calendarOf } from './calendars.ts';
import { type HandoffRow, LEAD_NAME, SELECT_HANDOFF, standingOf } from './held.ts';

/** An instant as answers give it: UTC, to the millisecond. */
export const iso = (at: Instant | Date | string): string => new Date(at).toISOString();
const isoOrNull = (at: Date | string | null): string | null => (at === null ? null : iso(at));

type Said = { member: string; at: string };
type Records = {
  email: string | null;
  name: string | null;
  account: string | null;
  acceptance: (Said & { note: string | null }) | null;
  return: (Said & NonNullable<HandoffReply['answers']['return']>) | null;
  lapse: HandoffReply['answers']['lapse'];
  withdrawal: HandoffReply['answers']['withdrawal'];
  qualification: HandoffReply['answers']['qualification'];
  dispute: HandoffReply['answers']['dispute'];
  ruling: HandoffReply['answers']['ruling'];
  deadlines: {
    term: Term;
    started_at: string;
    due_at: string;
    met_at: string | null;
    void_at: string | null;
  }[];
  touches: (Said & { id: string; channel: Channel; reached: boolean | null; note: string | null })[];
  holds: HandoffReply['holds'];
  routing: (Omit<RoutingDecision, 'turns'> & { at: string; by: string | null })[];
  history: HandoffReply['history'];
};

/** The only row of a record that a handoff has at most one of, as JSON. */
const one = (columns: string, table: string): string =>
  `(SELECT to_jsonb(r) FROM (SELECT ${columns} FROM ${table} WHERE workspace_id = $1 AND handoff_id = $2) r)`;
const many = (columns: string, from: string, order: string): string =>
  `(SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM (SELECT ${columns} FROM ${from} ORDER BY ${order}) r)`;
const OWN = 'WHERE workspace_id = $1 AND handoff_id = $2';

const RECORDS = `SELECT s.email, ${LEAD_NAME} AS name, (SELECT a.name FROM accounts a WHERE a.workspace_id = $1 AND a.id = s.account_id) AS account,
  ${one('member_id AS member, at, note', 'acceptances')} AS acceptance,
  ${one('member_id AS member, at, reason, clause, next, asked, note', 'returns')} AS return,
  ${one('at, due_at, reason, note, explained_by, explained_at, acknowledged_by, acknowledged_at', 'lapses')} AS lapse,
  ${one('at, cause', 'withdrawals')} AS withdrawal,
  ${one('member_id AS member, at, answers', 'qualifications')} AS qualification,
  ${one('member_id AS member, at, text', 'disputes')} AS dispute,
  ${one('member_id AS member, at, ruling, text, pact_id AS pact, version', 'rulings')} AS ruling,
  ${many('term, started_at, due_at, met_at, void_at', `deadlines ${OWN}`, 'due_at')} AS deadlines,
  ${many('id, member_id AS member, channel, at, reached, note', `touches ${OWN}`, 'at, id')} AS touches,
  ${many('id, party, reason, from_at, until_at, released_at', 'holds WHERE workspace_id = $1 AND lead = $3', 'from_at, id')} AS holds,
  ${many('at, rule, queue, member_id AS member, reason, candidates, by_member AS by', `routing_decisions ${OWN}`, 'at, id')} AS routing,
  ${many('at, what, actor_id AS actor, data', "journal WHERE workspace_id = $1 AND subject_kind = 'handoff' AND subject_id = $2::text", 'seq')} AS history
FROM leads s WHERE s.workspace_id = $1 AND s.number = $3`;

/** Two statements, whatever has happened to it. */
export async function showHandoffOf(
  query: Query,
  workspace: string,
  id: string,
  now: Instant,
): Promise<HandoffReply> {
  const [row] = await query<HandoffRow>(
    `${SELECT_HANDOFF} WHERE h.workspace_id = $1 AND h.id = $2`,
    [workspace, id],
    'handoff-row',
  );
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such handoff here.');
  const [records] = await query<Records>(RECORDS, [workspace, id, row.survivor], 'handoff-records');
  const pacts = await pactsOf(query, workspace, [{ ...row, number: row.version }]);
  const pact = pacts.get(row.digest)!;
  const calendar = await calendarOf(pact);
  const { deadlines, touches, holds, routing, history, email, name, account, ...answers } = records!;

  const from = row.offered_at.getTime();
  const stops = stopsIn(holds);
  const clocks = deadlines.map(({ term, started_at, due_at, met_at, void_at }) => {
    const clock: Clock = { from: Date.parse(started_at), due: Date.parse(due_at), stops };
    const met = met_at === null ? null : Date.parse(met_at);
    const late = (met ?? now) > clock.due;
    const standing =
      void_at !== null
        ? ('void' as const)
        : late
          ? ('late' as const)
          : met === null
            ? ('open' as const)
            : ('met' as const);
    const words = void_at === null ? sayDeadline(calendar, clock, met, now) : 'no longer asked';
    return {
      term,
      standing,
      started_at: iso(started_at),
      due_at: iso(due_at),
      met_at: isoOrNull(met_at),
      words,
      working: void_at === null && met === null ? workingLeft(calendar, clock, now) : null,
    };
  });
  const next = clocks.find(({ met_at, standing }) => met_at === null && standing !== 'void') ?? null;
  const open = standingOf(row) === 'offered' || standingOf(row) === 'accepted';
  const urgency = next === null ? 1 : urgencyOf(calendar, { from, due: Date.parse(next.due_at), stops }, now);
  const carried = routing.findLast(({ member }) => member !== null && member === row.owner_id);
  const since = carried === undefined ? null : Date.parse(carried.at);

  return {
    id,
    lead: { id: row.lead_id, email, name, account },
    standing: standingOf(row),
    tier: row.tier,
    origin: row.origin,
    pass: row.pass,
    grade: row.packet.grade,
    why_now: row.packet.why_now,
    queue: row.queue,
    owner: row.owner_id,
    offered_at: iso(row.offered_at),
    accept_by: iso(row.accept_by),
    next: open ? next : null,
    priority: open ? priorityOf(worthOf(pact.economics), urgency) : null,
    revision: row.revision,
    pact: row.pact_id,
    version: row.version,
    follows: row.follows,
    packet: packetReply(row.packet),
    clocks,
    owner_clock:
      since === null
        ? null
        : {
            since: iso(since),
            words: `with its owner for ${sayOpen(elapsed(calendar, since, now, stops))} of working time`,
          },
    answers,
    touches,
    attempts: {
      ...attemptsOf(
        pact.handoff.attempts,
        touches.map(({ channel, at }) => ({ channel, at: Date.parse(at) })),
        calendar,
      ),
      wanted: { ...pact.handoff.attempts, within: sayDuration(pact.handoff.attempts.within) },
    },
    reasons: reasonsOf(pact),
    holds,
    routing,
    history,
  };
}

/** The reasons of a pact, each with the words of the clause it accuses. */
function reasonsOf({ reasons, lead, mql, sql, ...pact }: Pact): HandoffReply['reasons'] {
  const { bad_leads, profile, interest, stages, fast_lanes } = pact;
  const criteria = [bad_leads, profile, interest, stages, fast_lanes].flat();
  const texts = new Map(criteria.map(({ id, text }) => [id, text]));
  const clauses = new Map([...Object.entries({ lead, mql, sql }).map(textOf), ...texts]);
  return reasons.map(({ id, text, clause = null, next, ask = null }) => {
    const clause_text = clause === null ? null : (clauses.get(clause) ?? null);
    return { id, text, clause, clause_text, next, ask };
  });
}

const textOf = ([name, { text }]: [string, { text: string }]): [string, string] => [name, text];

/** Only marketing's holds stop sales' clock. */
const stopsIn = (holds: HandoffReply['holds']): Stop[] =>
  holds.flatMap(({ party, from_at, until_at, released_at }) => {
    const ends = [until_at, released_at].flatMap((at) => (at === null ? [] : [Date.parse(at)]));
    const stop = { from: Date.parse(from_at), to: Math.min(...ends) };
    return party === 'marketing' && ends.length > 0 && stop.from < stop.to ? [stop] : [];
  });

const packetReply = ({
  at,
  timeline,
  topics,
  asked,
  worth: _worth,
  ...packet
}: Packet): HandoffReply['packet'] => ({
  ...packet,
  at: iso(at),
  timeline: timeline.map((deed) => ({ ...deed, at: iso(deed.at) })),
  topics: topics.map((topic) => ({ ...topic, last: iso(topic.last) })),
  asked: {
    ...asked,
    by: {
      accept: iso(asked.by.accept),
      first_touch: iso(asked.by.first_touch),
      decide: iso(asked.by.decide),
    },
  },
});
