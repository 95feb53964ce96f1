/**
 * A workspace of any size, the same each time: made by PostgreSQL itself from counters and their hashes, and copied in
 * the order in which it would have come in. Nothing of it goes through the service.
 */
import type pg from 'pg';
import { parsePact } from '#engine/pact/parse.ts';
import { templates } from '#engine/pact/templates/index.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';
import { agree, hire } from '#tests/journeys/verdicts-support.ts';

export type Size = { leads: number; activities: number };

const DAY = 86_400_000;
/** A whole number below `below`, the same for the same row and column every time. */
export const pick = (row: string, column: number, below: number | string): string =>
  `(abs(hashint8extended(${row}, ${column})) % (${below}))`;
export const oneOf = (row: string, column: number, list: readonly string[]): string =>
  `(ARRAY[${list.map((one) => `'${one}'`).join(', ')}])[1 + ${pick(row, column, list.length)}]`;
/** An id that follows from a name, of a kind that the service takes for one. */
export const named = (name: string): string =>
  `overlay(overlay(md5(${name}) PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid`;
/** An id that grows with time, as the service makes them. */
const idAt = (ms: string, row: string, column: number): string =>
  `(lpad(to_hex(${ms}), 12, '0') || '7' || substr(md5(${row}::text || '/${column}'), 1, 3) || '8' || substr(md5(${row}::text || '.${column}'), 1, 15))::uuid`;

const FIRST = [
  'Anna',
  'Ben',
  'Clara',
  'David',
  'Elif',
  'Frank',
  'Grace',
  'Hans',
  'Ines',
  'Jonas',
  'Kim',
  'Lea',
];
const LAST = [
  'Adler',
  'Braun',
  'Conti',
  'Dietz',
  'Eder',
  'Fuchs',
  'Gross',
  'Haas',
  'Imhof',
  'Jung',
  'Kern',
  'Lang',
];
const SOURCES = ['webinar', 'search', 'fair', 'partner', 'referral', 'newsletter'];
const PAGES = ['/pricing', '/blog/one', '/docs/start', '/cases/globex', '/careers'];
const TITLES = ['Head of Sales', 'CEO', 'Engineer', 'Student', 'Buyer'];

/** Makes the workspace, its people and the pact in force; then leads, what they said and what they did. */
export async function seed(
  database: Database,
  owner: pg.Client,
  { leads, activities }: Size,
): Promise<string> {
  const workspace = newId(Date.now());
  const now = Date.now();
  await database.inWorkspace(workspace, (tx) =>
    tx.insertInto('workspaces').values({ workspace_id: workspace, name: 'Bench' }).execute(),
  );
  const people = await hire(database, workspace);
  await agree(database, people, parsePact(templates.saas.source).pact, now - 400 * DAY);
  // What refers to what is made right here: it need not be looked up for each row.
  const run = (text: string) => owner.query(text);
  await run('SET session_replication_role = replica; SET synchronous_commit = off');
  const [w, from] = [`'${workspace}'::uuid`, now - 360 * DAY];
  const accounts = Math.ceil(leads / 10);
  const ms = `(${from} + n * ${Math.floor((350 * DAY) / leads)}::bigint)`;
  await run(`INSERT INTO accounts (workspace_id, id, name, domain, created_at)
    SELECT ${w}, ${named(`'account' || n`)}, ${oneOf('n', 1, LAST)} || ' ' || n || ' AG', 'company-' || n || '.example', to_timestamp(${from} / 1000.0)
    FROM generate_series(1, ${accounts}) n`);
  await run(`INSERT INTO leads (workspace_id, number, id, account_id, email, attributes, source, created_at)
    SELECT ${w}, n, ${named(`'lead' || n`)}, ${named(`'account' || (1 + ${pick('n', 2, accounts)})`)},
      lower(first) || '.' || lower(last) || '.' || n || '@company-' || (1 + ${pick('n', 2, accounts)}) || '.example',
      jsonb_build_object('first_name', first, 'last_name', last, 'title', ${oneOf('n', 5, TITLES)}, 'employees', ${pick('n', 6, 5_000)}, 'source', source),
      source, to_timestamp(${ms} / 1000.0)
    FROM (SELECT n, ${oneOf('n', 3, FIRST)} AS first, ${oneOf('n', 4, LAST)} AS last, ${oneOf('n', 7, SOURCES)} AS source
      FROM generate_series(1, ${leads}::bigint) n) x`);
  await run(`UPDATE accounts a SET leads = c.n FROM (SELECT account_id, count(*) AS n FROM leads WHERE workspace_id = ${w} GROUP BY 1) c
    WHERE a.workspace_id = ${w} AND a.id = c.account_id`);
  await run(`INSERT INTO lead_counters VALUES (${w}, ${leads})`);
  await run(`INSERT INTO identities (workspace_id, kind, value, lead, trust, verified_at, first_seen_at)
    SELECT ${w}, 'user', 'user-' || number, number, 'server', created_at, created_at FROM leads WHERE workspace_id = ${w}`);
  await run(`INSERT INTO attribute_changes (workspace_id, id, lead, received_at, trust, values)
    SELECT ${w}, ${idAt(`(extract(epoch FROM created_at) * 1000)::bigint`, 'number', 8)}, number, created_at, 'server', attributes
    FROM leads WHERE workspace_id = ${w} ORDER BY number`);
  const portion = 1_000_000;
  for (let first = 1; first <= activities; first += portion) {
    const last = Math.min(activities, first + portion - 1);
    const at = `(${from} + (n * ${(355 * DAY) / activities})::bigint)`;
    await run(`INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
      SELECT ${w}, ${idAt(at, 'n', 9)}, 1 + ${pick('n', 10, leads)}, to_timestamp(${at} / 1000.0), to_timestamp(${at} / 1000.0),
        CASE WHEN ${pick('n', 11, 50)} = 0 THEN 'form_submitted' ELSE 'page' END, 'server',
        jsonb_build_object('path', ${oneOf('n', 12, PAGES)}, 'title', 'A page', 'referrer', '')
      FROM generate_series(${first}::bigint, ${last}::bigint) n`);
  }
  await run('ANALYZE');
  return workspace;
}

const STAGES = [
  'conversion',
  'conversion',
  'conversion',
  'prospect/warm',
  'prospect/hot',
  'mql',
  'recycled',
  'bad_lead',
];
const GRADES = ['A1', 'A2', 'B1', 'B2', 'B3', 'C2', 'C3', 'D3', 'D4'];

/** A packet of the usual size: all that sales wants to know is in the handoff's own row. */
const PACKET = JSON.stringify({
  why_now: ['Asked for a demo today', 'Read the pricing page 3 times, last 2 days ago', 'Head of Sales'],
  grade: 'A1',
  fit: 60,
  interest: 48,
  ...Object.fromEntries(
    ['met', 'not_met', 'unknown'].map((came, k) => [
      came,
      Array.from({ length: 8 - 2 * k }, (_, i) => ({
        criterion: `criterion-${k}${i}`,
        kind: i % 2 === 0 ? 'profile' : 'interest',
        points: i * 3,
        holds: came === 'met' ? true : came === 'not_met' ? false : null,
        because: `What was looked at under number ${i}, and what it came to: ${i * 3} of at most ${i * 4}`,
      })),
    ]),
  ),
  timeline: Array.from({ length: 30 }, (_, i) => ({
    at: 1_790_000_000_000 - i * 7_654_321,
    type: 'page',
    about: PAGES[i % 5],
  })),
  topics: PAGES.map((topic, i) => ({ topic, times: 5 - i, last: 1_790_000_000_000 })),
  lead: { first_name: 'Anna', last_name: 'Adler', title: 'Head of Sales', employees: '1200' },
});

/**
 * States, passages and handoffs as a worker would have left them, without anything having been judged: for reading at
 * a size that takes a worker hours. One lead in fifty had a handoff; so many of these are open, here and there among all
 * leads, half of them in time.
 */
export async function seedStates(
  owner: pg.Client,
  workspace: string,
  leads: number,
  open: number,
): Promise<void> {
  const run = (text: string) => owner.query(text);
  await run('SET session_replication_role = replica; SET synchronous_commit = off');
  const w = `'${workspace}'::uuid`;
  const day = (row: string, column: number, most: number) =>
    `(now() - ${pick(row, column, most * 86_400)} * interval '1 second')`;
  const pact = `(SELECT pact_id FROM versions WHERE workspace_id = ${w} LIMIT 1)`;
  const stage = oneOf('n', 20, STAGES);
  const verdict = `CASE ${stage} WHEN 'mql' THEN 'mql' WHEN 'bad_lead' THEN 'bad_lead' ELSE 'not_mql' END`;
  await run(`INSERT INTO lead_states (workspace_id, lead, pact_id, version, judged_at, verdict, stage, stage_since, grade, fit,
      interest, mql_at, last_activity_at, next_at)
    SELECT ${w}, n, ${pact}, 1, ${day('n', 21, 100)}, ${verdict}, ${stage}, ${day('n', 22, 300)}, ${oneOf('n', 23, GRADES)},
      ${pick('n', 24, 100)}, ${pick('n', 25, 1_000_000)} / 10000.0,
      CASE WHEN ${pick('n', 26, 20)} = 0 THEN ${day('n', 27, 300)} END,
      CASE WHEN ${pick('n', 28, 5)} > 0 THEN ${day('n', 29, 300)} END, now() + interval '30 days'
    FROM generate_series(1, ${leads}::bigint) n`);
  await run(`INSERT INTO moves (workspace_id, id, lead, at, from_stage, to_stage, pass, cause, pact_id, version, grade, fit, interest)
    SELECT ${w}, ${named(`'move' || n || '/' || k`)}, n, ${day('n * 2 + k', 30, 300)}, CASE k WHEN 0 THEN NULL ELSE 'conversion' END,
      CASE k WHEN 0 THEN 'conversion' ELSE 'prospect/warm' END, 1, 'activity', ${pact}, 1, 'B2', 10, 10
    FROM generate_series(1, ${leads}::bigint) n, generate_series(0, 1) k`);
  await seedHandoffs(run, w, leads, open);
  await run('VACUUM ANALYZE');
}

async function seedHandoffs(
  run: (text: string) => Promise<unknown>,
  w: string,
  leads: number,
  open: number,
): Promise<void> {
  const handoffs = Math.floor(leads / 50);
  const isOpen = `n % ${Math.max(1, Math.round(handoffs / open))} = 0`;
  const member = `(SELECT id FROM members WHERE workspace_id = ${w} AND party = 'sales' LIMIT 1)`;
  const pact = `(SELECT pact_id FROM versions WHERE workspace_id = ${w} LIMIT 1)`;
  const offered = `(now() - ${pick('n', 31, 20 * 86_400)} * interval '1 second')`;
  const isTaken = `(${isOpen} AND ${pick('n', 32, 2)} = 0)`;
  await run(`INSERT INTO handoffs (workspace_id, id, lead, pass, pact_id, version, tier, origin, packet, offered_at, accept_by, owner_id, answer, answered_at)
    SELECT ${w}, ${named(`'handoff' || n`)}, n * 50, 1, ${pact}, 1, 'hot', 'mql', '${PACKET}', at, at + interval '2 days', ${member},
      CASE WHEN ${isTaken} THEN 'acceptance' WHEN NOT (${isOpen}) THEN 'lapse' END,
      CASE WHEN ${isTaken} OR NOT (${isOpen}) THEN at + interval '1 day' END
    FROM (SELECT n, ${offered} AS at FROM generate_series(1, ${handoffs}::bigint) n) x`);
  await run(`INSERT INTO deadlines (workspace_id, id, handoff_id, term, pact_id, version, started_at, due_at, met_at)
    SELECT workspace_id, ${named(`'deadline' || id || term`)}, id, term, pact_id, version, offered_at,
      CASE term WHEN 'accept' THEN accept_by ELSE accept_by + interval '18 days' END,
      CASE WHEN answer IS NOT NULL AND (term = 'accept' OR answer = 'lapse') THEN answered_at END
    FROM handoffs, unnest(ARRAY['accept', 'decide']) AS term
    WHERE workspace_id = ${w} AND (term = 'accept' OR answer IS NOT NULL)`);
}
