/** What a list shows of each handoff. */
import type { HandoffSummary } from '#contract/handoffs.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Term } from '#engine/handoff/deadlines.ts';
import type { Priority } from '#engine/handoff/priority.ts';
import { sayDeadline, workingLeft } from '#engine/handoff/say-clock.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import type { Query } from '#platform/db/transaction.ts';
import { calendarOf } from './calendars.ts';
import { type HandoffRow, LEAD_NAME, SURVIVOR, standingOf } from './held.ts';
import { iso } from './showing.ts';

/** A handoff of a list, and its priority where the list is ranked. */
export type Found = { id: string; priority: Priority | null };

type SummaryRow = Omit<HandoffRow, 'packet'> & {
  grade: string;
  why_now: string[];
  email: string | null;
  name: string | null;
  account: string | null;
  clocks: { term: Term; due_at: string }[] | null;
};

/** Handoffs as they are shown, in the order in which they are given. One statement beside the pacts. */
export async function summaries(
  query: Query,
  workspace: string,
  found: readonly Found[],
  now: Instant,
): Promise<HandoffSummary[]> {
  const rows = await query<SummaryRow>(
    `SELECT h.id, h.pact_id, h.version, v.digest, h.tier, h.origin, h.pass, h.queue, h.owner_id, h.offered_at,
       h.accept_by, h.answer, h.decision, h.revision, h.packet ->> 'grade' AS grade, h.packet -> 'why_now' AS why_now,
       s.id AS lead_id, s.email, ${LEAD_NAME} AS name, a.name AS account,
       (SELECT json_agg(json_build_object('term', d.term, 'due_at', d.due_at) ORDER BY d.due_at)
        FROM deadlines d WHERE d.workspace_id = h.workspace_id AND d.handoff_id = h.id
          AND d.met_at IS NULL AND d.void_at IS NULL) AS clocks
     FROM handoffs h
       JOIN versions v ON v.workspace_id = h.workspace_id AND v.pact_id = h.pact_id AND v.number = h.version
       JOIN leads l ON l.workspace_id = h.workspace_id AND l.number = h.lead
       ${SURVIVOR}
       LEFT JOIN accounts a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
     WHERE h.workspace_id = $1 AND h.id = ANY ($2::uuid[])`,
    [workspace, found.map(({ id }) => id)],
    'handoff-summaries',
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const pacts = await pactsOf(
    query,
    workspace,
    rows.map((row) => ({ ...row, number: row.version })),
  );
  return Promise.all(
    found.flatMap(({ id, priority }) => {
      const row = byId.get(id);
      return row === undefined ? [] : [summary(row, pacts.get(row.digest)!, priority, now)];
    }),
  );
}

async function summary(
  row: SummaryRow,
  pact: Pact,
  priority: Priority | null,
  now: Instant,
): Promise<HandoffSummary> {
  const { lead_id, email, name, account, clocks, owner_id, offered_at, accept_by } = row;
  const first = clocks?.[0];
  const due = first === undefined ? null : Date.parse(first.due_at);
  const from = offered_at.getTime();
  return {
    id: row.id,
    lead: { id: lead_id, email, name, account },
    standing: standingOf(row),
    tier: row.tier,
    origin: row.origin,
    pass: row.pass,
    grade: row.grade,
    why_now: row.why_now,
    queue: row.queue,
    owner: owner_id,
    offered_at: iso(offered_at),
    accept_by: iso(accept_by),
    next:
      first === undefined || due === null
        ? null
        : {
            term: first.term,
            standing: due < now ? 'late' : 'open',
            started_at: iso(offered_at),
            due_at: iso(due),
            met_at: null,
            words: sayDeadline(await calendarOf(pact), { from, due, stops: [] }, null, now),
            working: workingLeft(await calendarOf(pact), { from, due, stops: [] }, now),
          },
    priority,
    revision: row.revision,
  };
}
