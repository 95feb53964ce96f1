/** What the doctor finds wrong with an installation, each with what to do about it. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/config/config.ts';
import { examine } from '#server/upkeep/doctor.ts';
import type { Finding } from '#server/upkeep/findings.ts';
import { withApp } from '#tests/support/app.ts';
import { withDatabase, withServer } from '#tests/support/db.ts';

const db = withDatabase();
const server = withServer();
const app = withApp(() => db.database);

let directory = '';
const ends: (() => void)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadpact-doctor-'));
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(directory, { recursive: true });
});

/** @returns what was found under a heading */
async function look(check: string, given: Record<string, string> = {}): Promise<Finding[]> {
  const environment = { LEADPACT_DATA: directory, PORT: '0', ...given };
  const config = readConfig(environment, directory);
  const findings = await examine({ config, environment, version: '0', now: Date.now });
  return findings.filter((one) => one.check === check);
}

const urlOf = (database = db.logins.owner.database): string => {
  const { user, password, host, port } = db.logins.owner;
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
};

/** A data directory that holds a cluster, as far as one can see from outside. */
function cluster(files: Record<string, string>): string {
  const path = join(directory, 'postgres', 'data');
  mkdirSync(path, { recursive: true });
  for (const [name, text] of Object.entries({ PG_VERSION: '18\n', ...files }))
    writeFileSync(join(path, name), text);
  return path;
}

describe('an embedded server', () => {
  it('that is not there yet, or does not run', async () => {
    expect(await look('database')).toMatchObject([{ health: 'warn', found: 'there is none yet' }]);
    cluster({});
    expect(await look('database')).toMatchObject([
      {
        health: 'warn',
        found: 'the embedded PostgreSQL is not running',
        advice: expect.stringMatching(/^Start/),
      },
    ]);
  });

  it('of another major', async () => {
    cluster({ PG_VERSION: '17\n' });
    expect(await look('database')).toMatchObject([
      {
        health: 'fail',
        found: expect.stringContaining('was made by PostgreSQL 17, and this Leadpact brings PostgreSQL 18'),
        advice: expect.stringContaining('leadpact backup FILE'),
      },
    ]);
  });

  it('that works in the directory and does not answer', async () => {
    const path = cluster({});
    const foreign = spawn('sleep', ['60'], { cwd: path, stdio: 'ignore' });
    ends.push(() => foreign.kill('SIGKILL'));
    const lock = [foreign.pid, path, 1, 1, '', '127.0.0.1', '0 0', 'starting', ''].join('\n');
    writeFileSync(join(path, 'postmaster.pid'), lock);
    expect(await look('database')).toMatchObject([
      {
        health: 'fail',
        found: `process ${foreign.pid} works in ${path} and does not answer`,
        advice: expect.stringContaining(`kill -QUIT ${foreign.pid}`),
      },
    ]);
  });

  it('whose lock is that of another program by now, which is left alone', async () => {
    const path = cluster({});
    const stranger = spawn('sleep', ['60'], { cwd: '/', stdio: 'ignore' });
    ends.push(() => stranger.kill('SIGKILL'));
    const lock = [stranger.pid, path, 1, 1, '', '127.0.0.1', '0 0', 'ready   ', ''].join('\n');
    writeFileSync(join(path, 'postmaster.pid'), lock);
    expect(await look('database')).toMatchObject([
      { health: 'warn', found: 'the embedded PostgreSQL is not running' },
    ]);
    expect(stranger.exitCode).toBeNull();
  });
});

describe('a PostgreSQL of one’s own', () => {
  it('that confirms what it may lose', async () => {
    // The tests' server waits for no disk.
    const found = await look('durability', { DATABASE_URL: urlOf() });
    expect(found.map(({ health, found }) => [health, /has (\w+) off/.exec(found)?.[1]]).sort()).toEqual([
      ['warn', 'fsync'],
      ['warn', 'full_page_writes'],
      ['warn', 'synchronous_commit'],
    ]);
    for (const { advice } of found) expect(advice).toMatch(/ALTER SYSTEM SET/);
  });

  it('whose schema is behind', async () => {
    const { owner } = await server.newDatabase();
    const DATABASE_URL = urlOf(owner.database);
    expect(await look('schema', { DATABASE_URL })).toMatchObject([
      {
        health: 'warn',
        found: expect.stringMatching(/^(\d+) of \1 steps/),
        advice: expect.stringContaining('migrate'),
      },
    ]);
  });

  it('that waits for somebody to look, or for a worker', async () => {
    const DATABASE_URL = urlOf();
    const queues = ['stuck leads', 'quarantine', 'folding', 'outbox'];
    for (const queue of queues) expect(await look(queue, { DATABASE_URL })).toMatchObject([{ health: 'ok' }]);
    const workspace = await db.newWorkspace();
    await db.owner.query(
      `INSERT INTO outbox (workspace_id, id, topic, payload, created_at, due_at)
       VALUES ($1, gen_random_uuid(), 'mail.reminder', '{}', now() - interval '1 hour', now() - interval '1 hour')`,
      [workspace],
    );
    expect(await look('outbox', { DATABASE_URL })).toMatchObject([
      {
        health: 'warn',
        found: expect.stringMatching(/^1 effects? /),
        advice: expect.stringContaining('mail'),
      },
    ]);
  });

  it('that cannot be reached, without its password', async () => {
    const DATABASE_URL = 'postgres://u:hunter2@127.0.0.1:1/none';
    const found = await look('database', { DATABASE_URL });
    expect(found).toMatchObject([{ health: 'fail', advice: expect.stringContaining('DATABASE_URL') }]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

describe('its surroundings', () => {
  it('a port that another program has, and one on which Leadpact answers', async () => {
    const other = createServer((socket) => socket.end('220 hello\r\n'));
    ends.push(() => other.close());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const taken = (other.address() as AddressInfo).port;
    expect(await look('port', { PORT: String(taken) })).toMatchObject([
      {
        health: 'fail',
        found: `${taken} is taken by another program`,
        advice: expect.stringContaining('--port'),
      },
    ]);
    expect(await look('port', { PORT: String(app.port) })).toMatchObject([
      { health: 'ok', found: expect.stringContaining('Leadpact answers') },
    ]);
  });

  it('an address that nobody else can open, and one without encryption', async () => {
    expect(await look('address', { HOST: '0.0.0.0' })).toMatchObject([
      { health: 'warn', advice: expect.stringContaining('LEADPACT_URL') },
    ]);
    expect(await look('address', { LEADPACT_URL: 'http://leads.example' })).toMatchObject([
      { health: 'warn', found: expect.stringContaining('not encrypted') },
    ]);
    expect(await look('address', { LEADPACT_URL: 'https://leads.example' })).toMatchObject([
      { health: 'ok' },
    ]);
  });

  it('a secret that others may read', async () => {
    const secret = join(directory, 'secret');
    writeFileSync(secret, 's'.repeat(40));
    chmodSync(secret, 0o644);
    expect(await look('secret')).toMatchObject([{ health: 'warn', advice: `chmod 600 ${secret}` }]);
    chmodSync(secret, 0o600);
    expect(await look('secret')).toEqual([]);
  });

  it('a mail server that does not answer, without its password', async () => {
    const found = await look('mail', { SMTP_URL: 'smtp://u:hunter2@127.0.0.1:1' });
    expect(found).toMatchObject([
      {
        health: 'fail',
        found: expect.stringContaining('127.0.0.1:1'),
        advice: expect.stringContaining('SMTP_URL'),
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});
