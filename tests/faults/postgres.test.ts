import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '#platform/db/database.ts';
import { type EmbeddedServer, findEmbedded, startEmbedded } from '#platform/db/embedded/embedded.ts';
import { isRunning, readLock } from '#platform/db/embedded/lock.ts';
import { DatabaseAway, OutcomeUnknown } from '#platform/db/faults.ts';
import { migrate } from '#platform/db/migrate.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { settleApp } from '#platform/db/roles.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';

const log = openLog('silent');
/** A crash of processes loses nothing that the kernel was given: only a crash of the machine would, and none comes. */
const settings = { fsync: 'off' };

const directories: string[] = [];
const servers: EmbeddedServer[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  for (const directory of directories.splice(0)) {
    const lock = readLock(cluster(directory));
    if (lock && isRunning(lock.pid)) process.kill(lock.pid, 'SIGQUIT');
    rmSync(directory, { recursive: true });
  }
});

const newPath = (): string =>
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'leadpact-fault-'));

/** Made once and copied, owners and all: making a cluster takes longer than any of the tests. */
let pristine = '';
beforeAll(async () => {
  pristine = newPath();
  await stop(await start(pristine));
});
afterAll(() => rmSync(pristine, { recursive: true }));

function emptyDirectory(): string {
  const directory = newPath();
  directories.push(directory);
  return directory;
}

function newDirectory(): string {
  const directory = emptyDirectory();
  copyTree(join(pristine, 'postgres'), directory);
  return directory;
}

const copyTree = (from: string, to: string): void => void execFileSync('cp', ['-a', from, to]);

const cluster = (directory: string) => join(directory, 'postgres', 'data');

async function start(directory: string, more = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({
    dataDirectory: directory,
    log,
    settings: { ...settings, ...more },
    reserve: 0,
  });
  servers.push(server);
  return server;
}

async function stop(server: EmbeddedServer): Promise<void> {
  await server.stop();
  servers.splice(servers.indexOf(server), 1);
}

/** Starts a process that keeps a server, as `leadpact start` does. */
async function startOwner(directory: string): Promise<{ child: ChildProcess; pid: number }> {
  const script = fileURLToPath(new URL('./postgres-owner.ts', import.meta.url));
  const child = spawn(process.execPath, [script, directory, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk)));
    child.once('exit', (code) => reject(new Error(`The owner ended with ${code}.`)));
  });
  return { child, pid: JSON.parse(line).pid };
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function ask<Row>(server: EmbeddedServer, text: string): Promise<Row[]> {
  const session = await connectOnce(server.logins().owner, 'test');
  try {
    return (await session.query(text)).rows as Row[];
  } finally {
    await session.end();
  }
}

describe('an application that is killed (F4)', () => {
  it('leaves a server that the next one adopts, as often as it happens', async () => {
    const directory = newDirectory();
    const first = await startOwner(directory);
    const session = await connectOnce(findEmbedded(directory)!.owner, 'test');
    await session.query('CREATE TABLE kept AS SELECT 42 AS n');
    await session.end();
    await killed(first.child);

    const second = await startOwner(directory);
    expect(second.pid).toBe(first.pid);
    await killed(second.child);

    const third = await start(directory);
    expect([third.adopted, third.pid]).toEqual([true, first.pid]);
    expect(await ask(third, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
    await stop(third);
    expect(isRunning(first.pid)).toBe(false);
    expect(findEmbedded(directory)).toBeNull();
  });

  it('leaves a server that is started anew when it was started otherwise', async () => {
    const directory = newDirectory();
    const { child, pid } = await startOwner(directory);
    await killed(child);
    const server = await start(directory, { work_mem: '5MB' });
    expect([server.adopted, server.pid === pid, isRunning(pid)]).toEqual([false, false, false]);
    expect(await ask(server, 'SHOW work_mem')).toEqual([{ work_mem: '5MB' }]);
  });

  it('is told from one that lives: its server is nobody else’s', async () => {
    const directory = newDirectory();
    const { pid } = await startOwner(directory);
    await expect(start(directory)).rejects.toThrow(
      /Leadpact already runs on .* \(its PostgreSQL is process \d+\)/,
    );
    expect(isRunning(pid)).toBe(true);
    expect(findEmbedded(directory)!.app).toMatchObject({ host: '127.0.0.1', user: 'leadpact_app' });
  });

  it('of two that start at once, one has the server', async () => {
    const directory = emptyDirectory();
    const [a, b] = await Promise.allSettled([start(directory), start(directory)]);
    const outcomes = [a, b].map((s) =>
      s.status === 'fulfilled' ? 'ours' : String(s.reason.message).slice(0, 21),
    );
    expect(outcomes.sort()).toEqual(['Leadpact already runs', 'ours']);
  });
});

describe('a lock that was left behind (F5)', () => {
  it('does not keep the server from starting when its number is another process’s by now', async () => {
    const directory = newDirectory();
    const { uid, gid } = statSync(cluster(directory));
    const stranger = spawn(
      'sleep',
      ['60'],
      process.getuid?.() === 0 ? { uid, gid, stdio: 'ignore' } : { stdio: 'ignore' },
    );
    children.push(stranger);
    const lock = [stranger.pid, '/proc/self/fd/3/data', 1, 5432, '', '127.0.0.1', '0 0', 'ready   ', ''].join(
      '\n',
    );
    writeFileSync(join(cluster(directory), 'postmaster.pid'), lock);
    const server = await start(directory);
    expect(await ask(server, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(isRunning(stranger.pid!)).toBe(true);
  });

  it('is not taken for ours in a copy of a directory whose server runs', async () => {
    const [original, copy] = [newDirectory(), newDirectory()];
    const first = await start(original);
    copyTree(join(cluster(original), 'postmaster.pid'), cluster(copy));
    const second = await start(copy);
    expect(second.adopted).toBe(false);
    expect(new Set([first.pid, second.pid, first.logins().owner.port, second.logins().owner.port]).size).toBe(
      4,
    );
    expect(await ask(first, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });
});

/** A pool on a fresh, migrated server, and writers who note what was confirmed to them. */
async function writersOn(server: EmbeddedServer) {
  const { owner, app } = server.logins();
  const session = await connectOnce(owner, 'test');
  await settleApp(session, owner, app, log);
  await migrate(session, app.user, log);
  await session.end();
  const database = new Database({
    logins: () => [server.logins().app],
    max: 8,
    wait: 1_000,
    name: 'writers',
    log,
    citus: false,
  });
  const workspace = newId(1);
  await database.inWorkspace(workspace, (tx) =>
    tx.insertInto('workspaces').values({ workspace_id: workspace, name: 'A' }).execute(),
  );

  const confirmed: string[] = [];
  const refused: unknown[] = [];
  let writing = true;
  const write = async () => {
    while (writing) {
      const id = newId(Date.now());
      try {
        await database.inWorkspace(workspace, (tx) =>
          tx.insertInto('accounts').values({ workspace_id: workspace, id }).execute(),
        );
        confirmed.push(id);
      } catch (error) {
        refused.push(error);
      }
    }
  };
  const writers = Array.from({ length: 8 }, write);
  return {
    confirmed,
    refused,
    /** Ends the writing, and reads what is there. */
    finish: async () => {
      writing = false;
      await Promise.all(writers);
      const rows = await database.inWorkspace(workspace, (tx) =>
        tx.selectFrom('accounts').select('id').execute(),
      );
      await database.close();
      return new Set(rows.map(({ id }) => id));
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(10);
}

describe('a server that is killed under load (F6)', () => {
  it('comes back by itself, with all it confirmed; the pool finds it again', async () => {
    const server = await start(newDirectory());
    const { confirmed, refused, finish } = await writersOn(server);
    for (let kills = 0; kills < 2; kills++) {
      const [before, pid] = [confirmed.length, server.pid!];
      await until(() => confirmed.length > before + 50);
      process.kill(pid, 'SIGKILL');
      await until(() => server.pid !== null && server.pid !== pid);
      const back = confirmed.length;
      await until(() => confirmed.length > back + 50);
    }
    const there = await finish();
    expect(confirmed.filter((id) => !there.has(id))).toEqual([]);
    expect(new Set(confirmed).size).toBe(confirmed.length);
    expect(refused.every((error) => error instanceof DatabaseAway || error instanceof OutcomeUnknown)).toBe(
      true,
    );
  });
});

describe('sessions that are ended over and over (F7)', () => {
  it('cost neither the process nor a confirmed write, and nothing is written twice', async () => {
    const directory = newDirectory();
    const server = await start(directory);
    const { confirmed, refused, finish } = await writersOn(server);
    for (let rounds = 0; rounds < 10; rounds++) {
      const before = confirmed.length;
      await ask(
        server,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = $$client backend$$',
      );
      await until(() => confirmed.length > before + 20);
    }
    const there = await finish();
    expect(confirmed.filter((id) => !there.has(id))).toEqual([]);
    expect(refused.every((error) => error instanceof DatabaseAway || error instanceof OutcomeUnknown)).toBe(
      true,
    );
    expect(refused.length).toBeLessThan(confirmed.length);
    // The session that makes the server ours was ended too, and comes back: nobody can take the server for an orphan.
    const keys = "SELECT FROM pg_locks WHERE locktype = 'advisory'";
    while ((await ask(server, keys)).length === 0) await pause(50);
    await expect(start(directory)).rejects.toThrow('Leadpact already runs');
  });
});

describe('a directory that cannot be used', () => {
  it('says what is wrong with it', async () => {
    const directory = newDirectory();
    const data = cluster(directory);

    writeFileSync(join(directory, 'file'), '');
    await expect(start(join(directory, 'file'))).rejects.toThrow(/cannot be kept in .*ENOTDIR|EEXIST/);

    const access = readFileSync(join(data, 'leadpact-access.json'));
    rmSync(join(data, 'leadpact-access.json'));
    await expect(start(directory)).rejects.toThrow('passwords cannot be read');
    writeFileSync(join(data, 'leadpact-access.json'), access);

    writeFileSync(join(data, 'PG_VERSION'), '17\n');
    await expect(start(directory)).rejects.toThrow(
      'was made by PostgreSQL 17, and this Leadpact brings PostgreSQL 18',
    );
    writeFileSync(join(data, 'PG_VERSION'), '18\n');

    truncateSync(join(data, 'global', 'pg_control'), 100);
    await expect(start(directory)).rejects.toThrow(/PostgreSQL did not start in .*postgres\.log/s);
  });
});
