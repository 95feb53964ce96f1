/** Lists and counts beside the plain answer: every lead read, tested and sorted here. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type LeadFilter, type LeadOrder, type LeadSearch, leadFilter } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';
import { withDatabase } from '#tests/support/db.ts';
import { countLeads } from './counts.ts';
import { listLeads } from './list.ts';

const db = withDatabase();
const LEADS = 1_200;
const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
let workspace = '';

/** So many that some lists are looked up, some met in an index, some walked; merged and erased ones among them. */
beforeAll(async () => {
  workspace = await db.newWorkspace();
  await db.owner.query('SET session_replication_role = replica');
  const at = (n: string) => `to_timestamp(${START / 1000} + ${n} * 3600)`;
  await db.owner.query(
    `INSERT INTO leads (workspace_id, number, id, email, attributes, source, created_at, merged_into, erased_at)
     SELECT $1, n, md5('lead' || n)::uuid, 'person' || n || '@example.com',
       jsonb_build_object('first_name', CASE WHEN n % 3 = 0 THEN 'Anna' ELSE 'Ben' END, 'last_name', 'No' || n),
       CASE WHEN n % 2 = 0 THEN 'fair' WHEN n % 101 = 0 THEN 'rare' END, ${at('(n * 7919 % 1200)')},
       CASE WHEN n % 40 = 0 THEN n - 1 END, CASE WHEN n % 41 = 0 THEN now() END
     FROM generate_series(1, ${LEADS}) n`,
    [workspace],
  );
  await db.owner.query(
    `INSERT INTO lead_states (workspace_id, lead, verdict, stage, grade, fit, interest, mql_at, last_activity_at)
     SELECT $1, n, CASE WHEN n % 5 = 0 THEN 'mql' ELSE 'not_mql' END,
       CASE WHEN n % 5 = 0 THEN 'mql' WHEN n % 7 = 0 THEN 'prospect/hot' ELSE 'conversion' END,
       CASE WHEN n % 9 > 0 THEN (ARRAY['A1', 'B2', 'C3', 'D4'])[1 + n % 4] END, n % 60, (n * 31 % 997) / 7.0,
       CASE WHEN n % 5 = 0 THEN ${at('(n % 500)')} END, CASE WHEN n % 4 > 0 THEN ${at('(n * 13 % 1000)')} END
     FROM generate_series(1, ${LEADS}) n WHERE n % 13 > 0`,
    [workspace],
  );
  await db.owner.query(
    `INSERT INTO handoffs (workspace_id, id, lead, pass, pact_id, version, tier, origin, packet, offered_at, accept_by)
     SELECT $1, md5('handoff' || n)::uuid, n, 1, md5('pact')::uuid, 1, 'hot', 'mql', '{}', now(), now()
     FROM generate_series(1, ${LEADS}) n WHERE n % 3 = 0`,
    [workspace],
  );
  await db.owner.query(
    `INSERT INTO handoffs (workspace_id, id, lead, pass, pact_id, version, tier, origin, packet, offered_at, accept_by, answer, answered_at)
     SELECT $1, md5('former' || n)::uuid, n, 1, md5('pact')::uuid, 1, 'hot', 'mql', '{}', now() - interval '1 day', now(), 'lapse', now()
     FROM generate_series(1, ${LEADS}) n WHERE n % 7 = 0`,
    [workspace],
  );
  await db.owner.query('INSERT INTO lead_counters VALUES ($1, $2)', [workspace, LEADS]);
  await db.owner.query('SET session_replication_role = DEFAULT');
});

const here = <T>(work: (query: Query) => Promise<T>): Promise<T> =>
  db.database.inWorkspace(workspace, (_, query) => work(query));

/** The column of a row that a list is sorted by; leads that it does not order are not in it. */
const SORTED: Record<LeadOrder, string> = {
  created: 'l.created_at',
  interest: 's.interest',
  last_activity: 's.active_at',
  fit: 's.fit',
  grade: 's.grade COLLATE "C"',
  mql_at: 's.mql_at',
};
const instant = (hours: number): string => new Date(START + hours * HOUR).toISOString();
const FILTERS: [name: string, filter: LeadFilter, plain: string][] = [
  ['nothing', {}, 'true'],
  ['a stage', { stage: 'prospect' }, "s.stage LIKE 'prospect/%'"],
  ['two stages', { stage: 'mql,prospect' }, "s.stage = 'mql' OR s.stage LIKE 'prospect/%'"],
  ['a verdict', { verdict: 'mql' }, "s.verdict = 'mql'"],
  ['a grade', { grade: 'A1' }, "s.grade = 'A1'"],
  ['a source', { source: 'fair' }, "l.source = 'fair'"],
  ['a rare source', { source: 'rare' }, "l.source = 'rare'"],
  ['a source of nobody', { source: 'none' }, 'false'],
  ['a name', { q: 'anna' }, "l.attributes ->> 'first_name' = 'Anna'"],
  ['an address', { q: 'person17@' }, 'l.number = 17'],
  ['an open handoff', { handoff: 'open' }, 'l.number % 3 = 0'],
  [
    'a lapsed handoff, unless there is a later one',
    { handoff: 'lapsed' },
    'l.number % 7 = 0 AND l.number % 3 > 0',
  ],
  ['no handoff', { handoff: 'none' }, 'l.number % 3 > 0 AND l.number % 7 > 0'],
  [
    'a time of creation',
    { created_from: instant(100), created_until: instant(900) },
    `l.created_at >= '${instant(100)}' AND l.created_at < '${instant(900)}'`,
  ],
  ['a time of MQL', { mql_from: instant(400) }, `s.mql_at >= '${instant(400)}'`],
  ['activity since', { active_from: instant(700) }, `s.last_activity_at >= '${instant(700)}'`],
  ['activity until', { active_until: instant(500) }, `s.last_activity_at < '${instant(500)}'`],
  [
    'several at once',
    { stage: 'mql', source: 'fair', grade: 'C3', q: 'ben' },
    "s.stage = 'mql' AND l.source = 'fair' AND s.grade = 'C3' AND l.attributes ->> 'first_name' = 'Ben'",
  ],
];
const STANDING = `leads l LEFT JOIN lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
  WHERE l.workspace_id = $1 AND l.merged_into IS NULL AND l.erased_at IS NULL`;

/** All pages of a list, one after the other, each ended as soon as it can be. */
async function paged(
  search: Omit<LeadSearch, 'limit' | 'cursor'>,
  limit = 40,
  bounds: Parameters<typeof listLeads>[3] = { patience: -1 },
): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined, pages = 0; pages < 2 * LEADS; pages++) {
    const page = await here((query) => listLeads(query, workspace, { ...search, limit, cursor }, bounds));
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
  throw new Error('the list has no end');
}

/** The leads of a list in its order. */
async function plainly(plain: string, sort: LeadOrder, direction: 'down' | 'up'): Promise<string[]> {
  const forth = direction === 'down' ? 'DESC' : 'ASC';
  const { rows } = await db.owner.query(
    `SELECT l.id FROM ${STANDING} AND ${SORTED[sort]} IS NOT NULL AND (${plain})
     ORDER BY ${SORTED[sort]} ${forth}, l.number ${forth}`,
    [workspace],
  );
  return (rows as { id: string }[]).map(({ id }) => id);
}

/** Each list one way, half of them down and half of them up. */
const WAYS = (name: string, sort: string): ('down' | 'up')[] =>
  (name.length + sort.length) % 2 === 0 ? ['down'] : ['up'];

describe.each(FILTERS)('leads by %s', (name, filter, plain) => {
  test.each(Object.keys(SORTED) as LeadOrder[])('are all there, once and in order of %s', async (sort) => {
    for (const direction of WAYS(name, sort))
      expect(await paged({ ...filter, sort, direction })).toEqual(await plainly(plain, sort, direction));
  });

  test('are counted, in all and by stage', async () => {
    const { rows } = await db.owner.query(
      `SELECT s.stage, count(*)::int AS n FROM ${STANDING} AND (${plain}) GROUP BY 1 ORDER BY 1`,
      [workspace],
    );
    const stages = rows as { stage: string | null; n: number }[];
    const counted = await here((query) =>
      countLeads(query, workspace, leadFilter.parse(filter), Number.POSITIVE_INFINITY),
    );
    expect(counted).toMatchObject({ n: stages.reduce((sum, { n }) => sum + n, 0), more: false });
    if (plain !== 'true')
      expect(counted.stages.map(({ stage, n }) => ({ stage, n }))).toEqual(
        stages.filter(({ stage }) => stage !== null),
      );
  });
});

/** As if a third of the leads, or a few of them, were thousands: pages are met in the list's own order, or are not. */
describe.each(FILTERS.filter(([name]) => ['a name', 'a time of MQL', 'several at once'].includes(name)))(
  'many leads by %s',
  (_, filter, plain) => {
    test.each(Object.keys(SORTED) as LeadOrder[])('are met in order of %s', async (sort) => {
      const direction = sort.length % 2 === 0 ? 'down' : 'up';
      expect(await paged({ ...filter, sort, direction }, 12, { many: 0 })).toEqual(
        await plainly(plain, sort, direction),
      );
    });
  },
);
