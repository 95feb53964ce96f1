import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '#platform/db/database.ts';
import { findBinaries } from '#platform/db/embedded/binaries.ts';
import { spawnOptions } from '#platform/db/embedded/cluster.ts';
import { type EmbeddedServer, startEmbedded } from '#platform/db/embedded/embedded.ts';
import { closeHome, openHome } from '#platform/db/embedded/home.ts';
import { DatabaseAway } from '#platform/db/faults.ts';
import type { Login } from '#platform/db/login.ts';
import { migrate } from '#platform/db/migrate.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { settleApp } from '#platform/db/roles.ts';
import { openOwner } from '#platform/db/start.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';

// A primary and a standby that begin alike. Nothing flows between them: of interest here is who is asked.

const log = openLog('silent');
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const [first, second] = ['primary', 'standby'].map((name) =>
  mkdtempSync(join(scratch, `leadpact-${name}-`)),
) as [string, string];
const options = { dataDirectory: first, log, settings: { fsync: 'off' }, reserve: 0 };
const opened: Database[] = [];

let primary: EmbeddedServer;
let standby: ChildProcess;
/** The two hosts, as the application and as the owner. */
let hosts: { app: [Login, Login]; owner: [Login, Login] };

beforeAll(async () => {
  const server = await startEmbedded(options);
  const { owner, app } = server.logins();
  const session = await connectOnce(owner, 'test');
  await settleApp(session, owner, app, log);
  await migrate(session, app.user, log);
  await session.end();
  await server.stop();
  execFileSync('cp', ['-a', join(first, 'postgres'), second]);

  primary = await startEmbedded(options);
  const { owner: one, app: two } = primary.logins();
  const port = one.port + 1;
  hosts = { owner: [one, { ...one, port }], app: [two, { ...two, port }] };
  standby = await startStandby(port);
  await until(() => answers(hosts.owner[1]));
});

afterAll(async () => {
  for (const database of opened) await database.close();
  await primary.stop();
  const gone = new Promise((resolve) => standby.once('exit', resolve));
  standby.kill('SIGINT');
  await gone;
  for (const directory of [first, second]) rmSync(directory, { recursive: true });
});

async function startStandby(port: number): Promise<ChildProcess> {
  const home = openHome(second);
  writeFileSync(join(home.path, 'data', 'standby.signal'), '');
  const { postgres } = await findBinaries(home.account);
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`];
  const parameters = ['-D', `${home.served}/data`, ...settings.flatMap((setting) => ['-c', setting])];
  const child = spawn(postgres, parameters, spawnOptions(home, 'pipe'));
  child.stderr?.resume();
  closeHome(home);
  return child;
}

async function answers(login: Login): Promise<boolean> {
  const session = await connectOnce(login, 'test').catch(() => null);
  await session?.end();
  return session !== null;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20);
}

function open(logins: Login[], wait: number): Database {
  const database = new Database({ logins: () => logins, max: 4, wait, name: 'hosts', log, citus: false });
  opened.push(database);
  return database;
}

/** Writes, and says which server it was written on. */
function write(database: Database): Promise<number> {
  const workspace = newId(Date.now());
  return database.inWorkspace(workspace, async (tx, query) => {
    await tx.insertInto('workspaces').values({ workspace_id: workspace, name: 'A' }).execute();
    const rows = await query<{ port: number }>("SELECT current_setting('port')::int AS port");
    return rows[0]!.port;
  });
}

it('the primary is found, wherever in the list it stands', async () => {
  const [one, two] = hosts.app;
  for (const list of [
    [two, one],
    [one, two],
  ]) {
    const database = open(list, 5_000);
    expect(await Promise.all([1, 2, 3, 4].map(() => write(database)))).toEqual(Array(4).fill(one.port));
  }
  const { session, login } = await openOwner([...hosts.owner].reverse());
  await session.end();
  expect(login.port).toBe(one.port);
});

it('a standby alone is no database (F11)', async () => {
  await expect(write(open([hosts.app[1]], 300))).rejects.toThrow(DatabaseAway);
  await expect(openOwner([hosts.owner[1]])).rejects.toThrow('is a standby');
});

it('the one that is promoted when the primary is lost is gone over to', async () => {
  const database = open(hosts.app, 10_000);
  expect(await write(database)).toBe(hosts.app[0].port);
  await primary.stop();
  const written = write(database);
  const session = await connectOnce(hosts.owner[1], 'test');
  await session.query('SELECT pg_promote()');
  await session.end();
  expect(await written).toBe(hosts.app[1].port);
});
