/** The commands by which an installation is looked after: doctor, migrate, export, backup. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { judge } from '#engine/verdict/judge.ts';
import { buildDemo } from '#features/demo/build.ts';
import { currentPact } from '#features/demo/pacts.ts';
import { importFile } from '#features/imports/import.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import { makeApiKey } from '#features/workspaces/keys.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { openShell, type Shell } from '#tests/support/shell.ts';

const db = withDatabase();
const api = withApi(db);
let shell: Shell;
let demo = '';
const before = { ...process.env };

beforeAll(async () => {
  demo = (await buildDemo(api.house, () => undefined, 60))!;
  shell = openShell();
  const { user, password, host, port, database } = db.logins.owner;
  process.env.DATABASE_URL = `postgres://${user}:${password}@${host}:${port}/${database}`;
  process.env.LEADPACT_DATA = join(shell.folder, 'data');
  process.env.SMTP_URL = '';
  process.env.PORT = '0';
}, 120_000);
afterAll(() => {
  process.env = before;
  shell.remove();
});

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

it('exports every kind, as CSV and as lines of JSON', async () => {
  expect(await shell.run('export all everything --format csv')).toMatchObject({ status: 0, out: '' });
  const handoffs = gunzipSync(readFileSync(join(shell.folder, 'everything/handoffs.csv.gz'))).toString();
  expect(linesOf(handoffs)[0]).toMatch(/^id,lead,pass,version,tier,origin,offered_at/);
  const { out } = await shell.run('export handoffs --format json');
  expect(linesOf(out)).toHaveLength(linesOf(handoffs).length - 1);
  expect(JSON.parse(linesOf(out)[0]!)).toMatchObject({
    origin: expect.any(String),
    version: expect.any(Number),
  });
  const { rows } = await db.owner.query('SELECT count(*)::int AS n FROM journal');
  expect(linesOf((await shell.run('export journal --format csv')).out)).toHaveLength(rows[0].n + 1);
});

it('tells no secret, whatever is exported (F74)', async () => {
  const hand = { workspace: demo, actor: { kind: 'system' } } as const;
  const key = { name: 'Canary', scopes: ['leads:read'], party: null, expiresAt: null };
  const { secret } = await db.database.inWorkspace(demo, (tx) => makeApiKey(tx, hand, key, api.now));
  await db.owner.query(
    "INSERT INTO webhook_endpoints (workspace_id, id, url, topics, secret) VALUES ($1, gen_random_uuid(), 'https://a.example', '{*}', 'whsec_canary')",
    [demo],
  );
  const { rows } = await db.owner.query<{ secret: string }>(
    'SELECT secret_hash AS secret FROM api_keys UNION ALL SELECT password_hash FROM people.credentials',
  );
  await shell.run(['export', 'all', 'secrets', '--format', 'json', '--workspace', demo]);
  const told = readdirSync(join(shell.folder, 'secrets'))
    .map((name) => gunzipSync(readFileSync(join(shell.folder, 'secrets', name))).toString())
    .join('');
  expect(told).toContain('api_key.made');
  for (const canary of [secret, 'whsec_canary', ...rows.map((row) => row.secret)])
    expect(told.includes(canary)).toBe(false);
});

it('exports what an import makes the same verdicts of', async () => {
  const other = await db.newWorkspace();
  const now = api.now;
  for (const kind of ['leads', 'activities', 'deals'] as const) {
    expect(await shell.run(['export', kind, `${kind}.csv`, '--workspace', demo])).toMatchObject({
      status: 0,
    });
    const path = join(shell.folder, `${kind}.csv`);
    const file = {
      kind,
      path,
      name: path,
      stdin: (async function* () {})(),
      options: { system: 'leadpact' },
    };
    const quiet = { note: () => undefined, reject: () => undefined, progress: async () => undefined };
    const done = await importFile(
      { database: db.database, clock: () => now },
      other,
      { kind: 'system' },
      file,
      quiet,
    );
    expect(done.rejected, kind).toBe(0);
    expect(done.accepted, kind).toBeGreaterThan(0);
  }
  const { pact } = parsePact(currentPact(now));
  const verdictsIn = (workspace: string) =>
    db.database.inWorkspace(workspace, async (_, query) => {
      const leads = await query<{ number: number; email: string }>(
        'SELECT number, email FROM leads WHERE workspace_id = $1 ORDER BY email',
        [workspace],
      );
      const ledgers = await readLedgers(
        query,
        workspace,
        leads.map(({ number }) => number),
      );
      return leads.map(({ number, email }) => {
        const { verdict, grade, fit, interest, stage } = judge(pact, factsOf(ledgers.get(number)!), now);
        return { email, verdict, grade, fit, interest: interest.toFixed(6), stage };
      });
    });
  expect(await verdictsIn(other)).toEqual(await verdictsIn(demo));
});

it('says what is wanted when it is called wrongly', async () => {
  expect(await shell.run('export lead')).toMatchObject({
    status: 2,
    err: expect.stringContaining('journal or all'),
  });
  expect(await shell.run('export all')).toMatchObject({
    status: 2,
    err: expect.stringContaining('a folder'),
  });
  expect(await shell.run('export leads --workspace Nobody')).toMatchObject({ status: 2, out: '' });
});

it('examines everything, masks secrets, and knows the last backup', async () => {
  const look = async () => JSON.parse((await shell.run('doctor --format json')).out);
  const first = await look();
  expect(first.health).toBe('warn');
  const found = (report: typeof first, check: string) =>
    report.checks.find((one: { check: string }) => one.check === check);
  for (const check of ['database', 'schema', 'outbox', 'folding', 'stuck leads', 'quarantine'])
    expect(found(first, check), check).toMatchObject({ health: 'ok' });
  expect(found(first, 'clocks')).toMatchObject({ health: 'warn' }); // this command line lives in another month
  expect(JSON.stringify(first)).not.toContain(db.logins.owner.password);
  expect(found(first, 'backup')).toMatchObject({ health: 'warn' });
  expect(await shell.run('backup all.gz')).toMatchObject({ status: 0 });
  expect(found(await look(), 'backup').found).toMatch(/the last was written/);
  expect((await shell.run('backup all.gz')).err).toMatch(/is there already/);
});

it('says that nothing works without a database', async () => {
  const { DATABASE_URL } = process.env;
  process.env.DATABASE_URL = 'postgres://u:hunter2@127.0.0.1:1/none';
  const { status, out } = await shell.run('doctor --format csv');
  process.env.DATABASE_URL = DATABASE_URL;
  expect(status).toBe(3);
  expect(out).toMatch(/database,fail,/);
  expect(out).not.toContain('hunter2');
});

it('says which steps the schema has taken', async () => {
  const { pending, applied, steps } = JSON.parse((await shell.run('migrate --status --format json')).out);
  expect(pending).toBe(0);
  expect(steps).toHaveLength(applied);
});
