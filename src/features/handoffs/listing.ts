/** Lists of handoffs. Open ones are ranked by the engine, the rest come by when they were offered. */
import type { z } from 'zod';
import type { HandoffSummary, listHandoffs } from '#contract/handoffs.ts';
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Term } from '#engine/handoff/deadlines.ts';
import {
  byPriority,
  type Priority,
  priorityOf,
  urgencyOf,
  type Worth,
  worthOf,
} from '#engine/handoff/priority.ts';
import { sayDeadline, workingLeft } from '#engine/handoff/say-clock.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { isUuid } from '#platform/ids.ts';
import { calendarOf } from './calendars.ts';
import { type HandoffRow, LEAD_NAME, SURVIVOR, standingOf } from './held.ts';
import { iso } from './showing.ts';

export type Wanted = z.infer<typeof listHandoffs.query>;
type Page = { items: HandoffSummary[]; next: string | null };

/** More open handoffs than anybody works off: past them a list is for filtering. */
const MOST_OPEN = 10_000;

/**
 * What the handoffs of a version are ranked by, in one order throughout: one row for thousands, because reading rows
 * would take longer than ranking them.
 */
type Keys = {
  digest: string;
  pact_id: string;
  number: number;
  ids: string;
  /** Instants as whole milliseconds; the earliest that is due, empty when nothing is. */
  offered: string;
  due: string;
  /** When clocks stood still, of those handoffs of which they did. */
  stops: Record<string, { from: string; to: string }[]> | null;
};
type Ranked = { id: string; offered_at: Instant; due: Instant; priority: Priority };

const CONDITIONS: Record<Exclude<Wanted['standing'], 'open'>, string> = {
  any: 'true',
  offered: 'h.answer IS NULL AND h.decision IS NULL',
  accepted: "h.answer = 'acceptance' AND h.decision IS NULL",
  qualified: "h.decision = 'qualification'",
  returned: "h.decision = 'return'",
  lapsed: "h.answer = 'lapse'",
  withdrawn: "h.answer = 'withdrawal'",
};
const OPEN = "h.decision IS NULL AND (h.answer IS NULL OR h.answer = 'acceptance')";
const isRanked = (standing: Wanted['standing']): boolean =>
  standing === 'open' || standing === 'offered' || standing === 'accepted';

/** A page of handoffs: two statements beside the pacts, which are read once in the life of the process. */
export async function listHandoffsOf(
  query: Query,
  caller: Caller,
  wanted: Wanted,
  now: Instant,
): Promise<Page> {
  const { keys, at } = isRanked(wanted.standing)
    ? { keys: await rankedKeys(query, caller, wanted, now), at: now }
    : { keys: await latestKeys(query, caller, wanted), at: now };
  const shown = keys.slice(0, wanted.limit);
  const items = await summaries(query, caller.workspace, shown, at);
  const last = shown.at(-1);
  const next = keys.length > wanted.limit && last !== undefined ? cursorOf(last, wanted) : null;
  return { items, next };
}

/** Counted up to here. */
const MOST_COUNTED = 10_000;

/** How many handoffs a list holds. One statement, by the very conditions of the list. */
export async function countHandoffsOf(
  query: Query,
  caller: Caller,
  wanted: Wanted,
  now: Instant,
): Promise<{ n: number; more: boolean }> {
  const { where, values } = scoped(caller, wanted);
  where.push(wanted.standing === 'open' ? OPEN : CONDITIONS[wanted.standing]);
  if (wanted.late !== undefined) {
    values.push(new Date(now));
    where.push(`${wanted.late ? '' : 'NOT '}EXISTS (SELECT FROM deadlines d WHERE d.workspace_id = h.workspace_id
      AND d.handoff_id = h.id AND d.met_at IS NULL AND d.void_at IS NULL AND d.due_at < $${values.length})`);
  }
  const [row] = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (
       SELECT FROM handoffs h WHERE ${where.join(' AND ')} LIMIT ${MOST_COUNTED + 1}) few`,
    values,
  );
  return { n: Math.min(row!.n, MOST_COUNTED), more: row!.n > MOST_COUNTED };
}

type Found = { id: string; offered_at: Instant; ranked: Ranked | null };

/** Where a page ended: the rank is told along, because it moves on with the clock. */
function cursorOf({ id, offered_at, ranked }: Found, { sort }: Wanted): string {
  const rank =
    ranked === null ? [] : sort === 'due' ? [ranked.due] : [ranked.priority.product, ranked.priority.urgency];
  return Buffer.from(JSON.stringify([id, offered_at, ...rank])).toString('base64url');
}

function readCursor(cursor: string | undefined): unknown[] | null {
  if (cursor === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && isUuid(String(parts[0])) && Number.isInteger(parts[1])) return parts;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HttpProblem(400, 'cursor', 'This cursor is none of ours: begin with the first page.');
}

/** What a list is filtered by beside whose it is; `?` stands for the value. */
const FILTERS: { [F in Filter]: (value: NonNullable<Wanted[F]>) => [condition: string, value: unknown] } = {
  queue: (queue) => ['h.queue = ?', queue],
  owner: (owner) => ['h.owner_id = ?', owner],
  tier: (tier) => ['h.tier = ?', tier],
  due_until: (until) => [
    `EXISTS (SELECT FROM deadlines d WHERE d.workspace_id = h.workspace_id AND d.handoff_id = h.id
       AND d.met_at IS NULL AND d.void_at IS NULL AND d.due_at < ?::timestamptz)`,
    until,
  ],
  lead: (lead) => [
    `h.lead IN (SELECT f.number FROM leads o JOIN leads f ON f.workspace_id = $1
         AND (f.number = CASE WHEN o.merged_into IS NULL THEN o.number ELSE o.merged_into END OR f.merged_into = CASE WHEN o.merged_into IS NULL THEN o.number ELSE o.merged_into END)
       WHERE o.workspace_id = $1 AND o.id = ?)`,
    lead,
  ],
  offered_from: (from) => ['h.offered_at >= ?::timestamptz', from],
  offered_until: (until) => ['h.offered_at < ?::timestamptz', until],
  answer: (answer) => [
    `CASE ?::text WHEN 'by_sales' THEN h.answer = 'acceptance' OR h.answer = 'return' AND NOT EXISTS (
       SELECT FROM rulings u WHERE u.workspace_id = h.workspace_id AND u.handoff_id = h.id AND u.ruling = 'overturned')
     ELSE h.answer = ? END`,
    answer,
  ],
  compliant: (compliant) => [
    "?::boolean = (h.origin <> 'exception' AND h.answer IS DISTINCT FROM 'withdrawal')",
    compliant,
  ],
  answered_from: (from) => ['h.answered_at >= ?::timestamptz', from],
  answered_until: (until) => ['h.answered_at < ?::timestamptz', until],
  decided_from: (from) => ['h.decided_at >= ?::timestamptz', from],
  decided_until: (until) => ['h.decided_at < ?::timestamptz', until],
  pact: (pact) => ['h.pact_id = ?', pact],
  version: (version) => ['h.version = ?', version],
  held: (criterion) => ["h.packet -> 'met' @> ?::jsonb", JSON.stringify([{ criterion }])],
  reason: (reason) => [`${returned('r.reason = ?')}`, reason],
  clause: (clause) => [`${returned('r.clause = ?')}`, clause],
  dispute: (dispute) => [DISPUTES, dispute],
  lapse: (lapse) => [
    `EXISTS (SELECT FROM lapses p WHERE p.workspace_id = h.workspace_id AND p.handoff_id = h.id
       AND CASE ?::text WHEN 'unexplained' THEN p.explained_at IS NULL ELSE p.acknowledged_at IS NULL END)`,
    lapse,
  ],
};
type Filter = Exclude<keyof Wanted, 'scope' | 'standing' | 'late' | 'sort' | 'limit' | 'cursor'>;

function returned(test: string): string {
  return `EXISTS (SELECT FROM returns r WHERE r.workspace_id = h.workspace_id AND r.handoff_id = h.id AND ${test})`;
}

/** A return may be disputed once, at any time; a dispute is ruled on once. */
const DISPUTES = `h.decision = 'return' AND ?::text = (
  SELECT CASE WHEN d.handoff_id IS NULL THEN 'possible' ELSE coalesce(u.ruling, 'waiting') END
  FROM (SELECT h.id) one LEFT JOIN disputes d ON d.workspace_id = h.workspace_id AND d.handoff_id = h.id
    LEFT JOIN rulings u ON u.workspace_id = h.workspace_id AND u.handoff_id = h.id)`;

function scoped(caller: Caller, wanted: Wanted): { where: string[]; values: unknown[] } {
  const where = ['h.workspace_id = $1'];
  const values: unknown[] = [caller.workspace];
  const add = (condition: string, value: unknown) => {
    values.push(value);
    where.push(condition.replaceAll('?', `$${values.length}`));
  };
  if (wanted.scope === 'mine') add('h.owner_id = ?', caller.id);
  if (wanted.scope === 'queue') where.push('h.owner_id IS NULL');
  for (const filter of Object.keys(FILTERS) as Filter[]) {
    if (wanted[filter] !== undefined) add(...FILTERS[filter](wanted[filter] as never));
  }
  return { where, values };
}

async function rankedKeys(query: Query, caller: Caller, wanted: Wanted, now: Instant): Promise<Found[]> {
  const { where, values } = scoped(caller, wanted);
  where.push(wanted.standing === 'open' ? OPEN : CONDITIONS[wanted.standing]);
  const milliseconds = (at: string): string =>
    `coalesce((extract(epoch FROM ${at}) * 1000)::bigint::text, '')`;
  const keys = await query<Keys>(
    `SELECT v.digest, v.pact_id, v.number, string_agg(h.id::text, ',') AS ids,
       string_agg(${milliseconds('h.offered_at')}, ',') AS offered, string_agg(${milliseconds('d.due_at')}, ',') AS due,
       json_object_agg(h.id, o.stops) FILTER (WHERE o.stops IS NOT NULL) AS stops
     FROM (SELECT id, workspace_id, pact_id, version, lead, offered_at FROM handoffs h
         WHERE ${where.join(' AND ')} LIMIT ${MOST_OPEN}) h
       JOIN versions v ON v.workspace_id = h.workspace_id AND v.pact_id = h.pact_id AND v.number = h.version
       LEFT JOIN (
         SELECT handoff_id, min(due_at) AS due_at FROM deadlines
         WHERE workspace_id = $1 AND met_at IS NULL AND void_at IS NULL GROUP BY handoff_id) d ON d.handoff_id = h.id
       LEFT JOIN (
         SELECT lead, json_agg(json_build_object('from', from_at, 'to', least(released_at, until_at))) AS stops
         FROM holds WHERE workspace_id = $1 AND party = 'marketing' AND from_at < least(released_at, until_at)
         GROUP BY lead) o ON o.lead = h.lead
     GROUP BY v.digest, v.pact_id, v.number`,
    values,
  );
  const terms = await termsOf(query, caller.workspace, keys);
  const ranked = keys.flatMap((some) => rankedBy(some, terms.get(some.digest)!, now));
  const kept = wanted.late === undefined ? ranked : ranked.filter(({ due }) => due < now === wanted.late);
  const order = wanted.sort === 'due' ? byDue : byPriority;
  const after = afterCursor(readCursor(wanted.cursor), wanted.sort);
  return kept
    .filter((one) => after === null || order(after, one) < 0)
    .sort(order)
    .map((one) => ({ id: one.id, offered_at: one.offered_at, ranked: one }));
}

/** What of a version handoffs are ranked by. */
type Terms = { calendar: WorkCalendar; worth: Worth };

async function termsOf(
  query: Query,
  workspace: string,
  versions: readonly Keys[],
): Promise<Map<string, Terms>> {
  const terms = new Map<string, Terms>();
  for (const [digest, pact] of await pactsOf(query, workspace, versions))
    terms.set(digest, { calendar: await calendarOf(pact), worth: worthOf(pact.economics) });
  return terms;
}

function rankedBy({ ids, offered, due, stops }: Keys, { calendar, worth }: Terms, now: Instant): Ranked[] {
  const [froms, ends] = [offered.split(','), due.split(',')];
  return ids.split(',').map((id, i) => {
    const from = Number(froms[i]);
    const isDue = ends[i] !== '';
    const clock = {
      from,
      due: isDue ? Number(ends[i]) : Number.POSITIVE_INFINITY,
      stops: (stops?.[id] ?? []).map((stop) => ({ from: Date.parse(stop.from), to: Date.parse(stop.to) })),
    };
    const urgency = isDue ? urgencyOf(calendar, clock, now) : 1;
    return { id, offered_at: from, due: clock.due, priority: priorityOf(worth, urgency) };
  });
}

const byDue = (a: Ranked, b: Ranked): number =>
  (a.due === b.due ? 0 : a.due - b.due) ||
  a.offered_at - b.offered_at ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function afterCursor(parts: unknown[] | null, sort: Wanted['sort']): Ranked | null {
  if (parts === null) return null;
  const [id, offered_at, first, second] = parts as [string, number, number | null, number | undefined];
  const worth = { chance: null, amount: null, currency: '' };
  return sort === 'due'
    ? { id, offered_at, due: first ?? Number.POSITIVE_INFINITY, priority: priorityOf(worth, 1) }
    : { id, offered_at, due: 0, priority: { ...worth, product: first, urgency: second ?? 0 } };
}

async function latestKeys(query: Query, caller: Caller, wanted: Wanted): Promise<Found[]> {
  const { where, values } = scoped(caller, wanted);
  where.push(CONDITIONS[wanted.standing as keyof typeof CONDITIONS]);
  const cursor = readCursor(wanted.cursor);
  if (cursor !== null) {
    values.push(new Date(cursor[1] as number), cursor[0]);
    where.push(`(h.offered_at, h.id) < ($${values.length - 1}, $${values.length}::uuid)`);
  }
  const rows = await query<{ id: string; offered_at: Date }>(
    `SELECT h.id, h.offered_at FROM handoffs h WHERE ${where.join(' AND ')}
     ORDER BY h.offered_at DESC, h.id DESC LIMIT ${wanted.limit + 1}`,
    values,
  );
  return rows.map(({ id, offered_at }) => ({ id, offered_at: offered_at.getTime(), ranked: null }));
}

type SummaryRow = Omit<HandoffRow, 'packet'> & {
  grade: string;
  why_now: string[];
  email: string | null;
  name: string | null;
  account: string | null;
  clocks: { term: Term; due_at: string }[] | null;
};

async function summaries(
  query: Query,
  workspace: string,
  found: readonly { id: string; ranked: Ranked | null }[],
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
    found.flatMap(({ id, ranked }) => {
      const row = byId.get(id);
      return row === undefined ? [] : [summary(row, pacts.get(row.digest)!, ranked, now)];
    }),
  );
}

async function summary(
  row: SummaryRow,
  pact: Pact,
  ranked: Ranked | null,
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
    priority: ranked?.priority ?? null,
    revision: row.revision,
  };
}
