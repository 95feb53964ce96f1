/** What one does, the other sees: streams of events over a network, from several nodes, past every kind of end. */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { openLive } from '#features/live/live.ts';
import { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';
import { openLog } from '#platform/log.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { type Reader, readEvents } from '#tests/support/events.ts';

const db = withDatabase();
const api = withApi(db, undefined, { beat: 300, look: 300 });

let workspace = '';
let url = '';
const open: Reader[] = [];
const watch = async (headers: Record<string, string>): Promise<Reader> => {
  const reader = await readEvents(url, headers);
  open.push(reader);
  return reader;
};

beforeAll(async () => {
  workspace = await db.newWorkspace();
  await api.hire(workspace, 'ann@acme.example', null, 'manager');
  await api.hire(workspace, 'bob@acme.example', 'sales', 'member');
  url = `${await api.listen()}/api/events`;
});
afterEach(() => {
  for (const reader of open.splice(0)) reader.close();
});

/** So many entries in one commit. */
const happen = (in_: string, count = 1, what = 'thing.happened'): Promise<string[]> => {
  const ids = Array.from({ length: count }, () => newId(Date.now()));
  return db.database.inWorkspace(in_, async (tx) => {
    await record(
      tx,
      in_,
      ids.map((id) => ({
        at: Date.now(),
        actor: { kind: 'system' as const },
        what,
        subject: { kind: 'thing', id },
      })),
    );
    return ids;
  });
};

it('one sees within a second what another does, and nothing of what it says', async () => {
  const [ann, bob] = [await api.signIn('ann@acme.example'), await api.signIn('bob@acme.example')];
  const readers = [await watch(ann), await watch(bob)];
  expect(readers[0]!.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(readers[0]!.headers.get('cache-control')).toBe('no-cache, no-transform');
  const changed = await api.as(ann)('PATCH', '/api/workspace', { name: 'Secret plans' });
  expect(changed.status).toBe(200);
  for (const reader of readers) {
    const { id, data } = await reader.next(undefined, 1_000);
    expect(id).toMatch(/^\d+$/);
    expect(data).toEqual({
      kind: 'workspace.changed',
      subject: 'workspace',
      id: workspace,
      at: new Date(api.now).toISOString(),
      by: expect.stringMatching(/^[0-9a-f-]{36}$/),
      lead: null,
    });
    expect(reader.text()).not.toContain('Secret');
  }
});

it('tells nothing of other workspaces, and nothing that was undone', async () => {
  const reader = await watch(await api.signIn('bob@acme.example'));
  await happen(await db.newWorkspace());
  const undone = db.database.inWorkspace(workspace, async (tx) => {
    const subject = { kind: 'thing', id: newId(1) };
    await record(tx, workspace, [{ at: 1, actor: { kind: 'system' }, what: 'thing.undone', subject }]);
    throw new Error('never mind');
  });
  await expect(undone).rejects.toThrow('never mind');
  const [id] = await happen(workspace);
  expect((await reader.next()).data).toMatchObject({ kind: 'thing.happened', id });
});

it('goes on where somebody left off, in order; and says when that is not known any more', async () => {
  const bob = await api.signIn('bob@acme.example');
  const first = await watch(bob);
  const [a] = await happen(workspace);
  const seen = await first.next();
  expect(seen.data.id).toBe(a);
  first.close();
  const missed = await happen(workspace, 40);
  const again = await watch({ ...bob, 'last-event-id': seen.id! });
  for (const id of missed) expect((await again.next()).data.id).toBe(id);
  const stranger = await watch({ ...bob, 'last-event-id': 'long ago' });
  expect(await stranger.next()).toMatchObject({ event: 'resync', id: null });
});

it('tells very much at once as one', async () => {
  const reader = await watch(await api.signIn('bob@acme.example'));
  await happen(workspace, 400);
  expect((await reader.next(({ event }) => event === 'resync')).event).toBe('resync');
  const [id] = await happen(workspace);
  expect((await reader.next(({ data }) => data.id === id)).event).toBe('message');
});

it('gives signs of life', async () => {
  const reader = await watch(await api.signIn('bob@acme.example'));
  await expect.poll(() => reader.text(), { timeout: 5_000 }).toContain(': here');
});

it('ends for who signed out, left, or holds a key that was revoked', async () => {
  const ann = api.as(await api.signIn('ann@acme.example'));
  const bob = await api.signIn('bob@acme.example');
  const out = await watch(bob);
  await api.as(bob)('DELETE', '/api/session');
  await out.ended;

  const id = await api.hire(workspace, 'cid@acme.example', 'sales', 'member');
  const left = await watch(await api.signIn('cid@acme.example'));
  await ann('POST', `/api/members/${id}/departure`);
  await left.ended;

  const made = await ann('POST', '/api/api-keys', { name: 'Screen', scopes: ['events:read'] });
  const { key, secret } = made.body as { key: { id: string }; secret: string };
  const revoked = await watch({ authorization: `Bearer ${secret}` });
  await ann('POST', `/api/api-keys/${key.id}/revocation`);
  await revoked.ended;
  expect((await watch({ authorization: `Bearer ${secret}` })).status).toBe(401);
  const other = await api.key(workspace, ['leads:read']);
  expect((await watch(other)).status).toBe(403);
});

it('is opened so often by one, and by others all the same', async () => {
  const [ann, bob] = [await api.signIn('ann@acme.example'), await api.signIn('bob@acme.example')];
  const mine = await Promise.all(Array.from({ length: 13 }, () => watch(bob)));
  expect(mine.map(({ status }) => status).toSorted()).toEqual([...Array(12).fill(200), 429]);
  expect((await watch(ann)).status).toBe(200);
  for (const reader of mine) reader.close();
  await expect.poll(async () => (await watch(bob)).status, { timeout: 5_000 }).toBe(200);
});

it('survives the loss of its connection to the database: it says so, and goes on', async () => {
  const reader = await watch(await api.signIn('bob@acme.example'));
  const ended = await db.owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'leadpact listens'",
  );
  expect(ended.rowCount).toBe(1);
  await reader.next(({ event }) => event === 'resync');
  const [id] = await happen(workspace);
  expect((await reader.next(({ data }) => data.id === id)).event).toBe('message');
});

it('hears of what other nodes do; who reads too slowly is sent away; and a node that stops ends its streams', async () => {
  const { logins } = db;
  const other = new Database({
    logins: () => [logins.app],
    max: 3,
    wait: 5_000,
    name: 'other node',
    log: openLog('silent'),
    citus: false,
  });
  try {
    const live = openLive(other);
    const caller = { kind: 'member', workspace, id: newId(1), party: null, rank: 'lead' } as const;
    const open = () => live.open(caller, { lastEventId: null, mayStay: async () => true });
    const [quick, slow] = [await open(), await open()];
    const reading = quick[Symbol.asyncIterator]();
    expect((await reading.next()).value).toBe('retry: 2000\n\n');
    const [id] = await happen(workspace);
    expect((await reading.next()).value).toContain(id);
    // Once the quick one has read it all, the slow one, who has read nothing, is too far behind.
    for (let i = 0; i < 3; i++) {
      const last = (await happen(workspace, 200)).at(-1)!;
      for (let text = ''; !text.includes(last); ) text += (await reading.next()).value;
    }
    expect((await slow[Symbol.asyncIterator]().next()).done).toBe(true);
    live.close();
    const rest: string[] = [];
    for await (const text of { [Symbol.asyncIterator]: () => reading }) rest.push(text);
    await expect(open()).rejects.toMatchObject({ status: 429 });
  } finally {
    await other.close();
  }
});
