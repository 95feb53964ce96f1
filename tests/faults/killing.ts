/** A Leadpact of its own, as users start it, under load, that is killed without a word again and again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findEmbedded } from '#platform/db/embedded/embedded.ts';
import { isRunning, readLock } from '#platform/db/embedded/lock.ts';
import type { Login } from '#platform/db/login.ts';
import { connectOnce } from '#platform/db/pool.ts';
import type { TestDatabase } from '#tests/support/db.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const UP_WITHIN = 60_000;
const WRITERS = 4;
const BATCH = 10;

export type Victim = 'app' | 'postgres';
export type Outcome = {
  kills: number;
  acknowledged: number;
  /** Acknowledged and not there. */
  lost: number;
  /** There more often than once. */
  twice: number;
  /** How long it took after each kill until an event was acknowledged again, in milliseconds. */
  up_after: number[];
};

/** Kills the victim while events come in, and then compares what was acknowledged with what is there. */
export async function killUnderLoad(victim: Victim, kills: number): Promise<Outcome> {
  const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'leadpact-kill-'));
  const port = await freePort();
  let app = await start(directory, port);
  const load = new Load(`http://127.0.0.1:${port}`, app.key!);
  try {
    const up_after: number[] = [];
    await load.until(load.acknowledged.size + 1);
    for (let i = 0; i < kills; i++) {
      await pause(200 + Math.random() * 800);
      const killed = performance.now();
      if (victim === 'app') {
        await kill(app.child);
        app = await start(directory, port);
      } else process.kill(readLock(join(directory, 'postgres', 'data'))!.pid, 'SIGKILL');
      // What was under way may still be answered: only what is sent from now on counts.
      await load.until(load.acknowledged.size + WRITERS * BATCH + 1);
      up_after.push(Math.round(performance.now() - killed));
    }
    await load.stop();
    const stored = await readStored(directory);
    const lost = [...load.acknowledged].filter((id) => !stored.has(id)).length;
    const twice = [...stored.values()].filter((times) => times > 1).length;
    return { kills, acknowledged: load.acknowledged.size, lost, twice, up_after };
  } finally {
    await load.stop();
    await end(app.child, directory);
  }
}

export type Started = { child: ChildProcess; key: string | null; address: string };

/** What a Leadpact of its own is given, to work on a test's database as on an operator's server. */
export async function beside(db: TestDatabase): Promise<Record<string, string>> {
  const { user, password, host, port, database } = db.logins.owner;
  // The copy was made for the tests' own role: the one that the server makes itself is let do what that may.
  await db.owner.query(`CREATE ROLE "${database}_app" IN ROLE "${db.logins.app.user}"`);
  const DATABASE_URL = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
  return { DATABASE_URL, LEADPACT_SECRET: 'a secret that all processes of the house share' };
}

/**
 * @param given laid over the environment, such as a DATABASE_URL
 * @param heard told what it writes to standard error, which is the test's own otherwise
 */
export async function start(
  directory: string,
  port: number,
  given: Record<string, string> = {},
  heard: ((text: string) => void) | null = null,
): Promise<Started> {
  const { DATABASE_URL: _, ...env } = process.env;
  const options = ['start', '--port', String(port), '--data', directory, '--format', 'json'];
  const child = spawn(process.execPath, [MAIN, ...options], {
    env: { ...env, LOG_LEVEL: 'fatal', SMTP_URL: '', ...given },
    stdio: ['ignore', 'pipe', heard === null ? 'inherit' : 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    heard?.(text);
  });
  const late = new AbortController();
  const line = await Promise.race([
    once(createInterface(child.stdout!), 'line').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`leadpact start ended with ${code}. ${said}`)),
    ),
    pause(UP_WITHIN, undefined, { signal: late.signal, ref: false }).then(() =>
      Promise.reject(new Error(`leadpact start said nothing within ${UP_WITHIN} ms.`)),
    ),
  ]);
  late.abort();
  const { address, server_write_key: key = null } = JSON.parse(line) as {
    address: string;
    server_write_key?: string;
  };
  return { child, key, address };
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Asks it to stop, and makes sure that nothing of it stays. */
export async function end(child: ChildProcess, directory: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([gone, pause(20_000, undefined, { ref: false })]);
    child.kill('SIGKILL');
  }
  const lock = readLock(join(directory, 'postgres', 'data'));
  if (lock !== null && isRunning(lock.pid)) {
    process.kill(lock.pid, 'SIGQUIT');
    while (isRunning(lock.pid)) await pause(50);
  }
  rmSync(directory, { recursive: true, force: true });
}

/** Writers that send batches until told to stop; a batch that is not acknowledged is sent again as it is. */
export class Load {
  readonly acknowledged = new Set<string>();
  /** How often each status was answered; `none` where there was no answer. */
  readonly answers = new Map<number | 'none', number>();
  readonly #url: string;
  readonly #authorization: string;
  readonly #writers: Promise<void>[];
  #isOver = false;
  #sent = 0;

  constructor(origin: string, key: string) {
    this.#url = `${origin}/v1/batch`;
    this.#authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
    this.#writers = Array.from({ length: WRITERS }, () => this.#write());
  }

  async until(count: number): Promise<void> {
    const patience = performance.now() + UP_WITHIN;
    while (this.acknowledged.size < count) {
      if (performance.now() > patience)
        throw new Error(`Nothing was acknowledged any more within ${UP_WITHIN} ms.`);
      await pause(10);
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#writers);
  }

  async #write(): Promise<void> {
    while (!this.#isOver) {
      const ids = Array.from({ length: BATCH }, () => `k${this.#sent++}`);
      const batch = ids.map((id) => ({
        type: 'track',
        event: 'Page Read',
        messageId: id,
        userId: `u${Math.floor(Math.random() * 50)}`,
        properties: { id },
      }));
      while (!(await this.#send(JSON.stringify({ batch }))) && !this.#isOver) await pause(50);
      if (this.#isOver) return; // whether the last was acknowledged is not asked any more
      for (const id of ids) this.acknowledged.add(id);
    }
  }

  async #send(body: string): Promise<boolean> {
    const answer = await this.#post(body);
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
    return answer === 200;
  }

  async #post(body: string): Promise<number | 'none'> {
    try {
      const headers = { authorization: this.#authorization, 'content-type': 'application/json' };
      const answer = await fetch(this.#url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(10_000),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 'none'; // not acknowledged: sent again
    }
  }
}

const readStored = (directory: string): Promise<Map<string, number>> =>
  storedAt(findEmbedded(directory)!.owner);

/** How often each event is there. */
export async function storedAt(owner: Login): Promise<Map<string, number>> {
  const session = await connectOnce(owner, 'test');
  try {
    const { rows } = await session.query<{ id: string; times: number }>(
      "SELECT properties ->> 'id' AS id, count(*) AS times FROM activities GROUP BY 1",
    );
    return new Map(rows.map(({ id, times }) => [id, times]));
  } finally {
    await session.end();
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
