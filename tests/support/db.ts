import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import type pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { Database } from '#platform/db/database.ts';
import type { Logins } from '#platform/db/embedded/embedded.ts';
import type { Login } from '#platform/db/login.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { systemCode } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';

/** A migrated database of a test file's own. */
export type TestDatabase = {
  /** As the application sees it. */
  readonly database: Database;
  /** A session as the owner of the tables, whom row-level security does not bind here. */
  readonly owner: pg.Client;
  readonly logins: Logins;
  /** Makes an empty workspace. */
  newWorkspace: () => Promise<string>;
};

/**
 * Gives the test file it is called in (at its top) a database: a copy of one that was migrated once, on a server that
 * all files of the run share and that ends by itself.
 */
export function withDatabase(): TestDatabase {
  let opened: Opened | null = null;
  const use = (): Opened => {
    if (!opened) throw new Error('The database is there inside of tests and hooks only.');
    return opened;
  };
  beforeAll(async () => {
    opened = await open(await sharedServer());
  });
  afterAll(async () => opened?.close());
  return {
    get database() {
      return use().database;
    },
    get owner() {
      return use().owner;
    },
    get logins() {
      return use().logins;
    },
    newWorkspace: () => makeWorkspace(use().database),
  };
}

/** The run's shared server, for a test that wants a database nothing was done to yet. */
export type TestServer = { newDatabase: (options?: string) => Promise<Logins> };

export function withServer(): TestServer {
  let session: pg.Client | null = null;
  let server: Logins | null = null;
  const made: string[] = [];
  beforeAll(async () => {
    server = await sharedServer();
    session = await connectOnce({ ...server.owner, database: 'postgres' }, 'tests');
  });
  afterAll(async () => {
    for (const name of made) await session?.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await session?.end();
  });
  return {
    newDatabase: async (options = '') => {
      if (!server || !session) throw new Error('The server is there inside of tests and hooks only.');
      const name = newName();
      await session.query(`CREATE DATABASE ${name} ${options}`);
      made.push(name);
      return { owner: { ...server.owner, database: name }, app: { ...server.app, database: name } };
    },
  };
}

const newName = (): string => `test_${randomBytes(6).toString('hex')}`;

type Opened = { database: Database; owner: pg.Client; logins: Logins; close: () => Promise<void> };

async function open(server: Logins): Promise<Opened> {
  const name = newName();
  const at = (login: Login): Login => ({ ...login, database: name });
  const session = await connectOnce({ ...server.owner, database: 'postgres' }, 'tests');
  await session.query(`CREATE DATABASE ${name} TEMPLATE ${server.owner.database} STRATEGY file_copy`);
  const logins = { owner: at(server.owner), app: at(server.app) };
  const owner = await connectOnce(logins.owner, 'test owner');
  const database = new Database({
    logins: () => [logins.app],
    max: 10,
    wait: 5_000,
    name: 'test',
    log: openLog('warn'),
    citus: false,
  });
  return {
    database,
    owner,
    logins,
    close: async () => {
      await database.close();
      await owner.end();
      await session.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await session.end();
    },
  };
}

async function makeWorkspace(database: Database): Promise<string> {
  const id = newId(Date.now());
  await database.inWorkspace(id, (tx) =>
    tx.insertInto('workspaces').values({ workspace_id: id, name: 'Acme Industrial' }).execute(),
  );
  return id;
}

/** The server of this run, started by whoever comes first. */
async function sharedServer(): Promise<Logins> {
  const run = isMainThread ? process.ppid : process.pid; // the process that runs the tests: forks have it for a parent
  const directory = join(scratch(), `leadpact-tests-${run}-${startOf(run)}`);
  if (isFirst(directory)) {
    const log = openSync(join(directory, 'server.log'), 'a');
    const script = fileURLToPath(new URL('./db-server.ts', import.meta.url));
    spawn(process.execPath, [script, directory, String(run)], {
      detached: true,
      stdio: ['ignore', log, log],
    }).unref();
  }
  const [ready, failed] = [join(directory, 'ready.json'), join(directory, 'failed')];
  const patience = performance.now() + 60_000;
  while (!existsSync(ready)) {
    if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
    if (performance.now() > patience)
      throw new Error(`The tests' server is not ready after 60 s, see ${directory}/server.log.`);
    await pause(20);
  }
  return JSON.parse(readFileSync(ready, 'utf8')) as Logins;
}

/** Memory where there is plenty of it: disks of test machines are slow, and nothing here is to be kept. */
function scratch(): string {
  if (!existsSync('/dev/shm')) return tmpdir();
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize > 2 ** 31 ? '/dev/shm' : tmpdir();
}

function isFirst(directory: string): boolean {
  try {
    mkdirSync(directory, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** When a process began, in the kernel's ticks: tells it from a later one of the same number. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '0';
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return fields[19] ?? '0';
}
