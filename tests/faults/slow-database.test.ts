/**
 * A database that is slow (F16), has no connection left (F17), or holds on to what it should let go of (F18, F19):
 * events wait a bounded while, then their clients are asked to come back; whatever needs no database answers.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWriteKey } from '#features/workspaces/keys.ts';
import { Database } from '#platform/db/database.ts';
import { openLog } from '#platform/log.ts';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';
import { layWire, type Wire } from '#tests/support/db-proxy.ts';

const db = withDatabase();
let wire: Wire;
let slow: Database;
let key = '';

beforeAll(async () => {
  wire = await layWire(db.logins.app);
  const log = openLog('silent');
  slow = new Database({ logins: () => [wire.login], max: 4, wait: 2_000, name: 'slow', log, citus: false });
  const workspace = await db.newWorkspace();
  const hand = { workspace, actor: { kind: 'system' } } as const;
  const wanted = { name: 'Server', trust: 'server' } as const;
  key = await db.database.inWorkspace(workspace, async (tx) => {
    const made = await makeWriteKey(tx, hand, wanted, Date.now());
    return made.key;
  });
});
afterAll(async () => {
  wire.delay(0);
  await slow.close();
  await wire.close();
});
const app = withApp(() => slow);

let sent = 0;
const post = (): Promise<Response> =>
  fetch(`${app.origin}/v1/track`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    body: JSON.stringify({ type: 'track', event: 'Page Read', userId: 'u1', messageId: `slow-${sent++}` }),
  });

/** Sends so many at once. @returns how often each status came, and whoever was put off without being told for how long */
async function burst(count: number) {
  const answers = await Promise.all(Array.from({ length: count }, post));
  const statuses = [...new Set(answers.map(({ status }) => status))].sort();
  const untold = answers.filter(
    ({ status, headers }) => status === 429 && !/^[1-9]\d{0,2}$/.test(headers.get('retry-after') ?? ''),
  );
  const accepted = answers.filter(({ status }) => status === 200).length;
  return { statuses, untold: untold.length, accepted };
}

const stored = async (): Promise<number> => {
  const { rows } = await db.owner.query("SELECT count(*)::int AS n FROM activities WHERE type = 'Page Read'");
  return rows[0].n;
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((go) => setTimeout(go, 10));
};

it('a slow one makes events wait, and nobody else; all that was accepted is there', async () => {
  expect(await burst(5)).toEqual({ statuses: [200], untold: 0, accepted: 5 });
  wire.delay(400);
  const waiting = burst(300);
  const alive = await fetch(`${app.origin}/livez`);
  expect(alive.status).toBe(200);
  const { statuses, untold, accepted } = await waiting;
  expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
  expect(untold).toBe(0);
  wire.delay(0);
  expect((await burst(5)).statuses).toEqual([200]);
  expect(await stored()).toBe(5 + accepted + 5);
});

it('with every connection taken, clients are put off, and nothing waits for itself', async () => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const before = await stored();
  let taken = 0;
  const holding = Promise.all(
    Array.from({ length: 4 }, () =>
      slow.atTheDoor(async (_, query) => {
        await query('SELECT 1');
        taken++;
        await held;
      }),
    ),
  );
  try {
    await Promise.race([holding, until(() => taken === 4)]);
    expect(await burst(50)).toEqual({ statuses: [429], untold: 0, accepted: 0 });
    const { status, headers } = await fetch(`${app.origin}/api/setup`);
    expect([status, headers.get('content-type')]).toEqual([503, 'application/problem+json; charset=utf-8']);
  } finally {
    letGo();
    await holding;
  }
  expect((await burst(20)).statuses).toEqual([200]);
  expect(await stored()).toBe(before + 20);
});

it('a server that takes no more connections is asked again until it does', async () => {
  const before = await stored();
  const name = db.logins.app.database;
  const limited = new Database({
    logins: () => [db.logins.app],
    max: 4,
    wait: 300,
    name: 'limited',
    log: openLog('silent'),
    citus: false,
  });
  await db.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  try {
    await expect(limited.atTheDoor(async () => undefined)).rejects.toMatchObject({ name: 'DatabaseAway' });
    await db.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
    await limited.atTheDoor(async () => undefined);
  } finally {
    await db.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
    await limited.close();
  }
  expect((await burst(200)).statuses).toEqual([200]);
  expect(await stored()).toBe(before + 200);
});

it('a transaction that stands still is ended by the server, and its connection with it', async () => {
  await expect(
    db.database.atTheDoor(async (_, query) => {
      await query("SET LOCAL idle_in_transaction_session_timeout = '50ms'"); // half a minute, in earnest
      await new Promise((go) => setTimeout(go, 400));
      await query('SELECT 1');
    }),
  ).rejects.toMatchObject({ name: 'DatabaseAway' });
  const [row] = await db.database.atTheDoor((_, query) =>
    query<{ limit: string }>("SELECT current_setting('idle_in_transaction_session_timeout') AS limit"),
  );
  expect(row!.limit).toBe('30s');
});
