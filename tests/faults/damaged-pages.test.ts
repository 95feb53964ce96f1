/**
 * Files of the database that something damaged while it was stopped (F30): what was in them is never given out as if
 * nothing had happened, and the doctor says what it is and what to do.
 */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '#platform/config/config.ts';
import { findEmbedded } from '#platform/db/embedded/embedded.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { type RunningDatabase, startDatabase } from '#platform/db/start.ts';
import { problemOf } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { openShell, type Shell } from '#tests/support/shell.ts';

const before = { ...process.env };
const workspace = newId(Date.now());
let directory = '';
let shell: Shell;
let running: RunningDatabase | null = null;

const config = () => readConfig({ LEADPACT_DATA: directory }, directory);
async function open(): Promise<RunningDatabase> {
  const options = { config: config(), secret: 's'.repeat(40), log: openLog('silent') };
  running = await startDatabase({ ...options, connections: 2, wait: 5_000 });
  return running;
}
async function close(): Promise<void> {
  await running?.stop();
  running = null;
}

beforeAll(() => {
  directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'leadpact-damaged-'));
  shell = openShell();
  process.env = { ...before, LEADPACT_DATA: directory, PORT: '0', DATABASE_URL: '', SMTP_URL: '' };
});
afterAll(async () => {
  await close();
  process.env = before;
  shell.remove();
  rmSync(directory, { recursive: true });
});

/** Turns some bits round in the middle of a file's first page. */
function damage(path: string): void {
  const file = openSync(path, 'r+');
  const bytes = Buffer.alloc(64);
  readSync(file, bytes, 0, bytes.length, 4_000);
  for (const i of bytes.keys()) bytes[i]! ^= 0xff;
  writeSync(file, bytes, 0, bytes.length, 4_000);
  closeSync(file);
}

const readAccounts = ({ database }: RunningDatabase) =>
  database.inWorkspace(workspace, (_, query) => query<{ id: string }>('SELECT id FROM accounts'));

it('a damaged page is refused, not read; the doctor names the table, and no backup is made of it', async () => {
  const { database } = await open();
  await database.inWorkspace(workspace, async (_, query) => {
    await query("INSERT INTO workspaces (workspace_id, name) VALUES ($1, 'Acme')", [workspace]);
    await query(
      `INSERT INTO accounts (workspace_id, id) SELECT $1, gen_random_uuid() FROM generate_series(1, 1000)`,
      [workspace],
    );
  });
  const owner = await connectOnce(findEmbedded(directory)!.owner, 'test');
  const { rows } = await owner.query("SELECT pg_relation_filepath('accounts') AS path");
  await owner.end();
  await close();
  damage(join(directory, 'postgres', 'data', rows[0].path));

  const again = await open(); // whatever is whole goes on
  const refusal = await readAccounts(again).then(
    (accounts) => `${accounts.length} were read`,
    (error) => error,
  );
  expect(refusal).toMatchObject({ code: 'XX001', message: expect.stringContaining('invalid page') });
  expect(problemOf(refusal)).toMatchObject({ status: 500, code: 'internal' });

  const { status, out } = await shell.run('doctor --format json');
  expect(status).toBe(3);
  const { checks } = JSON.parse(out) as { checks: { check: string }[] };
  expect(checks.find(({ check }) => check === 'pages')).toEqual({
    check: 'pages',
    health: 'fail',
    found: expect.stringMatching(/^\d+ reads? of damaged pages, in accounts$/),
    advice: expect.stringMatching(/restore the last backup.*leadpact restore FILE --data NEW/),
  });
  const backup = await shell.run('backup all.gz');
  expect(backup).toMatchObject({ status: 3, out: '', err: expect.stringContaining('invalid page') });
  expect(readdirSync(shell.folder)).toEqual([]);
  await close();
});

it('a write-ahead log that is gone keeps the server from starting, and it is said what to do', async () => {
  const log = join(directory, 'postgres', 'data', 'pg_wal');
  for (const name of readdirSync(log)) if (/^[0-9A-F]{24}$/.test(name)) rmSync(join(log, name));
  await expect(open()).rejects.toThrow(/The files are damaged\. Restore a backup.*leadpact restore FILE/);
});
