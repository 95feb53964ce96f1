/**
 * The disk of the data directory fills up (F14): nothing more is taken in before the reserve is used; past it nothing
 * is acknowledged that is not there, and with room again everything goes on without a human step.
 * Needs root, for a disk of its own, and time: `npm run test:faults`.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { findEmbedded } from '#platform/db/embedded/embedded.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { isLong } from '#tests/support/long.ts';
import { SmallDisk } from '#tests/support/small-disk.ts';
import { end, freePort, Load, type Started, start, storedAt } from './killing.ts';

const SIZE = 400;
/** A fifth of it. */
const RESERVE = SIZE / 5;

const disk = isLong ? SmallDisk.mount(SIZE) : null;
if (isLong && disk === null)
  console.log('No disk can be mounted here: what happens when it is full is not tried.');

describe.runIf(disk !== null)('a full disk', () => {
  let app: Started | null = null;
  let load: Load | null = null;
  afterAll(async () => {
    await load?.stop();
    if (app) await end(app.child, join(disk!.path, 'data'));
    disk!.unmount();
  });

  it('stops the intake before it is full, and costs nothing that was acknowledged when it is', async () => {
    const directory = join(disk!.path, 'data');
    mkdirSync(directory);
    const port = await freePort();
    app = await start(directory, port);
    load = new Load(`http://127.0.0.1:${port}`, app.key!);
    await load.until(200);
    while (!existsSync(join(directory, 'postgres', 'ballast'))) await pause(50);

    disk!.fill(RESERVE - 2);
    await pause(3_000); // what had been taken by then is answered
    const guarded = load.acknowledged.size;
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('kept in reserve')]);
    await pause(3_000);
    expect(load.acknowledged.size).toBe(guarded);

    disk!.fill(0);
    const owner = findEmbedded(directory)!.owner;
    const session = await connectOnce(owner, 'test');
    const more = 'CREATE TABLE more AS SELECT repeat(md5(n::text), 100) FROM generate_series(1, 200000) n';
    const refusal = await session.query(more).then(
      () => 'room was found',
      (error: Error) => error.message,
    );
    console.log(`with no room at all: ${refusal}`);
    await session.end().catch(() => undefined);
    await pause(3_000);
    expect(load.acknowledged.size).toBe(guarded);
    expect(app.child.exitCode).toBeNull();

    disk!.empty();
    await load.until(guarded + 200);
    await load.stop();
    const stored = await storedAt(findEmbedded(directory)!.owner);
    const lost = [...load.acknowledged].filter((id) => !stored.has(id));
    console.log(`${load.acknowledged.size} acknowledged, ${lost.length} lost`);
    expect(lost).toEqual([]);
    expect([...stored.values()].filter((times) => times > 1)).toEqual([]);
  }, 180_000);
});
