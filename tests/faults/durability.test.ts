/**
 * What was confirmed is on the disk (F9): a server that would confirm earlier is told of at every start, and the
 * embedded one is watched by `strace`, where there is one.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/config/config.ts';
import { type EmbeddedServer, startEmbedded } from '#platform/db/embedded/embedded.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { doubts, startDatabase } from '#platform/db/start.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#tests/support/db.ts';
import { beside } from './killing.ts';

const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'leadpact-durable-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('a server that confirms what it may lose', () => {
  const db = withDatabase();
  const doubted = ['fsync', 'full_page_writes', 'synchronous_commit'];

  it('is told of at every start, with what to do', async () => {
    const lines: string[] = [];
    const log = openLog('warn', { write: (line) => lines.push(line) });
    const given = await beside(db); // on the tests' server, which waits for no disk
    const options = { config: readConfig(given, directory), secret: given.LEADPACT_SECRET!, log };
    const { stop } = await startDatabase({ ...options, connections: 1, wait: 5_000 });
    await stop();
    const said = lines.map((line) => JSON.parse(line) as { level: string; msg: string });
    for (const name of doubted) {
      const told = said.filter(({ msg }) => msg.startsWith(`The server has ${name} off`));
      expect(told, name).toEqual([
        expect.objectContaining({ level: 'warn', msg: expect.stringMatching(/can be lost.*Set it on\.$/) }),
      ]);
    }
  });

  it('for the application’s sessions alone', async () => {
    const database = db.logins.owner.database;
    await db.owner.query('SET synchronous_commit = on');
    const about = async () =>
      (await doubts(db.owner)).filter((doubt) => doubt.includes('synchronous_commit'));
    expect(await about()).toEqual([]);
    await db.owner.query(
      `ALTER ROLE "${database}_app" IN DATABASE "${database}" SET synchronous_commit = off`,
    );
    expect(await about()).toHaveLength(1);
  });
});

/** Whether other processes may be watched here. */
const isWatchable = ((): boolean => {
  try {
    execFileSync('strace', ['-e', 'trace=none', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!isWatchable)
  console.log('There is no strace that works here: what the server does before it confirms is not seen.');

describe('the embedded server', () => {
  let server: EmbeddedServer;
  beforeAll(async () => {
    server = await startEmbedded({ dataDirectory: directory, log: openLog('silent'), reserve: 0 });
  });
  afterAll(() => server.stop());

  it('is never started so', async () => {
    const session = await connectOnce(server.logins().owner, 'test');
    expect(await doubts(session)).toEqual([]);
    const { rows } = await session.query("SELECT current_setting('data_checksums') AS checksums");
    expect(rows).toEqual([{ checksums: 'on' }]);
    await session.end();
  });

  it.runIf(isWatchable)('has brought a commit to the disk before it confirms it', async ({ skip }) => {
    const session = await connectOnce(server.logins().owner, 'test');
    await session.query('CREATE TABLE kept (n int)');
    // The log may be brought to the disk by the session itself, or by the process that writes it for all.
    const { rows } = await session.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE pid = pg_backend_pid() OR backend_type = 'walwriter'",
    );
    const report = join(directory, 'calls');
    const watched = rows.flatMap(({ pid }) => ['-p', String(pid)]);
    const calls = 'trace=fdatasync,fsync,recvfrom,sendto';
    const strace = spawn('strace', ['-f', '-s', '64', '-e', calls, '-o', report, ...watched], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    strace.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    while ((said.match(/attached/g) ?? []).length < rows.length) {
      if (strace.exitCode !== null) skip(`strace may not watch other processes here: ${said}`);
      await pause(10);
    }
    for (let n = 0; n < 20; n++) await session.query(`INSERT INTO kept VALUES (${n})`);
    const gone = once(strace, 'exit');
    strace.kill('SIGINT');
    await gone;
    await session.end();

    const synced: boolean[] = [];
    let isOnDisk = false;
    for (const line of readFileSync(report, 'utf8').split('\n')) {
      if (/recvfrom\(.*INSERT INTO kept/.test(line)) isOnDisk = false;
      else if (/(fdatasync|fsync)\(.*= 0|<\.\.\. (fdatasync|fsync) resumed>.*= 0/.test(line)) isOnDisk = true;
      else if (/sendto\(.*INSERT 0 1/.test(line)) synced.push(isOnDisk);
    }
    expect(synced).toEqual(Array.from({ length: 20 }, () => true));
  });
});
