/** A started Leadpact tells the world: what happens inside arrives outside, and what is old is forgotten. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { forgetMessageIds } from '#features/intake/forgetting.ts';
import { forgetExpired } from '#features/people/forgetting.ts';
import { readConfig } from '#platform/config/config.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { forgetAnswered } from '#server/api/idempotency.ts';
import { firstLink } from '#server/keys.ts';
import { type RunningServer, startServer } from '#server/main.ts';
import { withDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';
import { withReceiver } from '#tests/support/receiver.ts';
import { agree, hire } from './verdicts-support.ts';

const db = withDatabase();
const receiver = withReceiver();
const PUBLIC_URL = 'https://leads.example';
const SECRET = 's'.repeat(40);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const mails: { to: string[]; source: string }[] = [];
const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData: (stream, session, done) => {
    let source = '';
    stream.setEncoding('utf8').on('data', (part: string) => {
      source += part;
    });
    stream.on('end', () => {
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
      done();
    });
  },
});

let server: RunningServer;

beforeAll(async () => {
  await new Promise<void>((ready) => mailServer.listen(0, '127.0.0.1', ready));
  const { port: mailPort } = mailServer.server.address() as AddressInfo;
  const { user, password, host, port, database } = db.logins.owner;
  // The copy was made for the tests' own role: the one that the server makes itself is let do what that may.
  await db.owner.query(`CREATE ROLE "${database}_app" IN ROLE "${db.logins.app.user}"`);
  const config = readConfig(
    {
      DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`,
      PORT: '0',
      LEADPACT_URL: PUBLIC_URL,
      LEADPACT_SECRET: SECRET,
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      LEADPACT_ALLOW_HOSTS: receiver.host,
    },
    '/nowhere',
  );
  server = await startServer(config, openLog('silent'));
});
afterAll(async () => {
  await server?.stop();
  await new Promise<void>((closed) => mailServer.close(closed));
});

type Answer<T> = { body: T; cookie: string };

async function ask<T>(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer<T>> {
  const reply = await fetch(server.address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  expect(reply.ok, `${path}: ${reply.status} ${text}`).toBe(true);
  const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
  return { body: JSON.parse(text) as T, cookie: cookies.join('; ') };
}

const soon = <T>(look: () => T): Promise<T> => vi.waitFor(look, { timeout: 15_000, interval: 20 });

it('sends a signed webhook when a lead moves', async () => {
  const { workspace, apiKey, serverKey } = server.firstStart!;
  await agree(db.database, await hire(db.database, workspace), parsePact(ACME).pact, Date.now() - HOUR);
  const endpoint = { url: `${receiver.origin}/hook`, topics: ['lead.moved'] };
  const authorization = `Bearer ${apiKey}`;
  const { secret } = (await ask<{ secret: string }>('/api/webhooks', endpoint, { authorization })).body;

  const basic = `Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`;
  const batch = [
    { type: 'identify', userId: 'u1', traits: { email: 'jane@buyer.example' } },
    { type: 'page', userId: 'u1', properties: { path: '/pricing' } },
  ];
  await ask('/v1/batch', { batch }, { authorization: basic });
  const moved = await soon(() => {
    const told = receiver
      .received('/hook')
      .map(({ body, headers }) => new Webhook(secret).verify(body, headers as Record<string, string>));
    const found = told.find((one) => (one as { data: { to: string } }).data.to.startsWith('prospect'));
    expect(found).toBeDefined();
    return found;
  });
  expect(moved).toMatchObject({ type: 'lead.moved', data: { lead: expect.any(String) } });
});

it('mails an invitation', async () => {
  const token = firstLink(SECRET, PUBLIC_URL).split('#')[1];
  const ann = { email: 'ann@acme.example', password: 'correct horse battery' };
  const workspace = { name: 'Acme Industrial', zone: 'America/New_York' };
  await ask('/api/setup', { token, workspace, person: { name: 'Ann', ...ann } });
  const { cookie } = await ask('/api/session', ann);
  const bob = { name: 'Bob', email: 'bob@acme.example', party: 'sales', rank: 'member' };
  const { body } = await ask<{ link: string | null }>('/api/members', bob, { cookie });
  expect(body.link).toBeNull();
  // Ann may get mail of her own meanwhile: a pact has come into force.
  const invitations = () => mails.filter(({ to }) => to.includes(bob.email));
  await soon(() => expect(invitations()).toHaveLength(1));
  expect(invitations()[0]!.source).toContain(`${PUBLIC_URL}/invitation#`);
});

it('forgets what nobody asks for any more, and nothing else', async () => {
  const workspace = await db.newWorkspace();
  const now = Date.now();
  const before = (milliseconds: number): Date => new Date(now - milliseconds);
  for (const [key, age] of Object.entries({ old1: 91, old2: 92, old3: 93, young: 89 })) {
    await db.owner.query('INSERT INTO message_ids VALUES ($1, md5($2)::uuid, $3, $4)', [
      workspace,
      key,
      newId(now),
      before(age * DAY),
    ]);
  }
  for (const [key, age] of Object.entries({ old: 25, young: 23 })) {
    await db.owner.query(
      `INSERT INTO idempotency_keys (workspace_id, actor, key, request_digest, created_at)
       VALUES ($1, 'somebody', $2, 'x', $3)`,
      [workspace, key, before(age * HOUR)],
    );
  }
  await db.owner.query("INSERT INTO people.attempts VALUES ('old', 1, $1, $1), ('young', 1, $2, $2)", [
    before(1),
    before(-HOUR),
  ]);
  for (const [key, until] of Object.entries({ old: before(1), young: before(-HOUR) })) {
    await db.owner.query('INSERT INTO people.verifications VALUES ($1, $2, $2, $3, $4, $4)', [
      newId(now),
      key,
      until,
      before(DAY),
    ]);
  }

  await forgetMessageIds(db.database, now, 2);
  await forgetAnswered(db.database, now);
  await forgetExpired(db.database, now);

  const left = async (text: string): Promise<unknown[]> =>
    (await db.owner.query(text)).rows.map((row: { it: unknown }) => row.it);
  const ids = `SELECT key = md5('young')::uuid AS it FROM message_ids WHERE workspace_id = '${workspace}'`;
  expect(await left(ids)).toEqual([true]);
  const keys = `SELECT key AS it FROM idempotency_keys WHERE workspace_id = '${workspace}'`;
  expect(await left(keys)).toEqual(['young']);
  expect(await left('SELECT subject AS it FROM people.attempts')).toEqual(['young']);
  expect(await left('SELECT identifier AS it FROM people.verifications')).toEqual(['young']);
});
