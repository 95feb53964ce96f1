import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from '#platform/db/embedded/binaries.ts';
import { spawnOptions } from '#platform/db/embedded/cluster.ts';
import type { Home } from '#platform/db/embedded/home.ts';
import { isRunning, readLock } from '#platform/db/embedded/lock.ts';
import { memorySettings } from '#platform/db/embedded/memory.ts';
import { OutsideError } from '#platform/errors.ts';

/** A server that runs: started by us, or met. */
export type Postmaster = {
  pid: number;
  port: number;
  /** Resolves when it is gone, however it went. */
  gone: Promise<void>;
};

/** Settings given on the command line, laid over those of the cluster's own files. */
export type Settings = Readonly<Record<string, string>>;

/** What ended a start, as the server's log tells it. */
export type Fault = 'locked' | 'port' | 'space' | 'other';

/** The server did not start. `fault` says whether another try may help. */
export class StartError extends OutsideError {
  override name = 'StartError';
  readonly fault: Fault;
  constructor(fault: Fault, message: string) {
    super(message);
    this.fault = fault;
  }
}

const START_WITHIN = 120_000; // recovery after a crash may have much to read
const LOG_LIMIT = 16 * 1024 * 1024;

const base: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse', // a detail line would carry what people typed
  password_encryption: 'scram-sha-256',
};

const faults: [pattern: RegExp, fault: Fault, advice: string][] = [
  [
    /lock file "postmaster\.pid" already exists|pre-existing shared memory block/,
    'locked',
    'Another server still uses this directory.',
  ],
  [/could not bind|could not create any TCP\/IP sockets/, 'port', 'Its port was taken by another program.'],
  [/No space left on device/, 'space', 'Free some space on that disk.'],
  [
    /Permission denied|has invalid permissions|has wrong ownership/,
    'other',
    'Give the directory back to the user who made it, with all that is in it.',
  ],
  [
    /could not load library|error while loading shared libraries/,
    'other',
    'Install Leadpact again: a library of PostgreSQL is missing.',
  ],
  [
    /could not locate a valid checkpoint record|invalid primary checkpoint record|database files are incompatible/,
    'other',
    'The files are damaged. Restore a backup into a new data directory with "leadpact restore FILE".',
  ],
];

const logPath = (home: Home): string => join(home.path, 'postgres.log');

/**
 * Starts a server and waits until it answers.
 * @param port null: any free one.
 * @param stranger a process that only seems to hold the lock, see `Holder`.
 * @param meanwhile done while the server starts, before anybody asks whether it has
 * @throws StartError with the last that the server said.
 */
export async function launch(
  home: Home,
  binaries: Binaries,
  cluster: string,
  settings: Settings,
  port: number | null,
  stranger: number | null,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<Postmaster> {
  const chosen = port ?? (await freePort());
  turnLog(home);
  const log = openSync(logPath(home), 'a', 0o600);
  const from = statSync(logPath(home)).size;
  const options = spawnOptions(home, log);
  // PostgreSQL holds a lock for stale when the process named in it is its own grandparent, and then makes sure by
  // the shared memory it left. Telling it so keeps the lock in PostgreSQL's hands alone.
  if (stranger !== null) options.env.PG_GRANDPARENT_PID = String(stranger);
  const given = Object.entries({ ...base, ...memorySettings(), ...settings, port: String(chosen) });
  const child = spawn(
    binaries.postgres,
    ['-D', `${home.served}/data`, ...given.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...options, detached: true }, // out of the terminal's group: Ctrl-C is for us, we stop it after draining
  );
  closeSync(log);
  let failure: Error | null = null;
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      failure = error;
      ended = true;
      resolve();
    });
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  child.unref();
  await meanwhile();

  const patience = performance.now() + START_WITHIN;
  while (!ended) {
    const lock = readLock(cluster);
    if (lock?.ready && lock.pid === child.pid) return { pid: lock.pid, port: chosen, gone };
    if (performance.now() > patience) {
      child.kill('SIGINT');
      throw new StartError(
        'other',
        `PostgreSQL in ${cluster} did not answer within ${START_WITHIN / 1000} s. ${logPath(home)} says why.`,
      );
    }
    await Promise.race([gone, pause(10)]);
  }
  throw startError(home, cluster, failure ?? readFileSync(logPath(home)).subarray(from).toString());
}

function startError(home: Home, cluster: string, said: Error | string): StartError {
  if (said instanceof Error) return new StartError('other', `PostgreSQL cannot be run: ${said.message}.`);
  const [, fault, advice] = faults.find(([pattern]) => pattern.test(said)) ?? [
    null,
    'other' as const,
    `All it said is in ${logPath(home)}.`,
  ];
  const lines = said.split('\n').filter((line) => /FATAL|PANIC|error while loading/.test(line));
  const last = (lines.at(-1) ?? said.trim().split('\n').at(-1) ?? '').replace(/^.*?(FATAL|PANIC): +/, '');
  return new StartError(fault, `PostgreSQL did not start in ${cluster}: ${last}. ${advice}`);
}

/** Keeps the log within bounds. Only between two servers: one that runs goes on writing to the file it has open. */
function turnLog(home: Home): void {
  const size = statSync(logPath(home), { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) renameSync(logPath(home), `${logPath(home)}.1`);
}

/** A server met: there is no child to wait for, so its number is watched. */
export function watch(pid: number, port: number): Postmaster {
  const gone = (async () => {
    while (isRunning(pid)) await pause(100, undefined, { ref: false });
  })();
  return { pid, port, gone };
}

/** Fast shutdown, and an immediate one when that takes too long; the next start then recovers from the log. */
export async function shutDown(postmaster: Postmaster): Promise<void> {
  for (const [signal, within] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (isRunning(postmaster.pid)) process.kill(postmaster.pid, signal);
    if (await goneWithin(postmaster, within)) return;
  }
  throw new OutsideError(
    `PostgreSQL (process ${postmaster.pid}) does not stop. End it by hand, with: kill -QUIT ${postmaster.pid}`,
  );
}

async function goneWithin(postmaster: Postmaster, within: number): Promise<boolean> {
  const enough = new AbortController();
  const late = pause(within, false, { signal: enough.signal }).catch(() => false);
  const gone = await Promise.race([postmaster.gone.then(() => true), late]);
  enough.abort();
  return gone;
}

/**
 * A port that nobody listens on. Below the range the system gives to outgoing connections, so that none of them can
 * take it while the server restarts.
 */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new OutsideError(
    'No free port between 20000 and 32000 was found on 127.0.0.1 for PostgreSQL. Free one.',
  );
}
