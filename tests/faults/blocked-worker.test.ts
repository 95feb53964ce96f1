/**
 * A worker whose process stands still for longer than its work is held for it (F20): another takes the work over, and
 * what the first then writes is refused.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { verifyJournal } from '#platform/journal/journal.ts';
import { openLog } from '#platform/log.ts';
import { outboxQueue, post } from '#platform/outbox/outbox.ts';
import { pumpOnce } from '#platform/outbox/pump.ts';
import { agree, hire, meet, takeIn, workUntilDone, writable } from '#tests/journeys/verdicts-support.ts';
import {
  attribute,
  buildPact,
  clause,
  did,
  HOUR,
  interest,
  lane,
  profile,
  stage,
} from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
let workspace = '';
let folder = '';
let worker: ChildProcess | null = null;

beforeEach(async () => {
  await db.owner.query('DELETE FROM outbox');
  workspace = await db.newWorkspace();
  folder = mkdtempSync(join(tmpdir(), 'leadpact-blocked-'));
});
afterEach(() => {
  worker?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A worker of its own process that has begun and stands still. @returns what lets it go on, and waits for its end */
async function standingStill(work: 'folds' | 'carries'): Promise<() => Promise<number | null>> {
  const script = new URL('./blocked-worker.ts', import.meta.url).pathname;
  const file = join(folder, 'go on');
  worker = spawn(process.execPath, [script, work, JSON.stringify(db.logins.app), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(worker, 'exit');
  await once(createInterface(worker.stdout!), 'line');
  return async () => {
    writeFileSync(file, '');
    const [status] = await gone;
    return status as number | null;
  };
}

const count = async (text: string): Promise<number> =>
  (await db.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${text}`, [workspace])).rows[0]!.n;

it('folds its leads no more: another did, and each move is told once', async () => {
  const begun = Date.now() - HOUR;
  const pact = writable(
    buildPact({
      profile: [profile('kind', 40, attribute('kind', { is: 'x' }))],
      interest: [interest('page', 10)],
      stages: [stage('warm', { interest: { gte: 10 } })],
      mql: clause({ interest: { gt: 65 } }),
      fast_lanes: [lane('form', did('form'))],
    }),
  );
  await agree(db.database, await hire(db.database, workspace), pact, begun);
  await meet(db.database, workspace, 5, begun);
  const page = (lead: number) => ({ lead, at: begun + 60_000, type: 'page', properties: {} });
  await takeIn(db.database, workspace, [1, 2, 3, 4, 5].map(page));
  const goOn = await standingStill('folds');
  const marks = 'dirty_leads WHERE workspace_id = $1';
  expect(await count(marks)).toBe(5); // nothing of what it has begun is to be seen
  while ((await count(marks)) > 0) {
    await workUntilDone(db.database, Date.now());
    await pause(20); // until the server ends its session, its leads are its own
  }
  const told = () =>
    Promise.all([
      count("journal WHERE workspace_id = $1 AND what = 'lead.moved'"),
      count("outbox WHERE workspace_id = $1 AND topic = 'lead.moved'"),
      count('moves WHERE workspace_id = $1 AND replaced_at IS NULL'),
      count("lead_states WHERE workspace_id = $1 AND stage = 'warm'"),
    ]);
  const before = await told();
  expect(before[3]).toBe(5);
  expect(await goOn()).toBe(0);
  expect(await told()).toEqual(before);
  const verify = db.database.inWorkspace(workspace, (_, query) => verifyJournal(query, workspace));
  expect(await verify).toBeNull();
});

it('has no say any more in what became of an effect that another carried out', async () => {
  const parcel = { id: newId(Date.now()), topic: 'lead.moved', payload: {} };
  await db.database.inWorkspace(workspace, (_, query) => post(query, workspace, [parcel], Date.now()));
  const goOn = await standingStill('carries');
  const carried: string[] = [];
  const alone = async ({ id }: { id: string }) => {
    carried.push(id);
    return { kind: 'done' } as const;
  };
  const options = { database: db.database, log: openLog('silent') };
  while ((await pumpOnce(outboxQueue({}, { alone }), options)) === 0) await pause(20); // until the lease is over
  expect(await goOn()).toBe(0);
  expect(carried).toEqual([parcel.id]);
  const { rows } = await db.owner.query(
    'SELECT done_at IS NOT NULL AS done, failed_at, last_error, attempts FROM outbox WHERE workspace_id = $1',
    [workspace],
  );
  expect(rows).toEqual([{ done: true, failed_at: null, last_error: null, attempts: 2 }]);
});
