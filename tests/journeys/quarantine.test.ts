/** What was refused: seen with its reason, taken in after all, or given up; and what arrived lately. */
import { beforeAll, expect, it } from 'vitest';
import { makeApiKey } from '#features/workspaces/keys.ts';
import { newId } from '#platform/ids.ts';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';
import { makeKey } from '#tests/support/intake.ts';

const db = withDatabase();
const app = withApp(() => db.database);

let workspace = '';
let writeKey = { id: '', key: '' };
let bearer = '';

type Item = Record<string, unknown>;
type Answer = { status: number; body: Item & { items: Item[] } };

async function api(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: bearer, ...(body && { 'content-type': 'application/json' }) };
  const reply = await fetch(app.origin + path, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: await reply.json() };
}

const send = (batch: object[]): Promise<{ rejected: unknown[] }> =>
  fetch(`${app.origin}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${writeKey.key}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  }).then((reply) => reply.json());

/** As if an event that is fit today had been refused at that time. */
const refusedOnce = async (event: object, reason = 'not_storable', at = Date.now()): Promise<string> => {
  const id = newId(at);
  await db.database.inWorkspace(workspace, (tx) =>
    tx
      .insertInto('quarantine')
      .values({
        workspace_id: workspace,
        id,
        received_at: new Date(at),
        write_key_id: writeKey.id,
        message_id: null,
        reason,
        detail: 'it could not be stored',
        body: JSON.stringify(event),
      })
      .execute(),
  );
  return id;
};

const activities = () =>
  db.database.inWorkspace(workspace, (_, query) =>
    query<{ type: string; received_at: Date }>(
      'SELECT type, received_at FROM activities ORDER BY received_at',
    ),
  );

beforeAll(async () => {
  workspace = await db.newWorkspace();
  writeKey = await makeKey(db.database, workspace, 'server');
  const wanted = {
    name: 'Test',
    party: null,
    expiresAt: null,
    scopes: ['quarantine:read', 'quarantine:write'],
  };
  const hand = { workspace, actor: { kind: 'system' } } as const;
  const { secret } = await db.database.inWorkspace(workspace, (tx) =>
    makeApiKey(tx, hand, wanted, Date.now()),
  );
  bearer = `Bearer ${secret}`;
});

it('shows what arrived lately: taken with its lead, repeated, or refused with the reason', async () => {
  const good = {
    type: 'track',
    event: 'Signed Up',
    userId: 'u1',
    messageId: 'm1',
    context: { ip: '203.0.113.9' },
  };
  await send([good, { type: 'dance', userId: 'u1', messageId: 'm2' }]);
  await send([good]);
  const { body } = await api('GET', '/api/ingest/recent');
  const by = (result: string) => body.items.find((one) => one.result === result);
  expect(body.items).toHaveLength(3);
  expect(by('repeated')).toMatchObject({ message_id: 'm1' });
  expect(by('rejected')).toMatchObject({
    message_id: 'm2',
    type: 'dance',
    reason: expect.any(String),
    lead: null,
  });
  expect(by('accepted')).toMatchObject({
    type: 'track',
    name: 'Signed Up',
    write_key: writeKey.id,
    lead: expect.any(String),
  });
  expect(JSON.stringify(body)).not.toContain('203.0.113.9');
  const rejected = await api('GET', `/api/ingest/recent?result=rejected&write_key=${writeKey.id}`);
  expect(rejected.body.items).toHaveLength(1);
  expect((await api('GET', `/api/ingest/recent?write_key=${newId(1)}`)).body.items).toEqual([]);
});

it('keeps the last hundred of each key', async () => {
  await send(Array.from({ length: 300 }, (_, i) => ({ type: 'page', anonymousId: 'a', messageId: `p${i}` })));
  const { body } = await api('GET', '/api/ingest/recent?limit=200');
  expect(body.items).toHaveLength(100);
  expect(body.items[0]).toMatchObject({ message_id: 'p299', name: 'page' });
});

it('lists what waits by reason, key and time, page by page, and shows one without the address it came from', async () => {
  await send([
    { type: 'dance', userId: 'u2', messageId: 'd1', context: { ip: '203.0.113.9' } },
    { type: 'track', userId: 'u2', messageId: 'd2' },
    'not even an event',
  ] as object[]);
  const first = await api('GET', '/api/quarantine?limit=2');
  const second = await api('GET', `/api/quarantine?limit=200&cursor=${first.body.next}`);
  const all = [...first.body.items, ...second.body.items];
  expect(all).toHaveLength(4);
  expect(second.body.next).toBeNull();
  const dance = all.find(({ message_id }) => message_id === 'd1') as {
    id: string;
    reason: string;
  };
  const same = await api('GET', `/api/quarantine?reason=${dance.reason}&write_key=${writeKey.id}`);
  expect(same.body.items.map(({ message_id }) => message_id)).toEqual(expect.arrayContaining(['d1', 'm2']));
  const future = new Date(Date.now() + 60_000).toISOString();
  expect((await api('GET', `/api/quarantine?since=${future}`)).body.items).toEqual([]);
  const one = await api('GET', `/api/quarantine/${dance.id}`);
  expect(one.body).toMatchObject({ standing: 'waiting', body: expect.stringContaining('"dance"') });
  expect(JSON.stringify(one.body)).not.toContain('203.0.113.9');
  expect((await api('GET', `/api/quarantine/${newId(1)}`)).status).toBe(404);
});

it('takes an event in after all, once, at the time it came in', async () => {
  const before = (await activities()).length;
  const at = Date.now() - 86_400_000;
  const id = await refusedOnce({ type: 'track', event: 'Late', userId: 'u3' }, 'not_storable', at);
  const both = await Promise.all([1, 2].map(() => api('POST', `/api/quarantine/${id}/replay`)));
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 404]);
  const stored = await activities();
  expect(stored).toHaveLength(before + 1);
  expect(stored[0]).toEqual({ type: 'Late', received_at: new Date(at) });
  expect((await api('GET', `/api/quarantine/${id}`)).body).toMatchObject({ standing: 'replayed' });
});

it('says why an event is refused again, and keeps it', async () => {
  const id = await refusedOnce({ type: 'dance', userId: 'u3' });
  const again = await api('POST', `/api/quarantine/${id}/replay`);
  expect(again.body).toMatchObject({ replayed: false, reason: expect.not.stringMatching('not_storable') });
  expect((await api('GET', `/api/quarantine/${id}`)).body).toMatchObject({
    standing: 'waiting',
    reason: again.body.reason,
  });
});

it('takes many in, some at a time, and what was kept together each by itself', async () => {
  const before = (await activities()).length;
  for (let i = 0; i < 5; i++) await refusedOnce({ type: 'page', anonymousId: `b${i}` }, 'poison');
  const packed = await refusedOnce(
    [{ type: 'page', anonymousId: 'b5' }, { type: 'dance' }] as never,
    'too_many_refused',
  );
  expect((await api('POST', '/api/quarantine/replays', { reason: 'poison' })).body).toEqual({
    replayed: 5,
    refused: [],
    remaining: 0,
  });
  const some = await api('POST', '/api/quarantine/replays', { ids: [packed] });
  expect(some.body).toMatchObject({ replayed: 0, refused: [{ id: packed }] });
  expect(await activities()).toHaveLength(before + 6);
  // Again there is nothing to be taken in twice.
  expect((await api('POST', '/api/quarantine/replays', { ids: [packed] })).body).toMatchObject({
    replayed: 0,
    refused: [],
  });
});

it('lets events be given up, with why, in the journal too', async () => {
  const id = await refusedOnce({ type: 'dance' });
  expect((await api('POST', `/api/quarantine/${id}/dismissal`, {})).status).toBe(400);
  const given = await api('POST', `/api/quarantine/${id}/dismissal`, { why: 'a test of ours' });
  expect(given.body).toMatchObject({ standing: 'dismissed', why: 'a test of ours' });
  const rest = await api('POST', '/api/quarantine/dismissals', { why: 'old', write_key: writeKey.id });
  expect(Number(rest.body.dismissed)).toBeGreaterThan(3);
  expect((await api('GET', '/api/quarantine')).body.items).toEqual([]);
  expect((await api('GET', '/api/quarantine?standing=dismissed')).body.items.length).toBeGreaterThan(3);
  const { rows } = await db.owner.query(
    "SELECT what, data FROM journal WHERE workspace_id = $1 AND what LIKE 'quarantine.%' ORDER BY seq DESC LIMIT 1",
    [workspace],
  );
  expect(rows[0]).toMatchObject({ what: 'quarantine.dismissed', data: { why: 'old' } });
});
