/**
 * No secret leaves the house where it has no business (F74): a started Leadpact is given and makes secrets, is asked
 * well and badly, loses its database and its mail server, and then everything it ever wrote is looked through.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { firstLink } from '#server/keys.ts';
import { withDatabase } from '#tests/support/db.ts';
import { openShell, type Shell } from '#tests/support/shell.ts';
import { beside, end, freePort, type Started, start } from './killing.ts';

const db = withDatabase();
const directory = mkdtempSync(join(tmpdir(), 'leadpact-secrets-'));
const environment = { ...process.env };
let app: Started;
let shell: Shell;
let given: Record<string, string>;

/** Turns away whoever signs in. */
const postOffice = new SMTPServer({
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onAuth: ({ username, password }, _, done) => done(new Error(`No ${username} of password ${password} here`)),
});

/** Secrets by what they are. */
const secrets: Record<string, string> = {
  'password of the mail server': 'canary-of-the-post-office',
  password: 'canary correct horse battery',
  'password as it was mistyped': 'canary mistyped horse battery',
  'key that is none': 'lp_canary-that-nobody-ever-made',
  'token in an address': 'canary-in-the-query',
  'token of a setup': 'canary-of-no-setup',
  'secret of the installation': 'canary-by-which-the-house-signs-its-letters',
};
/** Everything that was written and said, by where. */
const outputs = new Map<string, string>();
const keep = (where: string, text: string): void =>
  void outputs.set(where, (outputs.get(where) ?? '') + text);

beforeAll(async () => {
  await new Promise<void>((ready) => postOffice.listen(0, '127.0.0.1', ready));
  const { port } = postOffice.server.address() as AddressInfo;
  const { DATABASE_URL } = await beside(db);
  given = {
    DATABASE_URL: DATABASE_URL!,
    LEADPACT_SECRET: secrets['secret of the installation']!,
    LEADPACT_DATA: directory,
    LEADPACT_ALLOW_HOSTS: '127.0.0.1',
    LEADPACT_URL: 'http://leads.example',
    SMTP_URL: `smtp://post:${secrets['password of the mail server']}@127.0.0.1:${port}?from=leads@example.com`,
    LOG_LEVEL: 'trace',
  };
  secrets['password of the database'] = db.logins.owner.password;
  app = await start(directory, await freePort(), given, (text) => keep('log', text));
  shell = openShell();
  process.env = { ...environment, ...given, PORT: new URL(app.address).port };
});
afterAll(async () => {
  process.env = environment;
  shell?.remove();
  if (app) await end(app.child, directory);
  rmSync(directory, { recursive: true, force: true });
  await new Promise<void>((closed) => postOffice.close(() => closed()));
});

type Said = { status: number; body: Record<string, string>; cookies: string[] };

/** Asks, and keeps what is answered; not where a secret is made, which is the one time it is shown. */
async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers = {},
  isShown = false,
): Promise<Said> {
  const reply = await fetch(app.address + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]!);
  if (!isShown) keep('answers', text);
  return { status: reply.status, body: /^[{[]/.test(text) ? JSON.parse(text) : {}, cookies };
}

it('works with them', async () => {
  const { password } = secrets;
  const ann = { email: 'ann@acme.example', password };
  const person = { name: 'Ann', ...ann };
  const workspace = { name: 'Acme Industrial', zone: 'Europe/Vienna' };
  expect(
    (await ask('POST', '/api/setup', { token: secrets['token of a setup'], workspace, person })).status,
  ).toBe(400);
  const token = firstLink(given.LEADPACT_SECRET!, given.LEADPACT_URL!).split('#')[1]!;
  secrets['token of the setup'] = token;
  expect((await ask('POST', '/api/setup', { token, workspace, person })).status).toBeLessThan(300);
  const signedIn = await ask('POST', '/api/session', ann);
  expect(signedIn.status).toBeLessThan(300);
  const cookie = signedIn.cookies.join('; ');
  for (const [i, one] of signedIn.cookies.entries()) {
    const value = one.slice(one.indexOf('=') + 1);
    if (value !== '') secrets[`cookie ${i}`] = value;
  }
  const own = { cookie, origin: given.LEADPACT_URL };

  const key = await ask('POST', '/api/api-keys', { name: 'Crm', scopes: ['leads:read'] }, own, true);
  expect(key.status, JSON.stringify(key.body)).toBe(201);
  const made = JSON.stringify(key.body).match(/lp_[\w-]{30,}/)![0];
  secrets['API key'] = made;
  const hook = {
    url: `http://127.0.0.1:1/hook?token=${secrets['token in an address']}`,
    topics: ['test.ping'],
  };
  const endpoint = await ask('POST', '/api/webhooks', { ...hook, topics: ['lead.moved'] }, own, true);
  expect(endpoint.status, JSON.stringify(endpoint.body)).toBe(201);
  secrets['webhook secret'] = endpoint.body.secret!;
  const rotated = await ask('POST', `/api/webhooks/${endpoint.body.id}/secrets`, undefined, own, true);
  secrets['webhook secret after'] = rotated.body.secret!;
  await ask('POST', `/api/webhooks/${endpoint.body.id}/tests`, undefined, own, true);
  const bob = { name: 'Bob', email: 'bob@acme.example', party: 'sales', rank: 'member' };
  expect((await ask('POST', '/api/members', bob, own)).status).toBe(201);

  expect((await ask('GET', '/api/leads', undefined, { authorization: `Bearer ${made}` })).status).toBe(200);
});

it('is asked badly, and loses what it stands on', async () => {
  const mistyped = secrets['password as it was mistyped']!;
  await ask('POST', '/api/session', { email: 'ann@acme.example', password: mistyped });
  await ask('POST', '/api/session', { email: 'ann@acme.example', password: [mistyped] });
  await ask('POST', '/api/session', { email: 'ann@acme.example', passwort: mistyped });
  await ask('POST', '/api/password-resets', { email: 'ann@acme.example' });
  await ask('POST', '/api/password-resets/completion', {
    token: secrets['token of a setup'],
    password: mistyped,
  });
  await ask('GET', '/api/leads', undefined, { authorization: `Bearer ${secrets['key that is none']}` });
  await ask('GET', `/api/nothing?token=${secrets['token in an address']}`);
  await ask('GET', `/api/leads?token=${secrets['token in an address']}`);
  const away = async (): Promise<void> => {
    await db.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'leadpact%'`,
    );
  };
  for (let round = 0; round < 5; round++) {
    const asked = [
      ask('GET', '/api/leads', undefined, { authorization: `Bearer ${secrets['API key']}` }),
      ask('POST', '/api/session', { email: 'ann@acme.example', password: mistyped }),
    ];
    await away();
    await Promise.all(asked);
  }
  // The invitation has been tried to be mailed, and the webhook to be sent.
  const tried = `SELECT count(*)::int AS n FROM (SELECT FROM outbox WHERE topic LIKE 'mail%' AND last_error IS NOT NULL
    UNION ALL SELECT FROM webhook_deliveries WHERE last_error IS NOT NULL) AS tried`;
  const isTried = async () => expect((await db.owner.query(tried)).rows[0].n).toBeGreaterThanOrEqual(2);
  await vi.waitFor(isTried, { timeout: 30_000, interval: 50 });
  const { rows } = await db.owner.query(
    'SELECT last_error FROM outbox UNION ALL SELECT last_error FROM webhook_deliveries',
  );
  keep('what is noted of tries', JSON.stringify(rows));
  const wrong = given.DATABASE_URL!.replace(/:[^:@/]+@/, `:${mistyped.replaceAll(' ', '-')}@`);
  secrets['password of the database, mistyped'] = mistyped.replaceAll(' ', '-');
  const failed = await start(
    directory,
    await freePort(),
    { ...given, DATABASE_URL: wrong },
    () => undefined,
  ).then(
    () => 'it started',
    (error: Error) => error.message,
  );
  expect(failed).toMatch(/ended with 3/);
  keep('a start that fails', failed);
});

it('tells none of them: not to the log, in an answer, a metric, a report or a file', async () => {
  for (const path of ['/metrics', '/readyz', '/livez', '/api/openapi.json']) await ask('GET', path);
  for (const format of ['json', 'csv', 'table']) {
    const { out, err } = await shell.run(['doctor', '--format', format]);
    keep('doctor', out + err);
  }
  expect(await shell.run('export all everything --format json')).toMatchObject({ status: 0 });
  expect(await shell.run('backup all.gz')).toMatchObject({ status: 0 });
  const unpacked = (path: string): string => gunzipSync(readFileSync(join(shell.folder, path))).toString();
  for (const name of readdirSync(join(shell.folder, 'everything')))
    keep('export', unpacked(join('everything', name)));
  keep('backup', unpacked('all.gz'));

  for (const [where, holds] of Object.entries({
    log: '"level":"trace"|"level":"debug"',
    answers: 'http_server_request_duration_seconds',
    doctor: 'DATABASE_URL',
    export: 'api_key.made',
    backup: 'ann@acme.example',
  }))
    expect(outputs.get(where), where).toMatch(new RegExp(holds));

  // A backup brings back what it was made of: webhooks go on being signed, and sent to where they were.
  const inBackup = ['webhook secret', 'webhook secret after', 'token in an address'];
  const found = [...outputs].flatMap(([where, text]) =>
    Object.entries(secrets).flatMap(([what, secret]) => {
      if (where === 'backup' && inBackup.includes(what)) return [];
      const forms = [
        secret,
        encodeURIComponent(secret),
        decodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
      ];
      return forms.some((form) => text.includes(form)) ? [`${what}, in: ${where}`] : [];
    }),
  );
  expect(found).toEqual([]);
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
});
