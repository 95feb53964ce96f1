/** What does not go on by itself is seen, with why, and let go on. */
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme } from './handoffs-support.ts';

const db = withDatabase();
const api = withApi(db);
let acme: Acme;
let [member, senior]: Ask[] = [];

type Items = { items: Record<string, unknown>[]; next: string | null };

beforeAll(async () => {
  const workspace = await db.newWorkspace();
  acme = await Acme.open(db.database, workspace);
  await api.hire(workspace, 'mel@acme.example', 'marketing', 'member');
  await api.hire(workspace, 'lou@acme.example', 'marketing', 'lead');
  [member, senior] = [
    api.as(await api.signIn('mel@acme.example')),
    api.as(await api.signIn('lou@acme.example')),
  ];
});

it('lists MQLs that lack something, with what, until it is known', async () => {
  const lacking = [];
  for (let i = 0; i < 3; i++) {
    lacking.push(await acme.demo({ 'account.name': null }));
    acme.now += 1_000;
  }
  await acme.demo();
  const first = (await member!('GET', '/api/handoffs/unready?limit=2')).body as Items;
  expect(first.items).toMatchObject([
    {
      lead: { id: lacking[0]!.id },
      refused: 'packet_incomplete',
      missing: ['account.name'],
      tier: 'hot',
      pass: 1,
    },
    { lead: { id: lacking[1]!.id } },
  ]);
  const rest = (await member!('GET', `/api/handoffs/unready?cursor=${first.next}`)).body as Items;
  expect(rest).toMatchObject({ items: [{ lead: { id: lacking[2]!.id } }], next: null });
  const other = (await member!('GET', '/api/handoffs/unready?missing=email')).body as Items;
  expect(other.items).toEqual([]);

  acme.now += 60_000;
  await acme.take({ lead: lacking[0]!.lead, at: acme.now, values: { 'account.name': 'Buyer' } });
  acme.now = Date.now() + 60_000;
  await acme.work();
  await acme.sweepUnready();
  const left = (await member!('GET', '/api/handoffs/unready')).body as Items;
  expect(left.items.map(({ lead }) => (lead as { id: string }).id)).toEqual([lacking[1]!.id, lacking[2]!.id]);
});

it('lists leads that cannot be judged, and lets a senior release them', async () => {
  const { lead, id } = await acme.arrive();
  await acme.rows(
    `INSERT INTO stuck_leads (workspace_id, lead, attempts, error, first_at, last_at) VALUES ($1, $2, 5, 'poison', $3, $3)`,
    lead,
    new Date(acme.now),
  );
  await acme.work();
  expect(await acme.stage(lead)).not.toBe('mql 1');
  const { items } = (await member!('GET', '/api/leads/stuck')).body as Items;
  expect(items).toMatchObject([{ lead: { id }, attempts: 5, error: 'poison', retry_at: null }]);

  expect((await member!('POST', `/api/leads/${id}/refold`)).status).toBe(403);
  expect((await senior!('POST', `/api/leads/${newId(1)}/refold`)).status).toBe(404);
  const released = await senior!('POST', `/api/leads/${id}/refold`);
  expect(released).toMatchObject({ status: 201, body: { lead: id, released: true } });
  await acme.work();
  expect(await acme.stage(lead)).toBe('mql 1');
  expect(((await member!('GET', '/api/leads/stuck')).body as Items).items).toEqual([]);

  // Once more changes nothing, and says nothing twice.
  const before = await acme.told();
  expect((await senior!('POST', `/api/leads/${id}/refold`)).body).toEqual({ lead: id, released: false });
  await acme.work();
  expect((await acme.told()).outbox).toEqual(before.outbox);
});
