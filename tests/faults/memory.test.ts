/**
 * A Leadpact with little memory, and more sent to it than it can hold while its database is slow (F23): it puts off
 * what it has no room for, goes on, and has all that it acknowledged.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withDatabase } from '#tests/support/db.ts';
import { layWire, type Wire } from '#tests/support/db-proxy.ts';
import { beside, end, freePort, type Started, start } from './killing.ts';

/** Megabytes of its heap. */
const HEAP = 256;
const BATCHES = 200;
/** Half a megabyte of them: the most that official clients send at once. Together 100,000. */
const EVENTS = 500;

const db = withDatabase();
const directory = mkdtempSync(join(tmpdir(), 'leadpact-memory-'));
let app: Started;
let wire: Wire;

beforeAll(async () => {
  wire = await layWire(db.logins.owner);
  const given = await beside(db);
  const DATABASE_URL = given.DATABASE_URL!.replace(`:${db.logins.owner.port}/`, `:${wire.login.port}/`);
  const NODE_OPTIONS = `--max-old-space-size=${HEAP}`;
  app = await start(directory, await freePort(), { ...given, DATABASE_URL, NODE_OPTIONS });
});
afterAll(async () => {
  wire?.delay(0);
  if (app) await end(app.child, directory);
  rmSync(directory, { recursive: true, force: true });
  await wire?.close();
});

const batchOf = (number: number): string => {
  const batch = Array.from({ length: EVENTS }, (_, n) => ({
    type: 'track',
    event: 'Page Read',
    messageId: `m${number}-${n}`,
    userId: `u${n % 50}`,
    properties: { batch: number, filler: 'x'.repeat(800) },
  }));
  return JSON.stringify({ batch });
};

/** What is answered, and when to come back; `none` for a connection that was let go, after which clients come back. */
type Answer = { status: number | 'none'; after: string | null };

async function post(number: number): Promise<Answer> {
  const authorization = `Basic ${Buffer.from(`${app.key}:`).toString('base64')}`;
  try {
    const answer = await fetch(`${app.address}/v1/batch`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: batchOf(number),
    });
    await answer.arrayBuffer();
    return { status: answer.status, after: answer.headers.get('retry-after') };
  } catch {
    return { status: 'none', after: null };
  }
}

/** The most memory that the process ever had, in megabytes; null where the system does not say. */
const peak = (): number | null => {
  if (process.platform !== 'linux') return null;
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${app.child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};

it('puts off what it has no room for, stays, and loses nothing that it acknowledged', async () => {
  expect(await post(BATCHES)).toMatchObject({ status: 200 });
  wire.delay(100);
  const answers = await Promise.all(Array.from({ length: BATCHES }, (_, number) => post(number)));
  const alive = await fetch(`${app.address}/livez`);
  expect(alive.status).toBe(200);
  wire.delay(0);
  const statuses = new Set(answers.map(({ status }) => status));
  expect([...statuses].filter((status) => status !== 200 && status !== 429 && status !== 'none')).toEqual([]);
  expect(statuses.has(429)).toBe(true);
  for (const { status, after } of answers) if (status === 429) expect(after).toMatch(/^[1-9]\d{0,2}$/);

  // Those that were put off come back, of which a few are enough here; and one whose answer was lost comes twice.
  const taken = new Set([BATCHES]);
  for (const [number, { status }] of answers.entries()) if (status === 200) taken.add(number);
  const back = answers.flatMap(({ status }, number) => (status === 200 ? [] : [number])).slice(0, 10);
  for (const number of back) {
    expect(await post(number)).toMatchObject({ status: 200 });
    taken.add(number);
  }
  expect(app.child.exitCode ?? app.child.signalCode).toBeNull();
  const { rows } = await db.owner.query<{ batch: number; n: number }>(
    `SELECT (properties ->> 'batch')::int AS batch, count(*)::int AS n FROM activities
     WHERE type = 'Page Read' GROUP BY 1`,
  );
  const stored = new Map(rows.map(({ batch, n }) => [batch, n]));
  expect([...taken].filter((number) => stored.get(number) !== EVENTS)).toEqual([]);
  expect(rows.filter(({ n }) => n !== EVENTS)).toEqual([]); // whole or not at all, answered or not
  // Beside the heap: the bodies themselves, which are no part of it, and the program.
  const most = peak();
  if (most !== null) expect(most).toBeLessThan(HEAP * 3);
});
