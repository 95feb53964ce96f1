/** The ranked list beside the plain answer: every open handoff looked at closely, all of them sorted. */
import { beforeAll, expect, test } from 'vitest';
import { listHandoffs } from '#contract/handoffs.ts';
import { byPriority, priorityOf, urgencyOf, worthOf } from '#engine/handoff/priority.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import type { VersionKey } from '#features/pacts/drafting.ts';
import type { Caller } from '#features/people/policy.ts';
import { agree, hire } from '#tests/journeys/verdicts-support.ts';
import { withDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';
import { calendarOf } from './calendars.ts';
import { listHandoffsOf } from './listing.ts';

const db = withDatabase();
const HANDOFFS = 240;
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 11, 15);
const acme = parsePact(ACME).pact;
const priced = (economics: Partial<Pact['economics']>): Pact => ({
  ...acme,
  economics: { ...acme.economics, ...economics },
});
/** One worth more than the other, and one that does not say what it is worth. */
const PACTS = [
  priced({ average_deal: 10_000, expected: { mql_to_sal: 0.7, sal_to_sql: 0.5, sql_to_won: 0.2 } }),
  priced({ average_deal: 20_000, expected: { mql_to_sal: 0.7, sal_to_sql: 0.5, sql_to_won: 0.2 } }),
  priced({ expected: {} }),
];

type Stop = { from: number; to: number };
type Plain = { id: string; offered_at: number; due: number; stops: Stop[]; pact: Pact };
let caller: Caller;
let handoffs: Plain[] = [];

/** Some late, some running out, some new, some with nothing due; some whose clock stood still; some offered at one time. */
beforeAll(async () => {
  const workspace = await db.newWorkspace();
  const people = await hire(db.database, workspace);
  caller = people.sam;
  const keys: VersionKey[] = [];
  for (const pact of PACTS)
    keys.push(await agree(db.database, people, pact, NOW - 90 * 24 * HOUR, keys.at(-1)));
  handoffs = Array.from({ length: HANDOFFS }, (_, n) => {
    const offered_at = NOW - ((n * 37) % 120) * HOUR;
    const due =
      n % 11 === 0 ? Number.POSITIVE_INFINITY : offered_at + (n % 7 === 0 ? 24 * 20 : (n * 13) % 150) * HOUR;
    const stops = n % 9 === 0 ? [{ from: offered_at + HOUR, to: offered_at + 30 * HOUR }] : [];
    const id = `00000000-0000-7000-8000-${String((n * 7919) % 100_000).padStart(12, '0')}`;
    return { id, offered_at, due, stops, pact: PACTS[n % 3]! };
  });
  const at = (ms: number) => new Date(ms);
  await db.owner.query('SET session_replication_role = replica');
  for (const [n, { id, offered_at, due, stops }] of handoffs.entries()) {
    const { pact, number } = keys[n % 3]!;
    await db.owner.query(`INSERT INTO leads (workspace_id, number, id, created_at) VALUES ($1, $2, $3, $4)`, [
      workspace,
      n,
      id,
      at(offered_at),
    ]);
    await db.owner.query(
      `INSERT INTO handoffs (workspace_id, id, lead, pass, pact_id, version, tier, origin, packet, offered_at, accept_by, owner_id)
       VALUES ($1, $2, $3, 1, $4, $5, 'hot', 'mql', '{"why_now": [], "grade": "A1"}', $6, $6, $7)`,
      [workspace, id, n, pact, number, at(offered_at), n % 2 === 0 ? people.sam.id : null],
    );
    const terms = due === Number.POSITIVE_INFINITY ? [] : n % 5 === 0 ? [due, due + HOUR] : [due];
    for (const [i, each] of terms.entries())
      await db.owner.query(
        `INSERT INTO deadlines (workspace_id, id, handoff_id, term, pact_id, version, started_at, due_at)
         VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7)`,
        [workspace, id, i === 0 ? 'accept' : 'decide', pact, number, at(offered_at), at(each)],
      );
    for (const { from, to } of stops)
      await db.owner.query(
        `INSERT INTO holds (workspace_id, id, lead, party, reason, member_id, from_at, until_at)
         VALUES ($1, gen_random_uuid(), $2, 'marketing', 'asked', $3, $4, $5)`,
        [workspace, n, people.anna.id, at(from), at(to)],
      );
  }
  await db.owner.query('SET session_replication_role = DEFAULT');
});

async function plainly(sort: 'priority' | 'due', late: boolean | undefined, own: boolean): Promise<string[]> {
  const ranked = [];
  for (const [n, { id, offered_at, due, stops, pact }] of handoffs.entries()) {
    if (own && n % 2 === 1) continue;
    if (late !== undefined && due < NOW !== late) continue;
    const clock = { from: offered_at, due, stops };
    const urgency = Number.isFinite(due) ? urgencyOf(await calendarOf(pact), clock, NOW) : 1;
    ranked.push({ id, offered_at, due, priority: priorityOf(worthOf(pact.economics), urgency) });
  }
  const byTie = (a: Plain, b: Plain) => a.offered_at - b.offered_at || (a.id < b.id ? -1 : 1);
  const byDue = (a: Plain, b: Plain) => (a.due === b.due ? 0 : a.due - b.due) || byTie(a, b);
  return ranked.sort(sort === 'due' ? (byDue as never) : byPriority).map(({ id }) => id);
}

/** All pages of the list, one after the other. */
async function paged(asked: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null, pages = 0; pages < HANDOFFS; pages++) {
    const wanted = listHandoffs.query.parse({ ...asked, limit: '17', ...(cursor !== null && { cursor }) });
    const page: Awaited<ReturnType<typeof listHandoffsOf>> = await db.database.inWorkspace(
      caller.workspace,
      (_, query) => listHandoffsOf(query, caller, wanted, NOW),
    );
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
  throw new Error('the list has no end');
}

test.each([
  ['priority', undefined, false],
  ['priority', true, false],
  ['priority', false, true],
  ['due', undefined, true],
  ['due', true, false],
  ['due', false, false],
] as const)('open handoffs by %s, late: %s, of one’s own: %s', async (sort, late, own) => {
  const scope = own ? 'mine' : 'party';
  const asked = { standing: 'open', sort, scope, ...(late !== undefined && { late: String(late) }) };
  const wanted = await plainly(sort, late, own);
  expect(wanted.length).toBeGreaterThan(20);
  expect(await paged(asked)).toEqual(wanted);
});
