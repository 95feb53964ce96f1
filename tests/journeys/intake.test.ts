/** The ingest door on the wire: what clients send, however they send it, and what they are told. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ingestReply } from '#contract/intake.ts';
import { problem } from '#contract/problem.ts';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';
import { makeKey } from '#tests/support/intake.ts';

const db = withDatabase();
const app = withApp(() => db.database);

type Answer = { status: number; headers: Headers; body: unknown };

async function send(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(app.origin + path, { method: 'POST', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

async function sender(trust: 'browser' | 'server' = 'server') {
  const workspace = await db.newWorkspace();
  const { key } = await makeKey(db.database, workspace, trust);
  return {
    workspace,
    key,
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      send(path, { body: JSON.stringify(body), headers: { authorization: basic(key), ...headers } }),
    rows: <Row extends object>(sql: string): Promise<Row[]> =>
      db.database.inWorkspace(workspace, (_, query) => query<Row>(sql)),
    count: async (table: string): Promise<number> => {
      const rows = await db.database.inWorkspace(workspace, (_, query) =>
        query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`),
      );
      return rows[0]!.n;
    },
  };
}

const page = (more: object = {}) => ({
  type: 'page',
  anonymousId: 'a1',
  properties: { path: '/pricing' },
  ...more,
});
const taken = { success: true, rejected: [] };

describe('paths', () => {
  const paths: [path: string, body: object, type: string | null][] = [
    ['/v1/track', { event: 'Signed Up', userId: 'u1' }, 'Signed Up'],
    ['/v1/t', { event: 'Signed Up', userId: 'u1' }, 'Signed Up'],
    ['/v1/page', { anonymousId: 'a1' }, 'page'],
    ['/v1/p', { anonymousId: 'a1' }, 'page'],
    ['/v1/screen', { userId: 'u1', name: 'Home' }, 'screen'],
    ['/v1/s', { userId: 'u1', name: 'Home' }, 'screen'],
    ['/v1/identify', { userId: 'u1', traits: { title: 'CTO' } }, null],
    ['/v1/i', { userId: 'u1', traits: { title: 'CTO' } }, null],
    ['/v1/group', { userId: 'u1', groupId: 'g1' }, null],
    ['/v1/g', { userId: 'u1', groupId: 'g1' }, null],
    ['/v1/alias', { userId: 'u1', previousId: 'a1' }, null],
    ['/v1/a', { userId: 'u1', previousId: 'a1' }, null],
    ['/v1/batch', { batch: [page()] }, 'page'],
    ['/v1/b', { batch: [page()] }, 'page'],
    ['/v1/import', { batch: [page()] }, 'page'],
    ['/v1/batch/', { batch: [page()] }, 'page'],
    ['/v1/something/new', { batch: [page()] }, 'page'],
    ['/v1/something/new', page(), 'page'],
  ];
  test.each(paths)('%s takes %j', async (path, body, type) => {
    const { post, rows } = await sender();
    expect(await post(path, body)).toMatchObject({ status: 200, body: taken });
    expect(await rows('SELECT type FROM activities')).toEqual(type === null ? [] : [{ type }]);
  });

  test('a client’s measurements of itself are thanked for and dropped', async () => {
    expect(await send('/v1/m', { body: '{"series":[]}' })).toMatchObject({ status: 200, body: taken });
  });

  test('what cannot be made out is kept, with the reason', async () => {
    const { post, rows } = await sender();
    expect(await post('/v1/unheard-of', { messageId: 'm1', hello: 'there' })).toMatchObject({
      status: 200,
      body: { success: true, rejected: [{ index: 0, messageId: 'm1', code: 'unknown_type' }] },
    });
    expect(await rows('SELECT reason, message_id, body FROM quarantine')).toEqual([
      { reason: 'unknown_type', message_id: 'm1', body: '{"messageId":"m1","hello":"there"}' },
    ]);
  });

  test('anything but POST is told so, and never that there is nothing here', async () => {
    const statuses = await Promise.all(
      ['GET', 'PUT', 'DELETE', 'PATCH'].map(
        async (method) => (await send('/v1/whatever', { method })).status,
      ),
    );
    expect(statuses).toEqual([405, 405, 405, 405]);
  });
});

describe('write keys', () => {
  const ways: [
    way: string,
    headers: (key: string) => Record<string, string>,
    body: (key: string) => object,
  ][] = [
    ['Basic with a colon', (key) => ({ authorization: basic(key) }), () => ({})],
    [
      'Basic without',
      (key) => ({ authorization: `Basic ${Buffer.from(key).toString('base64')}` }),
      () => ({}),
    ],
    ['Bearer', (key) => ({ authorization: `Bearer ${key}` }), () => ({})],
    ['bare in Authorization', (key) => ({ authorization: key }), () => ({})],
    ['in the body', () => ({}), (writeKey) => ({ writeKey })],
    ['in both', (key) => ({ authorization: basic(key) }), (writeKey) => ({ writeKey })],
    [
      'in the body beside a token',
      () => ({ authorization: 'Bearer ab.cd.ef' }),
      (writeKey) => ({ writeKey }),
    ],
  ];
  test.each(ways)('%s', async (_, headers, body) => {
    const { key, count } = await sender();
    const answer = await send('/v1/page', {
      headers: headers(key),
      body: JSON.stringify({ ...page(), ...body(key) }),
    });
    expect(answer).toMatchObject({ status: 200, body: taken });
    expect(await count('activities')).toBe(1);
  });

  test('two different ones are refused', async () => {
    const [one, other] = [await sender(), await sender()];
    const answer = await one.post('/v1/page', { ...page(), writeKey: other.key });
    expect(answer).toMatchObject({ status: 400, body: { code: 'two_write_keys' } });
  });

  const unknown = ['', 'wk_unknown', 'wk with space', 'k\u0000', 'é', 'x'.repeat(5_000)];
  test.each(unknown)('%j is unknown', async (writeKey) => {
    const { status, headers, body } = await send('/v1/page', {
      body: JSON.stringify({ ...page(), writeKey }),
    });
    expect(status).toBe(401);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(problem.parse(body)).toMatchObject({ code: 'write_key', status: 401, instance: '/v1/page' });
  });

  test('a revoked one is refused within seconds, and says nothing of whose it was', async () => {
    const { key, post, workspace } = await sender();
    await db.database.inWorkspace(workspace, (_, query) => query('UPDATE write_keys SET revoked_at = now()'));
    expect(await post('/v1/page', page())).toMatchObject({
      status: 401,
      body: { detail: `The write key ${key.slice(0, 6)}… is unknown or was revoked.` },
    });
  });
});

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = (...parts: Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(parts));

describe('bodies', () => {
  const json = bytes(Buffer.from(JSON.stringify({ batch: [page()] })));
  const declared: [what: string, headers: Record<string, string>, body: Bytes][] = [
    ['JSON', { 'content-type': 'application/json' }, json],
    ['JSON with a charset', { 'content-type': 'application/json;charset=UTF-8' }, json],
    ['text, as browsers say', { 'content-type': 'text/plain' }, json],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, json],
    ['a form in parts', { 'content-type': 'multipart/form-data; boundary=x' }, json],
    ['an image', { 'content-type': 'image/png' }, json],
    ['something in capitals', { 'content-type': 'APPLICATION/JSON' }, json],
    ['something with a tab', { 'content-type': 'application/json\t; a' }, json],
    ['something unreadable', { 'content-type': ';;/,' }, json],
    [
      'gzip, as RudderStack sends it',
      { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' },
      bytes(gzipSync(json)),
    ],
    ['gzip that is not declared', { 'content-type': 'application/json' }, bytes(gzipSync(json))],
    ['gzip that is none', { 'content-encoding': 'gzip' }, json],
    ['space before it', {}, bytes(Buffer.from(' \t\n'), json)],
    ['a byte order mark', {}, bytes(Buffer.from([0xef, 0xbb, 0xbf]), json)],
  ];
  test.each(declared)('%s is taken', async (_, headers, body) => {
    const { key, count } = await sender();
    const answer = await send('/v1/batch', { headers: { authorization: basic(key), ...headers }, body });
    expect(answer).toMatchObject({ status: 200, body: taken });
    expect(await count('activities')).toBe(1);
  });

  const refused: [what: string, body: Bytes, status: number, code: string][] = [
    ['nothing', bytes(Buffer.alloc(0)), 400, 'not_json'],
    ['a form that is one', bytes(Buffer.from('batch=1')), 400, 'not_json'],
    ['a list', bytes(Buffer.from('[]')), 400, 'not_json'],
    ['half a gzip', bytes(gzipSync(json).subarray(0, 20)), 400, 'not_json'],
    ['bytes', bytes(Buffer.from([0x80, 0xff])), 400, 'not_json'],
    ['4 MiB and a byte', bytes(Buffer.alloc(4 * 1024 * 1024 + 1, 0x20)), 413, 'too_large'],
    ['a bomb', bytes(gzipSync(Buffer.alloc(32 * 1024 * 1024, 0x20))), 413, 'too_large'],
  ];
  test.each(refused)('%s is refused', async (_, body, status, code) => {
    const { key } = await sender();
    const answer = await send('/v1/batch', { headers: { authorization: basic(key) }, body });
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(JSON.stringify(answer.body)).not.toMatch(/ at |\.ts|node_modules/);
  });

  test('a batch of one megabyte is taken, but for the event that is too large', async () => {
    const { post, count } = await sender();
    const batch = Array.from({ length: 40 }, (_, i) =>
      page({ messageId: `m${i}`, properties: { note: 'x'.repeat(i === 7 ? 40_000 : 25_000) } }),
    );
    const { status, body } = await post('/v1/batch', { batch });
    expect(status).toBe(200);
    expect(ingestReply.parse(body).rejected).toEqual([
      { index: 7, messageId: 'm7', code: 'too_large', detail: 'an event is at most 32 KB of JSON' },
    ]);
    expect(await count('activities')).toBe(39);
    expect(await count('quarantine')).toBe(1);
  });

  test('a flood of rubbish is told and kept together', async () => {
    const { post, count, rows } = await sender();
    const { body } = await post('/v1/batch', { batch: [page(), ...Array(30_000).fill(1)] });
    const { rejected } = ingestReply.parse(body);
    expect(rejected).toHaveLength(1_001);
    expect(rejected.at(-1)).toMatchObject({ index: 1_001, code: 'too_many_refused' });
    expect(await count('quarantine')).toBe(1_001);
    const [rest] = await rows<{ body: string }>(
      "SELECT body FROM quarantine WHERE reason = 'too_many_refused'",
    );
    expect(JSON.parse(rest!.body)).toHaveLength(29_000);
    expect(await count('activities')).toBe(1);
  });
});

describe('batches', () => {
  test('what is said for all holds for each, unless it says otherwise', async () => {
    const { post, rows } = await sender();
    await post('/v1/batch', {
      context: { campaign: { source: 'Newsletter' }, locale: 'de' },
      batch: [page({ messageId: 'm1' }), page({ messageId: 'm2', context: { locale: 'fr' } })],
    });
    expect(await rows('SELECT context FROM activities ORDER BY context ->> $$locale$$')).toEqual([
      { context: { campaign: { source: 'newsletter' }, locale: 'de' } },
      { context: { campaign: { source: 'newsletter' }, locale: 'fr' } },
    ]);
  });

  test('each event is judged alone', async () => {
    const { post, count } = await sender();
    const batch = [
      page(),
      { type: 'track', userId: 'u1' },
      null,
      page({ anonymousId: 'null' }),
      page({ messageId: 'last' }),
    ];
    const { body } = await post('/v1/batch', { batch });
    expect(ingestReply.parse(body).rejected.map(({ index, code }) => [index, code])).toEqual([
      [1, 'no_event_name'],
      [2, 'not_an_object'],
      [3, 'no_identity'],
    ]);
    expect(await count('activities')).toBe(2);
  });
});

describe('messages that come again', () => {
  test('a thousand at once are one', async () => {
    const { post, count } = await sender();
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => post('/v1/page', page({ messageId: 'm1' }))),
    );
    expect(
      answers.every(({ status, body }) => status === 200 && (body as { success: boolean }).success),
    ).toBe(true);
    expect(answers.flatMap(({ body }) => ingestReply.parse(body).rejected)).toEqual([]);
    expect(await count('activities')).toBe(1);
  });

  test('with another body the first stays, and the conflict is shown', async () => {
    const { post, rows } = await sender();
    await post('/v1/page', page({ messageId: 'm1' }));
    const other = page({ messageId: 'm1', properties: { path: '/other' } });
    for (const _ of [1, 2]) {
      const { body } = await post('/v1/page', other);
      expect(ingestReply.parse(body).rejected).toMatchObject([
        { index: 0, messageId: 'm1', code: 'message_id_conflict' },
      ]);
    }
    expect(await rows('SELECT properties FROM activities')).toEqual([{ properties: { path: '/pricing' } }]);
    expect(await rows('SELECT reason FROM quarantine')).toEqual([{ reason: 'message_id_conflict' }]);
  });

  test('twice in one batch, once the same and once not', async () => {
    const { post, count } = await sender();
    const batch = [
      page({ messageId: 'm1' }),
      page({ messageId: 'm1' }),
      page({ messageId: 'm1', name: 'other' }),
    ];
    const { body } = await post('/v1/batch', { batch });
    expect(ingestReply.parse(body).rejected).toMatchObject([{ index: 2, code: 'message_id_conflict' }]);
    expect(await count('activities')).toBe(1);
  });

  test('in another workspace it is another message', async () => {
    const [one, other] = [await sender(), await sender()];
    await one.post('/v1/page', page({ messageId: 'm1' }));
    await other.post('/v1/page', page({ messageId: 'm1', properties: { path: '/other' } }));
    expect([await one.count('activities'), await other.count('activities')]).toEqual([1, 1]);
    expect(await other.count('quarantine')).toBe(0);
  });

  test('what was refused may come again, put right', async () => {
    const { post, count } = await sender();
    await post('/v1/track', { userId: 'u1', messageId: 'm1' });
    await post('/v1/track', { userId: 'u1', messageId: 'm1' });
    expect(await count('quarantine')).toBe(1);
    expect(await post('/v1/track', { userId: 'u1', messageId: 'm1', event: 'Signed Up' })).toMatchObject({
      body: taken,
    });
    expect(await count('activities')).toBe(1);
  });

  test('messages without an id are never taken for each other', async () => {
    const { post, count } = await sender();
    await Promise.all(Array.from({ length: 20 }, () => post('/v1/page', page())));
    expect(await count('activities')).toBe(20);
  });
});

describe('times', () => {
  const DAY = 86_400_000;
  const now = Date.now();
  const ago = (ms: number): string => new Date(now - ms).toISOString();
  const times: [what: string, event: object, wanted: number | string][] = [
    ['none', {}, now],
    ['ten days ago', { timestamp: ago(10 * DAY) }, now - 10 * DAY],
    ['without a zone', { timestamp: '2026-01-02T03:04:05' }, Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['a day alone', { timestamp: '2026-01-02' }, Date.UTC(2026, 0, 2)],
    ['the year 9999', { timestamp: '9999-12-31T23:59:59Z' }, now],
    ['1970', { timestamp: '1970-01-01T00:00:00Z' }, 'time_out_of_range'],
    ['+275760', { timestamp: '+275760-09-13T00:00:00.000Z' }, 'bad_time'],
    ['a month that does not exist', { timestamp: '2026-13-01T00:00:00Z' }, 'bad_time'],
    ['BC', { timestamp: '-000001-01-01T00:00:00Z' }, 'bad_time'],
    ['a number', { timestamp: 5 }, 'bad_time'],
    ['a sentence', { timestamp: "'; DROP TABLE leads; --" }, 'bad_time'],
  ];
  test.each(times)('%s', async (_, event, wanted) => {
    const { post, rows } = await sender();
    const { status, body } = await post('/v1/page', page(event));
    expect(status).toBe(200);
    if (typeof wanted === 'string')
      expect(ingestReply.parse(body).rejected).toMatchObject([{ code: wanted }]);
    else {
      const [row] = await rows<{ at: Date }>('SELECT at FROM activities');
      expect(Math.abs(row!.at.getTime() - wanted)).toBeLessThan(60_000);
    }
  });

  test('a browser whose clock is years off is set right, a server is believed', async () => {
    const [browser, server] = [await sender('browser'), await sender('server')];
    const slow = { timestamp: '2019-03-01T10:00:00Z', messageId: randomUUID() };
    for (const one of [browser, server]) {
      await one.post('/v1/batch', { batch: [page(slow)], sentAt: '2019-03-01T10:00:07Z' });
    }
    const [corrected] = await browser.rows<{ at: Date }>('SELECT at FROM activities');
    const [believed] = await server.rows<{ at: Date }>('SELECT at FROM activities');
    expect(Math.abs(corrected!.at.getTime() - (Date.now() - 7_000))).toBeLessThan(60_000);
    expect(believed!.at.toISOString()).toBe('2019-03-01T10:00:00.000Z');
  });
});

describe('what strangers send', () => {
  test('nothing of it reaches a prototype, breaks a statement or stops the others', async () => {
    const { key, rows, count } = await sender();
    const nasty = `{"batch":[
      {"type":"identify","userId":"u1","messageId":"1","traits":{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}},"name":"N\\u0000UL","half":"\\ud800","big":1e400,"huge":123456789012345678901234567890}},
      {"type":"track","userId":"u1","messageId":"2","event":"'; DROP TABLE leads; --","properties":{"a\\u0000b":"\\udfff","__proto__":1}},
      {"type":"page","userId":"u1","messageId":"3","properties":{"deep":${'['.repeat(20_000)}${']'.repeat(20_000)}}},
      {"type":"page","anonymousId":"<img src=x onerror=alert(1)>","messageId":"4","properties":{"title":"<script>"}}
    ]}`;
    const { status, body } = await send('/v1/batch', { body: nasty, headers: { authorization: basic(key) } });
    expect(status).toBe(200);
    expect(ingestReply.parse(body).rejected).toMatchObject([{ index: 2, code: 'too_deep' }]);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    expect(await rows('SELECT attributes FROM leads WHERE attributes <> $${}$$')).toEqual([
      { attributes: { name: 'NUL', half: '\ufffd', huge: 1.2345678901234568e29 } },
    ]);
    expect(await rows("SELECT type, properties FROM activities WHERE type <> 'page'")).toEqual([
      { type: "'; DROP TABLE leads; --", properties: { ab: '\ufffd' } },
    ]);
    expect(await count('activities')).toBe(2);
  });

  test('names of any length are stored and found; an id that is too long waits in quarantine', async () => {
    const { post, rows } = await sender();
    // Four bytes a character, and none that compress well.
    const rest = Array.from({ length: 1_500 }, (_, i) =>
      String.fromCodePoint(0x1f300 + ((i * i * 7_919) % 701)),
    );
    const long = (begin: string) => begin + rest.join('');
    const traits = {
      last_name: long('Adler'),
      source: long('fair'),
      company: { name: long('Acme Of Long'), website: `https://${'a'.repeat(3_000)}.example` },
      email: `${'x'.repeat(3_000)}@acme.example`,
    };
    const events = [
      { type: 'identify', userId: 'u1', traits },
      {
        type: 'group',
        userId: 'u1',
        groupId: 'g1',
        traits: { name: long('Acme'), domain: 'y'.repeat(3_000) },
      },
      { type: 'track', userId: 'u1', event: 'Read' },
      { type: 'track', userId: 'u'.repeat(513), event: 'Read' },
    ];
    const { status, body } = await post('/v1/batch', { batch: events });
    expect([status, body]).toMatchObject([200, { rejected: [{ index: 3, code: 'too_long' }] }]);
    expect(
      await rows("SELECT length(source) AS source FROM leads WHERE search_last_name LIKE 'adler%'"),
    ).toEqual([{ source: 252 }]); // characters; 500 of JavaScript's
    expect(await rows('SELECT reason FROM quarantine')).toEqual([{ reason: 'too_long' }]);
  });

  test('ids that mean nobody make nobody', async () => {
    const { post, count } = await sender();
    const ids = ['null', 'undefined', 'guest', 'NaN', '0', '', '  ', '[object Object]', 'ANONYMOUS'];
    const { body } = await post('/v1/batch', {
      batch: ids.map((userId, i) => ({ ...page(), anonymousId: undefined, userId, messageId: `m${i}` })),
    });
    expect(ingestReply.parse(body).rejected.map(({ code }) => code)).toEqual(ids.map(() => 'no_identity'));
    expect(await count('leads')).toBe(0);
  });

  test('aliases in a circle, and to oneself, are one person', async () => {
    const { post, rows } = await sender();
    const names = Array.from({ length: 6 }, (_, i) => `u${i}`);
    await post('/v1/batch', {
      batch: [
        ...names.map((userId, i) => ({
          type: 'alias',
          userId,
          previousId: names[(i + 1) % names.length],
          messageId: `a${i}`,
        })),
        { type: 'alias', userId: 'u1', previousId: 'u1', messageId: 'self' },
        ...names.map((userId, i) => ({ type: 'track', event: 'Seen', userId, messageId: `t${i}` })),
      ],
    });
    const roots = await rows(
      "SELECT DISTINCT coalesce(l.merged_into, l.number) FROM leads l JOIN identities i ON i.lead = l.number WHERE i.kind = 'user'",
    );
    expect(roots).toHaveLength(1);
  });
});

describe('browsers', () => {
  test('ask first, from any site, and may', async () => {
    const { status, headers } = await send('/v1/t', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-headers')).toBe(
      'authorization, content-type, x-retry-count, anonymousid',
    );
    expect(headers.get('access-control-max-age')).toBe('86400');
  });

  test('may read every answer, refusals as well', async () => {
    const { headers } = await send('/v1/t', { body: 'x', headers: { origin: 'https://shop.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('are told where to send', async () => {
    const { body, headers } = await send('/v1/projects/wk_any/settings', { method: 'GET' });
    expect(body).toMatchObject({
      integrations: { 'Segment.io': { apiKey: 'wk_any', apiHost: 'leads.example/v1', protocol: 'http' } },
      plan: { track: { __default: { enabled: true } } },
    });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const rudder = await send('/sourceConfig/?p=web&v=3&writeKey=wk_any', { method: 'GET' });
    expect(rudder.body).toMatchObject({
      source: { id: 'leadpact', writeKey: 'wk_any', enabled: true, destinations: [] },
    });
  });
});
