import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Query } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#tests/support/db.ts';
import { type Carrier, outboxQueue, type Parcel, post } from './outbox.ts';
import { pumpOnce, startPump } from './pump.ts';
import { claim, type Outcome } from './queue.ts';
import { MOST_FAULTS, MOST_TRIES, PAUSES, pauseAfter } from './schedule.ts';

const db = withDatabase();
const log = openLog('silent');
const START = Date.UTC(2026, 2, 1, 12);
let now = START;
let workspace = '';

beforeEach(async () => {
  now = START;
  await db.owner.query('DELETE FROM outbox');
  workspace = await db.newWorkspace();
});

const options = () => ({ database: db.database, log, now: async () => now });
const carriedBy = (carrier: Carrier) => outboxQueue({}, { alone: carrier });
const done: Outcome = { kind: 'done' };
const again: Outcome = { kind: 'again', error: 'busy', after: null };

const fill = async (count: number, topic = 'lead.moved', into = workspace): Promise<string[]> => {
  const parcels = Array.from({ length: count }, (_, n) => ({ id: newId(START), topic, payload: { n } }));
  await db.database.inWorkspace(into, (_, query) => post(query, into, parcels, START));
  return parcels.map(({ id }) => id);
};

const standing = async (): Promise<Record<string, unknown>> => {
  const { rows } = await db.owner.query(
    `SELECT count(*)::int AS all, count(done_at)::int AS done, count(failed_at)::int AS failed,
       sum(attempts)::int AS tries, max(last_error) AS error FROM outbox`,
  );
  return rows[0] as Record<string, unknown>;
};

test('the schedule of tries: a little over three days, spread by a tenth', () => {
  expect(PAUSES.map((_, i) => pauseAfter(i + 1, 0)! / 1_000)).toEqual([
    5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]);
  expect(pauseAfter(1, 1)).toBe(5_500);
  expect(pauseAfter(MOST_TRIES, 0)).toBeNull();
});

test('posting the same parcel twice is posting it once', async () => {
  const parcel = { id: newId(START), topic: 'lead.moved', payload: {} };
  const twice = () =>
    db.database.inWorkspace(workspace, (_, query) => post(query, workspace, [parcel], START));
  await twice();
  await twice();
  expect(await standing()).toMatchObject({ all: 1 });
});

describe('a try', () => {
  test('that goes well is the last', async () => {
    const ids = await fill(3);
    const seen: string[] = [];
    const queue = carriedBy(async ({ id }) => {
      seen.push(id);
      return done;
    });
    expect(await pumpOnce(queue, options())).toBe(3);
    expect(await pumpOnce(queue, options())).toBe(0);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(await standing()).toMatchObject({ done: 3, failed: 0, tries: 3 });
  });

  test('that does not is followed by others on schedule, by the same id, until the last', async () => {
    const [id] = await fill(1);
    const tries: number[] = [];
    const queue = carriedBy(async (parcel) => {
      expect(parcel.id).toBe(id);
      tries.push(now);
      return again;
    });
    for (const wait of [0, ...PAUSES]) {
      now += wait * 1.1;
      await pumpOnce(queue, options());
      now -= wait * 0.1; // nothing is early
    }
    now += 30 * 86_400_000;
    await pumpOnce(queue, options());
    expect(tries).toHaveLength(MOST_TRIES);
    expect(await standing()).toMatchObject({ done: 0, failed: 1, tries: MOST_TRIES, error: 'busy' });
  });

  test('waits as long as the receiver asks', async () => {
    await fill(1);
    let tries = 0;
    const queue = carriedBy(async () => (tries++ === 0 ? { ...again, after: 60_000 } : done));
    await pumpOnce(queue, options());
    now += 59_000;
    expect(await pumpOnce(queue, options())).toBe(0);
    now += 1_000;
    expect(await pumpOnce(queue, options())).toBe(1);
  });

  test('that makes its carrier throw is repeated a few times, and the others go on', async () => {
    const [poison] = await fill(4);
    const queue = carriedBy(async ({ id }) => {
      if (id === poison) throw new TypeError('undefined is not a\0 function');
      return done;
    });
    for (let day = 0; day < 20; day++) {
      await pumpOnce(queue, options());
      now += 86_400_000 * 1.1;
    }
    expect(await standing()).toMatchObject({
      done: 3,
      failed: 1,
      tries: 3 + MOST_FAULTS,
      error: 'undefined is not a function',
    });
  });

  test('that ends the process counts as one, and is made again when the lease is over', async () => {
    const [id] = await fill(1);
    const queue = carriedBy(async () => done);
    const due = { workspace, line: 'lead' };
    const take = () => claim(db.database, queue, due, 10, 60_000, async () => now);
    expect(await take()).toMatchObject([{ id, attempts: 1 }]); // … and no more is heard of it
    expect(await pumpOnce(queue, options())).toBe(0);
    for (let tries = 2; tries <= MOST_TRIES; tries++) {
      now += 60_000;
      expect(await take()).toMatchObject([{ id, attempts: tries }]);
    }
    now += 60_000;
    expect(await take()).toEqual([]);
    expect(await standing()).toMatchObject({ failed: 1, error: 'Every try was cut short.' });
  });

  test('whose row somebody else has by now leaves no trace', async () => {
    await fill(1);
    const queue = carriedBy(async () => {
      now += 3_600_000; // longer than any lease
      const others = await claim(db.database, queue, { workspace, line: 'lead' }, 1, 60_000, async () => now);
      expect(others).toHaveLength(1);
      return { kind: 'failed', error: 'late' };
    });
    await pumpOnce(queue, { ...options(), most: 1 });
    expect(await standing()).toMatchObject({ failed: 0, done: 0, error: null });
  });
});

describe('what is done in our own database', () => {
  const alone = async (): Promise<Outcome> => {
    throw new Error('there was no need');
  };

  test('is done together, in order, with the note that it is done', async () => {
    const ids = await fill(700);
    const seen: string[][] = [];
    const together = async (_: Query, parcels: readonly Parcel[]) =>
      void seen.push(parcels.map(({ id }) => id));
    expect(await pumpOnce(outboxQueue({}, { alone, together }), options())).toBe(700);
    expect(seen.map((some) => some.length)).toEqual([500, 200]);
    for (const some of seen) expect(some).toEqual(some.toSorted());
    expect(seen.flat().toSorted()).toEqual(ids.toSorted());
    expect(await standing()).toMatchObject({ done: 700, tries: 700 });
  });

  test('is done one by one where one of them cannot be done, and nothing of the attempt stays', async () => {
    const ids = await fill(3);
    const together = async (query: Query, parcels: readonly Parcel[]) => {
      await query(`UPDATE outbox SET last_error = 'half done'`);
      throw new Error(`${parcels.length} at once are too many`);
    };
    const tried: string[] = [];
    const queue = outboxQueue(
      {},
      {
        alone: async ({ id }) => {
          tried.push(id);
          return id === ids[1] ? again : done;
        },
        together,
      },
    );
    expect(await pumpOnce(queue, options())).toBe(3);
    expect(tried.toSorted()).toEqual(ids.toSorted());
    expect(await standing()).toMatchObject({ done: 2, tries: 3, error: 'busy' });
    now += PAUSES[0]! * 1.1;
    expect(await pumpOnce(queue, options())).toBe(1); // what was tried before is tried alone
    expect(tried).toHaveLength(4);
  });
});

test('several pumps side by side carry out each parcel once, of every workspace', async () => {
  const other = await db.newWorkspace();
  await fill(150);
  await fill(50, 'handoff.offered', other);
  const carried = new Map<string, number>();
  const queue = carriedBy(async ({ id }) => {
    carried.set(id, (carried.get(id) ?? 0) + 1);
    await pause(1);
    return done;
  });
  await Promise.all([1, 2, 3].map(() => pumpOnce(queue, { ...options(), most: 8 })));
  while ((await pumpOnce(queue, options())) > 0);
  expect([...carried.values()].every((times) => times === 1)).toBe(true);
  expect(carried.size).toBe(200);
  expect(await standing()).toMatchObject({ done: 200, tries: 200 });
});

test('a line that is stuck holds up no other; a pump that stops finishes what it has in hand', async () => {
  await fill(40, 'mail.reminder');
  const moved = await fill(10);
  const held = Promise.withResolvers<void>();
  const carried = new Set<string>();
  let stuck = 0;
  const queue = outboxQueue(
    {
      mail: async () => {
        stuck++;
        await held.promise;
        return done;
      },
    },
    {
      alone: async ({ id }) => {
        carried.add(id);
        return done;
      },
    },
  );
  const pump = startPump(queue, options());
  while (carried.size < moved.length || stuck < 4) await pause(5);
  expect(stuck).toBe(4);
  const stopped = pump.stop();
  pump.nudge();
  expect(await Promise.race([stopped.then(() => 'stopped'), pause(50, 'draining')])).toBe('draining');
  held.resolve();
  await stopped;
  expect(await standing()).toMatchObject({ done: 14, failed: 0 });
});
