/** Files over the API: streamed in, taken once, how far they are, and what was refused. */
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Uploads } from '#features/imports/uploads.ts';
import type { Caller } from '#features/people/policy.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const api = withApi(db);

type Shown = Record<string, unknown> & { id: string };
let workspace = '';
let origin = '';
let headers: Record<string, string> = {};

beforeAll(async () => {
  workspace = await db.newWorkspace();
  await api.hire(workspace, 'ann@acme.example', 'marketing', 'lead');
  headers = await api.signIn('ann@acme.example');
  origin = await api.listen();
});

const send = async (
  search: string,
  body: string | Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
): Promise<{ status: number; body: Shown }> => {
  const reply = await fetch(`${origin}/api/imports?${search}`, {
    method: 'POST',
    body,
    headers: { ...headers, 'content-type': 'text/csv', ...more },
  });
  return { status: reply.status, body: (await reply.json()) as Shown };
};
const count = async (table: string): Promise<number> => {
  const { rows } = await db.owner.query(`SELECT count(*)::int AS n FROM ${table} WHERE workspace_id = $1`, [
    workspace,
  ]);
  return rows[0].n as number;
};

const LEADS = 'id,email,industry\n1,ada@buyer.example,Steel\n2,bob@buyer.example,Glass\n,,Oil\n';

it('takes leads, activities and deals of files in, packed or not, and says what became of each row', async () => {
  const leads = await send('kind=leads&name=contacts.csv&system=crm', LEADS);
  expect(leads).toMatchObject({
    status: 201,
    body: {
      kind: 'leads',
      name: 'contacts.csv',
      system: 'crm',
      standing: 'finished',
      accepted: 2,
      rejected: 1,
      repeated: false,
      error: null,
    },
  });
  api.now += 1_000;
  const did = 'lead,at,type,path\n1,2026-03-01T09:00:00Z,page,/pricing\n9,2026-03-01T09:00:00Z,page,/\n';
  const activities = await send('kind=activities&system=crm', gzipSync(did));
  expect(activities.body).toMatchObject({ standing: 'finished', accepted: 1, rejected: 1 });
  api.now += 1_000;
  const deals = await send('kind=deals&system=crm', 'lead,outcome,amount\n2,won,1200\n');
  expect(deals.body).toMatchObject({ standing: 'finished', accepted: 1 });
  expect([await count('leads'), await count('activities'), await count('deals')]).toEqual([2, 1, 1]);

  const all = await api.as(headers)('GET', '/api/imports?limit=2');
  const { items, next } = all.body as { items: Shown[]; next: string };
  expect(items.map(({ kind }) => kind)).toEqual(['deals', 'activities']);
  const rest = (await api.as(headers)('GET', `/api/imports?cursor=${next}`)).body as { items: Shown[] };
  expect(rest.items).toMatchObject([{ id: leads.body.id, kind: 'leads', by: expect.any(String) }]);
  const { rows } = await db.owner.query(
    "SELECT actor_kind, subject_id FROM journal WHERE workspace_id = $1 AND what = 'import.finished' ORDER BY seq",
    [workspace],
  );
  expect(rows[0]).toEqual({ actor_kind: 'member', subject_id: leads.body.id });
});

it('takes the same file once', async () => {
  const again = await send('kind=leads&name=contacts.csv&system=crm', LEADS);
  expect(again.body).toMatchObject({ repeated: true, accepted: 2, standing: 'finished' });
  expect(await count('leads')).toBe(2);
});

it('gives the rejected rows as a file in which no cell is a formula', async () => {
  const evil = '=cmd|" /c calc"!A1';
  const { body } = await send(
    'kind=activities&system=crm',
    `lead,at,type\n${evil},2026-03-01,page\n"=1+1",never,page\n`,
  );
  expect(body).toMatchObject({ accepted: 0, rejected: 2 });
  const reply = await fetch(`${origin}/api/imports/${body.id}/rejects`, { headers });
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(reply.headers.get('content-disposition')).toContain('rejects.csv');
  const text = await reply.text();
  expect(text).toMatch(/^line,reason,row\n/);
  expect(text.trim().split('\n')).toHaveLength(3);
  expect(text).toContain("'=cmd");
  expect(text).not.toMatch(/(^|,)"?[=+@-]/m);
  const none = await fetch(`${origin}/api/imports/${newId(1)}/rejects`, { headers });
  expect(none.status).toBe(404);
});

it('says what is wrong with a file, with its kind, or with who sends it', async () => {
  const wrong: [search: string, body: string, more: Record<string, string>, status: number, told: string][] =
    [
      ['kind=activities', 'a,b\n1,2\n', {}, 422, 'column'],
      ['kind=leads', '', {}, 422, 'is empty'],
      ['kind=people', 'id\n1\n', {}, 400, 'kind'],
      ['kind=leads&zone=Nowhere', 'id\n1\n', {}, 400, 'IANA'],
      ['kind=leads&encoding=klingon', 'id\n1\n', {}, 422, 'klingon'],
      ['kind=leads', '{}', { 'content-type': 'application/json' }, 400, 'JSON'],
      ['kind=leads', 'id\n1\n', { cookie: '' }, 401, 'Sign in'],
    ];
  for (const [search, body, more, status, told] of wrong) {
    const answer = await send(search, body, more);
    expect([answer.status, JSON.stringify(answer.body)], search).toEqual([
      status,
      expect.stringContaining(told),
    ]);
  }
  await api.hire(workspace, 'sal@acme.example', 'sales', 'member');
  const member = await send('kind=leads', 'id\n1\n', await api.signIn('sal@acme.example'));
  expect(member.status).toBe(403);
});

it('is told of while it goes on, and in the end', async () => {
  const text = Array.from({ length: 1_200 }, (_, i) => `${i},p${i}@many.example`).join('\n');
  const { body } = await send('kind=leads&system=many', `id,email\n${text}\n`);
  const end = async () => (await api.as(headers)('GET', `/api/imports/${body.id}`)).body as Shown;
  await expect.poll(async () => (await end()).standing, { timeout: 20_000 }).toBe('finished');
  expect(await end()).toMatchObject({ accepted: 1_200, progress: null });
});

it('takes nothing of what ends half way', async () => {
  const before = await count('imports');
  await new Promise<void>((done) => {
    const sending = request(`${origin}/api/imports?kind=leads`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/csv', 'content-length': '100000' },
    });
    sending.on('error', () => done());
    sending.write('id,email\n77,half@way.example\n');
    setTimeout(() => sending.destroy(), 100);
  });
  await pause(200);
  expect(await count('imports')).toBe(before);
});

const bytesOf = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
};
const opened: Uploads[] = [];
const open = (limits: { bytes: number; rows: number }): Uploads => {
  const uploads = new Uploads({ database: db.database, clock: Date.now, log: openLog('silent'), limits });
  opened.push(uploads);
  return uploads;
};
afterAll(() => Promise.all(opened.map((one) => one.close())));
const program = (): Caller => ({ kind: 'key', workspace, id: newId(1), party: null, scopes: [] });
const sent = { kind: 'leads' as const, name: 'f.csv', options: { system: 'limits' } };

it('has limits of bytes and rows', async () => {
  const uploads = open({ bytes: 1_000, rows: 2 });
  const large = uploads.take(program(), sent, bytesOf('x'.repeat(1_001)));
  await expect(large).rejects.toMatchObject({ status: 413, code: 'too_large' });
  const long = uploads.take(program(), sent, bytesOf('id\n1\n2\n3\n'));
  await expect(long).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('more than 2 rows'),
  });
});

it('is interrupted by a stop, and goes on with the same file', async () => {
  const text = `id,email\n${Array.from({ length: 2_500 }, (_, i) => `${i},s${i}@stop.example`).join('\n')}\n`;
  const first = open({ bytes: 1e9, rows: 1e6 });
  const options = { system: 'stop' };
  const begun = first.take(program(), { ...sent, options }, bytesOf(text)).catch(() => null);
  await expect
    .poll(
      async () =>
        (await db.owner.query("SELECT FROM imports WHERE mapping ->> 'system' = 'stop' AND read > 0"))
          .rowCount,
      {
        timeout: 20_000,
      },
    )
    .toBe(1);
  await first.close();
  await begun;
  const list = (await api.as(headers)('GET', '/api/imports?kind=leads&limit=200')).body as { items: Shown[] };
  const stopped = list.items.find(({ system }) => system === 'stop')!;
  const { id, accepted } = stopped;
  expect(stopped).toMatchObject({
    standing: 'interrupted',
    error: expect.stringContaining('same file again'),
  });
  expect(Number(accepted)).toBeLessThan(2_500);
  const second = open({ bytes: 1e9, rows: 1e6 });
  const again = await second.take(program(), { ...sent, options }, bytesOf(text));
  expect(again).toEqual({ id, repeated: false });
  const end = async () => (await api.as(headers)('GET', `/api/imports/${id}`)).body as Shown;
  await expect.poll(async () => (await end()).standing, { timeout: 60_000 }).toBe('finished');
  expect(await end()).toMatchObject({ accepted: 2_500, rejected: 0 });
}, 90_000);
