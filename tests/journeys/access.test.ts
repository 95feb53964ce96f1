import { describe, expect, it } from 'vitest';
import { setupLink } from '#features/people/joining.ts';
import { resetLink } from '#features/people/resetting.ts';
import { PASSWORD, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const api = withApi(db);

const tokenOf = (link: string): string => link.split('#')[1]!;
const cookieOf = (cookies: string[]): { cookie: string } => ({
  cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; '),
});

const what = async (workspace: string): Promise<string[]> => {
  const { rows } = await db.owner.query('SELECT what FROM journal WHERE workspace_id = $1 ORDER BY seq', [
    workspace,
  ]);
  return rows.map((row) => row.what as string);
};

const outbox = async (workspace: string): Promise<unknown[]> => {
  const { rows } = await db.owner.query(
    'SELECT topic, payload FROM outbox WHERE workspace_id = $1 ORDER BY created_at, id',
    [workspace],
  );
  return rows;
};

let workspace = '';
let ann: { cookie: string };

it('begins with the one who has the token that was printed at start', async () => {
  expect((await api.ask('GET', '/api/setup')).body).toEqual({ open: true });
  const steps = {
    workspace: { name: 'Acme Industrial', zone: 'America/New_York' },
    person: { name: 'Ann', email: 'ann@acme.example', password: PASSWORD },
  };
  const guess = await api.ask('POST', '/api/setup', { token: 'guess', ...steps });
  expect(guess).toMatchObject({ status: 400, body: { code: 'void_token' } });
  const token = tokenOf(setupLink(api.house.letters));
  const made = await api.ask('POST', '/api/setup', { token, ...steps });
  expect(made.status).toBe(201);
  workspace = (made.body as { workspace: string }).workspace;
  expect(await what(workspace)).toEqual(['workspace.founded', 'member.joined']);
  expect((await api.ask('GET', '/api/setup')).body).toEqual({ open: false });
  const again = await api.ask('POST', '/api/setup', { token, ...steps });
  expect(again).toMatchObject({ status: 409, body: { code: 'set_up_already' } });
  ann = (await api.signIn('ann@acme.example')) as typeof ann;
});

describe('an invitation', () => {
  it('lets somebody in once, with a password of theirs', async () => {
    const bob = { name: 'Bob', email: 'Bob@acme.example', party: 'sales', rank: 'lead' };
    const invited = await api.as(ann)('POST', '/api/members', bob);
    expect(invited).toMatchObject({
      status: 201,
      body: { member: { email: 'bob@acme.example', joined_at: null } },
    });
    const { member, link } = invited.body as { member: { id: string }; link: string };
    expect(await outbox(workspace)).toEqual([{ topic: 'mail.invitation', payload: { member: member.id } }]);
    expect((await api.as(ann)('POST', '/api/members', bob)).status).toBe(409);

    const joining = { token: tokenOf(link), password: PASSWORD };
    const joined = await api.ask('POST', '/api/invitations/acceptance', joining);
    expect(joined).toMatchObject({ status: 201, body: { workspace, member: member.id } });
    expect((await api.ask('POST', '/api/invitations/acceptance', joining)).body).toMatchObject({
      code: 'void_token',
    });
    expect((await what(workspace)).slice(2)).toEqual(['member.invited', 'member.joined']);

    const session = await api.as(await api.signIn('bob@acme.example'))('GET', '/api/session');
    expect(session.body).toMatchObject({
      person: { name: 'Bob' },
      workspaces: [{ id: workspace, name: 'Acme Industrial', party: 'sales', rank: 'lead' }],
    });
  });

  it('is void after a week, after a newer one, and when it was changed', async () => {
    const invited = await api.as(ann)('POST', '/api/members', {
      name: 'Cid',
      email: 'cid@acme.example',
      party: 'marketing',
    });
    const { member, link } = invited.body as { member: { id: string }; link: string };
    const accept = async (token: string) =>
      (await api.ask('POST', '/api/invitations/acceptance', { token, password: PASSWORD })).status;
    const token = tokenOf(link);
    const [body = '', mark = ''] = token.split('.');
    const forged = Buffer.from(
      Buffer.from(body, 'base64url').toString().replace('invitation', 'password'),
    ).toString('base64url');
    expect(await accept(`${forged}.${mark}`)).toBe(400);
    api.now += 8 * 24 * 3_600_000;
    expect(await accept(token)).toBe(400);
    const again = await api.as(ann)('POST', `/api/members/${member.id}/invitations`);
    api.now -= 8 * 24 * 3_600_000;
    expect(await accept(token)).toBe(400);
    expect(await accept(tokenOf((again.body as { link: string }).link))).toBe(201);
  });
});

describe('a session', () => {
  it('is a new one at every sign-in, whatever cookie was brought along', async () => {
    const fixed = { cookie: '__Secure-leadpact.session_token=chosen.by-somebody-else' };
    const one = await api.as(fixed)('POST', '/api/session', {
      email: 'ann@acme.example',
      password: PASSWORD,
    });
    const other = await api.as(cookieOf(one.cookies))('POST', '/api/session', {
      email: 'ann@acme.example',
      password: PASSWORD,
    });
    expect(one.cookies[0]).not.toContain('chosen');
    expect(cookieOf(one.cookies)).not.toEqual(cookieOf(other.cookies));
    expect(other.cookies[0]).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect((await api.as(fixed)('GET', '/api/session')).status).toBe(401);
  });

  it('ends at sign-out, and with the password', async () => {
    const [here, there] = [await api.signIn('bob@acme.example'), await api.signIn('bob@acme.example')];
    expect((await api.as(here)('DELETE', '/api/session')).status).toBe(200);
    expect((await api.as(here)('GET', '/api/session')).status).toBe(401);
    const third = await api.signIn('bob@acme.example');
    const wrong = await api.as(third)('PUT', '/api/session/password', {
      current: 'no',
      password: 'x'.repeat(12),
    });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'wrong_credentials' } });
    const changed = await api.as(third)('PUT', '/api/session/password', {
      current: PASSWORD,
      password: `${PASSWORD}!`,
    });
    expect(changed.status).toBe(200);
    expect((await api.as(there)('GET', '/api/session')).status).toBe(401);
    expect((await api.as(third)('GET', '/api/session')).status).toBe(401);
    expect((await api.as(cookieOf(changed.cookies))('GET', '/api/session')).status).toBe(200);
  });

  it('opens nothing any more from the moment its member has left', async () => {
    const cid = await api.signIn('cid@acme.example');
    const members = await api.as(cid)('GET', '/api/members');
    const { items } = members.body as { items: { id: string; email: string }[] };
    const { id } = items.find(({ email }) => email === 'cid@acme.example')!;
    expect((await api.as(ann)('POST', `/api/members/${id}/departure`)).body).toMatchObject({
      left_at: expect.any(String),
    });
    expect(await api.as(cid)('GET', '/api/members')).toMatchObject({
      status: 403,
      body: { code: 'not_a_member' },
    });
  });

  it('is not acted upon for another site', async () => {
    const change = (headers: Record<string, string>) =>
      api
        .as(ann)('PATCH', '/api/workspace', { name: 'Acme' }, headers)
        .then(({ status }) => status);
    expect(await change({ origin: 'https://evil.example' })).toBe(403);
    expect(await change({ origin: 'https://leads.example.evil.example' })).toBe(403);
    expect(await change({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await change({ 'sec-fetch-site': 'same-site', origin: 'https://other.leads.example' })).toBe(403);
    expect(await change({ origin: 'null' })).toBe(403);
    expect(await change({ origin: 'https://leads.example', 'sec-fetch-site': 'same-origin' })).toBe(200);
    const plain = await api.as(ann)('PATCH', '/api/workspace', '{"name":"x"}', {
      'content-type': 'text/plain',
    });
    expect(plain.status).toBe(415);
  });
});

describe('guessing', () => {
  it('is slowed down by account, whatever address a header claims, and known or not', async () => {
    const guesses = async (email: string) => {
      const seen: string[] = [];
      for (let i = 0; i < 8; i++) {
        const forwarded = { 'x-forwarded-for': `203.0.113.${i}`, 'x-real-ip': `203.0.113.${i}` };
        const answer = await api.ask('POST', '/api/session', { email, password: `guess ${i}` }, forwarded);
        const { code, detail } = answer.body as { code: string; detail: string };
        seen.push(`${answer.status} ${code} ${detail} ${answer.headers['retry-after'] ?? ''}`);
      }
      return seen;
    };
    const known = await guesses('cid@acme.example');
    expect(known.map((line) => line.slice(0, 3))).toEqual([...Array(6).fill('401'), '429', '429']);
    expect(await guesses('nobody@acme.example')).toEqual(known);
    api.now += 3_600_000;
  });
});

it('lets a forgotten password be replaced once, telling nobody whether there is such a person', async () => {
  const unknown = await api.ask('POST', '/api/password-resets', { email: 'nobody@acme.example' });
  const known = await api.ask('POST', '/api/password-resets', { email: 'Ann@acme.example' });
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
  const sent = (await outbox(workspace)) as { topic: string; payload: { person: string } }[];
  const mails = sent.filter(({ topic }) => topic === 'mail.password');
  expect(mails).toHaveLength(1);
  const token = tokenOf((await resetLink(api.house, mails[0]!.payload.person))!);
  const complete = (password: string) =>
    api.ask('POST', '/api/password-resets/completion', { token, password }).then(({ status }) => status);
  expect(await complete('short')).toBe(400);
  api.now += 1;
  expect(await complete(PASSWORD)).toBe(201);
  expect(await complete('another password')).toBe(400);
  expect((await api.as(ann)('GET', '/api/session')).status).toBe(401);
  ann = (await api.signIn('ann@acme.example')) as typeof ann;
});

describe('a key', () => {
  it('does what its scopes say, until it is over or revoked, and is told by its digest alone', async () => {
    const made = await api.as(ann)('POST', '/api/api-keys', {
      name: 'CI',
      scopes: ['members:read'],
      expires_at: new Date(api.now + 1_000).toISOString(),
    });
    const { key, secret } = made.body as { key: { id: string }; secret: string };
    expect(secret).toMatch(/^lp_[\w-]{43}$/);
    const bearer = { authorization: `Bearer ${secret}` };
    expect((await api.as(bearer)('GET', '/api/members')).status).toBe(200);
    expect(await api.as(bearer)('GET', '/api/workspace')).toMatchObject({
      status: 403,
      body: { code: 'scope' },
    });
    const { rows } = await db.owner.query(
      'SELECT api_keys::text AS row FROM api_keys UNION ALL SELECT idempotency_keys::text FROM idempotency_keys UNION ALL SELECT journal::text FROM journal',
    );
    for (const { row } of rows) expect(row).not.toContain(secret.slice(10));
    api.now += 2_000;
    expect((await api.as(bearer)('GET', '/api/members')).status).toBe(401);
    const other = await api.key(workspace, ['members:read']);
    const { items } = (await api.as(ann)('GET', '/api/api-keys')).body as {
      items: { id: string; name: string }[];
    };
    const { id } = items.find(({ name }) => name === 'Test')!;
    expect((await api.as(other)('GET', '/api/members')).status).toBe(200);
    await api.as(ann)('POST', `/api/api-keys/${id}/revocation`);
    expect((await api.as(other)('GET', '/api/members')).status).toBe(401);
    expect(key.id).not.toBe(id);
  });

  it('never makes another key', async () => {
    const key = await api.key(workspace, ['keys:write', 'keys:read']);
    const made = await api.as(key)('POST', '/api/api-keys', { name: 'More', scopes: ['leads:read'] });
    expect(made).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('that was made for a member acts as they may, within its scopes, until they leave', async () => {
    const eva = await api.hire(workspace, 'eva@acme.example', 'sales', 'manager');
    const signedIn = await api.signIn('eva@acme.example');
    const wanted = { name: 'Eva', scopes: ['members:write', 'keys:write', 'journal:read'], member: eva };
    // Nobody makes one for somebody else: who could, would sign for both parties.
    const forged = await api.as(ann)('POST', '/api/api-keys', wanted);
    expect(forged).toMatchObject({ status: 403, body: { code: 'not_yourself' } });
    const made = await api.as(signedIn)('POST', '/api/api-keys', wanted);
    expect(made).toMatchObject({ status: 201, body: { key: { member: eva, party: 'sales' } } });
    const { key, secret } = made.body as { key: { id: string }; secret: string };
    const program = api.as({ authorization: `Bearer ${secret}` });

    const changed = await program('PATCH', `/api/members/${eva}`, { name: 'Eva E.' });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Eva E.' } });
    const journal = await program('GET', `/api/journal?subject_id=${eva}`);
    expect((journal.body as { items: unknown[] }).items[0]).toMatchObject({
      what: 'member.changed',
      actor: { kind: 'member', id: eva },
      data: { via_key: key.id },
    });
    expect(await program('GET', '/api/members')).toMatchObject({ status: 403, body: { code: 'scope' } });
    const more = await program('POST', '/api/api-keys', { ...wanted, name: 'More' });
    expect(more).toMatchObject({ status: 403, body: { code: 'forbidden' } });

    // What the member may no longer do, the key may not either.
    await api.as(ann)('PATCH', `/api/members/${eva}`, { rank: 'member' });
    expect((await program('PATCH', `/api/members/${eva}`, { name: 'Eva' })).status).toBe(403);
    await api.as(ann)('POST', `/api/members/${eva}/departure`);
    expect((await program('GET', '/api/journal')).status).toBe(401);
    await api.as(ann)('POST', `/api/members/${eva}/invitations`);
    expect((await program('GET', '/api/journal')).status).toBe(401);
  });
});

describe('a request with an Idempotency-Key', () => {
  const make = (name: string, key: string) =>
    api.as(ann)('POST', '/api/write-keys', { name, trust: 'browser' }, { 'idempotency-key': key });

  it('is carried out once and answered alike, however often and however many at once', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, () => make('Site', 'a')));
    const done = many.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    for (const { status, body } of many) {
      if (status === 201) expect(body).toEqual(done[0]!.body);
      else expect([status, body]).toEqual([409, expect.objectContaining({ code: 'under_way' })]);
    }
    expect((await make('Site', 'a')).body).toEqual(done[0]!.body);
    const { items } = (await api.as(ann)('GET', '/api/write-keys')).body as { items: unknown[] };
    expect(items).toHaveLength(1);
  });

  it('is refused when the key is used for something else, or is none', async () => {
    expect(await make('Other', 'a')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect((await make('Other', 'x'.repeat(300))).status).toBe(400);
  });

  it('is refused again as it was refused', async () => {
    const bad = () =>
      api
        .as(ann)('PATCH', '/api/workspace', { zone: 'Nowhere' })
        .then(({ status, body }) => [status, body]);
    expect(await bad()).toEqual([400, expect.objectContaining({ code: 'unknown_zone' })]);
    const departed = () =>
      api.as(ann)(
        'POST',
        '/api/write-keys/01a20021-8e44-7973-9720-8b2c5c376d30/revocation',
        {},
        { 'idempotency-key': 'b' },
      );
    expect((await departed()).status).toBe(404);
    expect(await departed()).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('does not show a secret twice', async () => {
    const key = () =>
      api.as(ann)(
        'POST',
        '/api/api-keys',
        { name: 'Once', scopes: ['leads:read'] },
        { 'idempotency-key': 'c' },
      );
    expect((await key()).status).toBe(201);
    expect(await key()).toMatchObject({ status: 409, body: { code: 'answered_already' } });
  });
});

it('refuses a change to what somebody else has changed meanwhile', async () => {
  const read = await api.as(ann)('GET', '/api/workspace');
  const tag = read.headers.etag as string;
  expect((await api.as(ann)('GET', '/api/workspace', undefined, { 'if-none-match': tag })).status).toBe(304);
  const change = (name: string, etag: string) =>
    api.as(ann)('PATCH', '/api/workspace', { name }, { 'if-match': etag });
  const changed = await change('Acme One', tag);
  expect(changed.status).toBe(200);
  expect(await change('Acme Two', tag)).toMatchObject({ status: 412, body: { code: 'changed_meanwhile' } });
  expect((await change('Acme Two', changed.headers.etag as string)).status).toBe(200);
});

it('turns the journal’s pages by cursor, the latest first', async () => {
  const seen: number[] = [];
  let after = '';
  for (;;) {
    const page = await api.as(ann)('GET', `/api/journal?limit=3${after}`);
    const { items, next } = page.body as { items: { seq: number }[]; next: string | null };
    seen.push(...items.map(({ seq }) => seq));
    if (next === null) break;
    after = `&cursor=${next}`;
  }
  expect(seen).toEqual(Array.from(seen, (_, i) => seen.length - i));
  expect(seen.length).toBeGreaterThan(6);
  for (const cursor of ['x', 'WyJhIl0', 'e30']) {
    expect((await api.as(ann)('GET', `/api/journal?cursor=${cursor}`)).status, cursor).toBe(400);
  }
});
