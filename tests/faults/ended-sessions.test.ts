/**
 * The server ends the sessions of a Leadpact over and over, every 200 ms, while events come in (F7): for a few seconds
 * here, for a minute with `npm run test:faults`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withDatabase } from '#tests/support/db.ts';
import { isLong } from '#tests/support/long.ts';
import { beside, end, freePort, Load, type Started, start, storedAt } from './killing.ts';

const EVERY = 200;
const ROUNDS = (isLong ? 60_000 : 5_000) / EVERY;

const db = withDatabase();
const directory = mkdtempSync(join(tmpdir(), 'leadpact-ended-'));
let app: Started;
let load: Load;
let said = '';

beforeAll(async () => {
  const given = { ...(await beside(db)), LOG_LEVEL: 'warn' };
  app = await start(directory, await freePort(), given, (text) => {
    said += text;
  });
  load = new Load(app.address, app.key!);
});
afterAll(async () => {
  await load?.stop();
  if (app) await end(app.child, directory);
  rmSync(directory, { recursive: true, force: true });
});

it('costs neither the process nor an event, doubles none, and puts clients off in a way that they come back', async () => {
  let ended = 0;
  await load.until(40);
  for (let round = 0; round < ROUNDS; round++) {
    const { rowCount } = await db.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'leadpact%'`,
    );
    ended += rowCount ?? 0;
    await pause(EVERY);
  }
  expect(ended).toBeGreaterThan(ROUNDS);
  // Whatever is sent once it is over is taken.
  await load.until(load.acknowledged.size + 100);
  await load.stop();
  expect(app.child.exitCode ?? app.child.signalCode).toBeNull();
  expect([...load.answers.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
  // What is told to the log is at most one line for each session that was lost, and none of them is an error of ours.
  const lines = said.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeLessThanOrEqual(ended);
  expect(lines.filter((line) => /TypeError|ReferenceError|RangeError|unhandled/i.test(line))).toEqual([]);
  if (isLong) console.log(JSON.stringify({ ended, lines: lines.length, answers: [...load.answers] }));

  const stored = await storedAt(db.logins.owner);
  expect([...load.acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  expect([...stored.values()].filter((times) => times > 1)).toEqual([]);
}, 180_000);

it('folds what came in meanwhile, and every lead once', async () => {
  const marks = 'SELECT count(*)::int AS n FROM dirty_leads';
  while ((await db.owner.query(marks)).rows[0].n > 0) await pause(50);
  const { rows } = await db.owner.query(
    `SELECT count(*)::int AS all, count(DISTINCT lead)::int AS leads FROM lead_states`,
  );
  expect(rows[0].all).toBe(rows[0].leads);
});
