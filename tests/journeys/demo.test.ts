/** The demo company: built whole, visited, true to its ledger, and gone again. */
import { beforeAll, expect, it } from 'vitest';
import type { Demo } from '#contract/demo.ts';
import { buildDemo } from '#features/demo/build.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import { setupLink } from '#features/people/joining.ts';
import { foldUp } from '#features/verdicts/fold.ts';
import { readLedgers } from '#features/verdicts/ledger.ts';
import { verifyJournal } from '#platform/journal/journal.ts';
import { removeDemo } from '#server/upkeep/removal.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const api = withApi(db);
const LEADS = 120;

let workspace = '';
let told = 0;
beforeAll(async () => {
  const built = await buildDemo(
    api.house,
    (share) => {
      expect(share).toBeGreaterThanOrEqual(told);
      told = share;
    },
    LEADS,
  );
  workspace = built!;
}, 120_000);

const rows = async <Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> =>
  (await db.owner.query(text, values)).rows as Row[];
const count = async (text: string): Promise<number> =>
  Number((await rows<{ count: string }>(text))[0]!.count);

it('is there once, whole', async () => {
  expect(told).toBe(1);
  expect(await buildDemo(api.house, () => undefined, LEADS)).toBeNull();
  expect(await count('SELECT count(*) FROM workspaces WHERE demo')).toBe(1);
  expect(await count('SELECT count(*) FROM leads')).toBeGreaterThan(LEADS);
  expect(
    await count('SELECT count(*) FROM handoffs WHERE decision IS NULL AND answer IS NULL'),
  ).toBeGreaterThan(0);
  for (const table of [
    'activities',
    'handoffs',
    'touches',
    'returns',
    'qualifications',
    'deals',
    'messages',
    'moves',
  ])
    expect(await count(`SELECT count(*) FROM ${table}`), table).toBeGreaterThan(10);
});

it('leaves nothing for the background to catch up with, and nothing to send', async () => {
  for (const text of [
    'SELECT count(*) FROM dirty_leads',
    'SELECT count(*) FROM outbox',
    'SELECT count(*) FROM unready_handoffs',
    'SELECT count(*) FROM stuck_leads',
    'SELECT count(*) FROM rejudgements WHERE finished_at IS NULL',
    'SELECT count(*) FROM turns WHERE done_at IS NULL',
    `SELECT count(*) FROM lead_states WHERE next_at <= to_timestamp(${api.now} / 1000.0)`,
    `SELECT count(*) FROM deadlines WHERE met_at IS NULL AND void_at IS NULL AND step_at <= to_timestamp(${api.now} / 1000.0)`,
  ])
    expect(await count(text), text).toBe(0);
});

it('is agreed by both sides, in two versions, with an amendment that lapsed and a draft that waits for sales', async () => {
  const versions = await rows(
    `SELECT number, in_force_from IS NOT NULL AS held, (SELECT count(*)::int FROM signatures s
       WHERE s.pact_id = v.pact_id AND s.version = v.number) AS signed FROM versions v ORDER BY number`,
  );
  expect(versions).toEqual([
    { number: 1, held: true, signed: 2 },
    { number: 2, held: true, signed: 2 },
    { number: 3, held: true, signed: 1 },
    { number: 4, held: false, signed: 1 },
  ]);
});

it('is what folding its ledger from the beginning gives', async () => {
  const states = await rows<{ lead: string; fold: { standing: unknown }; mql_at: Date | null }>(
    'SELECT lead, fold, mql_at FROM lead_states ORDER BY lead',
  );
  expect(states.length).toBe(await count('SELECT count(*) FROM leads'));
  await db.database.inWorkspace(workspace, async (_, query) => {
    const { versions } = await readTimeline(query, workspace);
    const ledgers = await readLedgers(
      query,
      workspace,
      states.map(({ lead }) => Number(lead)),
    );
    for (const { lead, fold, mql_at } of states) {
      const again = foldUp(null, ledgers.get(Number(lead))!.occurrences, versions, api.now)!;
      expect(JSON.parse(JSON.stringify(again.carried.standing)), `lead ${lead}`).toEqual(fold.standing);
      expect(again.carried.mql_at).toBe(mql_at?.getTime() ?? null);
    }
  });
});

it('has everything that a page shows: both own definitions, a workshop, reviews, an appeal, somebody who left', async () => {
  for (const text of [
    'SELECT count(*) FROM openings WHERE revealed_at IS NOT NULL AND settled_at IS NULL',
    'SELECT count(*) FROM opening_choices',
    'SELECT count(*) FROM workshop_finishes GROUP BY workshop_id HAVING count(*) = 2',
    'SELECT count(*) FROM reviews WHERE held_at IS NOT NULL AND minutes IS NOT NULL',
    'SELECT count(*) FROM reviews WHERE held_at IS NULL',
    'SELECT count(*) FROM review_decisions WHERE done_at IS NOT NULL',
    'SELECT count(*) FROM disputes d WHERE NOT EXISTS (SELECT FROM rulings r WHERE r.handoff_id = d.handoff_id)',
    'SELECT count(*) FROM versions WHERE emergency AND in_force_until < now()',
    `SELECT count(*) FROM handoffs h JOIN members m ON m.id = h.owner_id
     WHERE m.left_at IS NOT NULL AND h.decision IS NULL AND h.answer IS DISTINCT FROM 'lapse'`,
  ])
    expect(await count(text), text).toBeGreaterThan(0);
});

it('has a journal that holds', async () => {
  const broken = await db.database.inWorkspace(workspace, (_, query) => verifyJournal(query, workspace));
  expect(broken).toBeNull();
});

it('ends now, and holds nothing that is still to come', async () => {
  for (const column of [
    'activities.at',
    'handoffs.offered_at',
    'touches.at',
    'messages.at',
    'moves.at',
    'journal.at',
  ]) {
    const [table] = column.split('.');
    const [row] = await rows<{ last: Date }>(`SELECT max(${column}) AS last FROM ${table}`);
    expect(row!.last.getTime(), column).toBeLessThanOrEqual(api.now);
    expect(row!.last.getTime(), column).toBeGreaterThan(api.now - 45 * 86_400_000);
  }
});

it('never won anything on the bought list', async () => {
  const won = `SELECT count(*) FROM deals d JOIN leads l ON l.number = d.lead WHERE d.outcome = 'won'`;
  expect(await count(won)).toBeGreaterThan(5);
  expect(await count(`${won} AND l.source = 'TechReach Lists'`)).toBe(0);
  expect(await count("SELECT count(*) FROM leads WHERE source = 'TechReach Lists'")).toBeGreaterThan(5);
});

it('is visited as any of its members, until somebody sets the installation up', async () => {
  const { body } = await api.ask('GET', '/api/demo');
  const demo = body as Demo;
  expect(demo).toMatchObject({ state: 'ready', open: true, progress: 1, workspace });
  expect(demo.members).toHaveLength(11);
  expect((await api.ask('GET', '/api/setup')).body).toEqual({ open: true });
  expect((await api.ask('POST', '/api/demo')).body).toMatchObject({ state: 'ready' });

  const rep = demo.members.find(({ name }) => name === 'Jana Winter')!;
  const entered = await api.ask('POST', '/api/demo/session', { member: rep.id });
  expect(entered.status).toBe(201);
  const cookie = entered.cookies.map((one) => one.split(';')[0]).join('; ');
  const session = await api.as({ cookie })('GET', '/api/session');
  expect(session.body).toMatchObject({ workspaces: [{ id: workspace, party: 'sales', rank: 'member' }] });

  const real = await db.newWorkspace();
  const [stranger] = await rows<{ id: string }>(
    "INSERT INTO members (workspace_id, id, name, email) VALUES ($1, gen_random_uuid(), 'R', 'r@real.example') RETURNING id",
    real,
  );
  expect((await api.ask('POST', '/api/demo/session', { member: stranger!.id })).status).toBe(404);

  const token = setupLink(api.house.letters).split('#')[1]!;
  const person = { name: 'Ann', email: 'ann@real.example', password: 'a long enough one' };
  const set = await api.ask('POST', '/api/setup', { token, workspace: { name: 'Real' }, person });
  expect(set).toMatchObject({ status: 201, body: { workspace: real } });
  expect((await api.as({ cookie })('GET', '/api/session')).status).toBe(401);
  expect((await api.ask('POST', '/api/demo/session', { member: rep.id })).status).toBe(409);
  expect((await api.ask('POST', '/api/demo')).status).toBe(409);
  expect((await api.ask('GET', '/api/demo')).body).toMatchObject({ state: 'closed', open: false });
});

it('is removed with all that was in it, and nothing else', async () => {
  expect(await removeDemo(db.owner)).toBe(workspace);
  expect(await removeDemo(db.owner)).toBeNull();
  expect(await rows('SELECT DISTINCT workspace_id FROM journal WHERE workspace_id = $1', workspace)).toEqual(
    [],
  );
  expect(await rows('SELECT name FROM workspaces')).toEqual([{ name: 'Real' }]);
  expect(await rows('SELECT email FROM people.persons')).toEqual([{ email: 'ann@real.example' }]);
});
