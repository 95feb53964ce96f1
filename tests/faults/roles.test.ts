/**
 * Leadpact in several processes on one database (F21, F22): one takes events in, others fold; each is woken by the
 * other, is stopped or killed at any time, and nothing is lost or done twice.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLog } from '#platform/log.ts';
import { openWaking, wakeOnNotices } from '#server/waking.ts';
import { withDatabase } from '#tests/support/db.ts';
import { isLong } from '#tests/support/long.ts';
import { beside, end, freePort, kill, Load, type Started, start, storedAt } from './killing.ts';

const db = withDatabase();
const directory = mkdtempSync(join(tmpdir(), 'leadpact-roles-'));
const running: Started[] = [];
let given: Record<string, string> = {};
let api: Started;
let load: Load | null = null;

const launch = async (role: 'api' | 'worker', port?: number): Promise<Started> => {
  const started = await start(directory, port ?? (await freePort()), { ...given, LEADPACT_ROLE: role });
  running.push(started);
  return started;
};

beforeAll(async () => {
  given = await beside(db);
  api = await launch('api');
});
afterAll(async () => {
  await load?.stop();
  for (const { child } of running) await end(child, directory);
  rmSync(directory, { recursive: true, force: true });
});

const marks = async (): Promise<number> =>
  (await db.owner.query('SELECT count(*)::int AS n FROM dirty_leads')).rows[0].n;
const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await pause(20);
};

it('what one takes in is told to the others, of which one folds it', async () => {
  const heard: string[] = [];
  const end = await db.database.listen((notice) => notice !== null && heard.push(notice));
  const answer = await fetch(`${api.address}/v1/track`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${api.key}:`).toString('base64')}` },
    body: JSON.stringify({ type: 'track', event: 'Page Read', userId: 'u0', properties: { id: 'first' } }),
  });
  expect(answer.status).toBe(200);
  await until(async () => heard.includes('{"work":true}'));
  end();
  expect(await marks()).toBe(1); // there is nobody yet to fold it
  await launch('worker');
  await until(async () => (await marks()) === 0);
});

it('a worker is woken by what is told, and by the loss of what may have been', async () => {
  let woken = 0;
  const tell = openWaking(db.database, openLog('silent'));
  const end = wakeOnNotices(db.database, () => woken++, openLog('silent'));
  const listens = "SELECT FROM pg_stat_activity WHERE application_name = 'leadpact listens' AND usename = $1";
  await until(async () => (await db.owner.query(listens, [db.logins.app.user])).rowCount === 1);
  for (let i = 0; i < 100; i++) tell(); // told once, or once more
  await until(async () => woken > 0);
  await db.owner.query(`SELECT pg_terminate_backend(pid) ${listens.slice('SELECT'.length)}`, [
    db.logins.app.user,
  ]);
  const before = woken;
  await until(async () => woken > before); // it listens again, and has looked meanwhile
  end();
});

it('loses and doubles nothing when what takes events in is stopped and started again, and workers are killed', async () => {
  load = new Load(api.address, api.key!);
  const port = Number(new URL(api.address).port);
  for (let round = 0; round < (isLong ? 10 : 1); round++) {
    await load.until(load.acknowledged.size + 100);
    const gone = once(api.child, 'exit');
    api.child.kill('SIGTERM');
    const [code] = await gone;
    expect(code).toBe(0);
    api = await launch('api', port);
    const second = await launch('worker');
    await load.until(load.acknowledged.size + 100);
    await kill(second.child);
  }
  await load.stop();
  await until(async () => (await marks()) === 0);
  const stored = await storedAt(db.logins.owner);
  stored.delete('first');
  const lost = [...load.acknowledged].filter((id) => !stored.has(id));
  expect(lost).toEqual([]);
  expect([...stored.values()].filter((times) => times > 1)).toEqual([]);
  const { rows } = await db.owner.query(
    `SELECT count(*)::int AS n FROM lead_states s WHERE NOT EXISTS (
       SELECT FROM leads l WHERE l.workspace_id = s.workspace_id AND l.number = s.lead)`,
  );
  expect(rows[0].n).toBe(0);
}, 240_000);
