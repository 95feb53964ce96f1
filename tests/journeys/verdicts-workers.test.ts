import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { readTimeline } from '#features/pacts/timeline.ts';
import { foldUp } from '#features/verdicts/fold.ts';
import { tellers } from '#features/verdicts/handlers.ts';
import { readLedgers } from '#features/verdicts/ledger.ts';
import { verifyJournal } from '#platform/journal/journal.ts';
import { openLog } from '#platform/log.ts';
import { startWorker } from '#server/worker.ts';
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
import { agree, hire, meet, takeIn, writable } from './verdicts-support.ts';

const db = withDatabase();
const LEADS = 30;

/** Every page is a rung further up. */
const pact = writable(
  buildPact({
    profile: [profile('kind', 40, attribute('kind', { is: 'x' }))],
    interest: [interest('page', 10, { half_life: '4w' })],
    stages: [10, 20, 30, 40, 50, 60].map((gte) => stage(`s${gte}`, { interest: { gt: gte - 5 } })),
    mql: clause({ interest: { gt: 65 } }),
    fast_lanes: [lane('form', did('form'))],
  }),
);

let workspace = '';
let begun = 0;

beforeEach(async () => {
  workspace = await db.newWorkspace();
  begun = Date.now() - 24 * HOUR;
  await agree(db.database, await hire(db.database, workspace), pact, begun);
  await meet(db.database, workspace, LEADS, begun);
});

const here = <Row extends object>(text: string) =>
  db.database.inWorkspace(workspace, (_, query) => query<Row>(text, [workspace]));

/** Activities of all leads, some of them late, a few at a time; each is on its own instant. */
async function write(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const minute = round % 5 === 4 ? round - 2.5 : round;
    const news = Array.from({ length: LEADS }, (_, i) => {
      const at = begun + Math.round((minute + 1) * 60_000) + i;
      return { lead: i + 1, at, type: 'page', properties: {} };
    });
    for (let i = 0; i < news.length; i += 7) await takeIn(db.database, workspace, news.slice(i, i + 7));
  }
}

async function drained(): Promise<void> {
  const patience = performance.now() + 20_000;
  for (;;) {
    const [left] = await here<{ n: number }>(
      `SELECT (SELECT count(*) FROM dirty_leads WHERE workspace_id = $1) + (SELECT count(*) FROM lead_states
         WHERE workspace_id = $1 AND next_at < now()) + (SELECT count(*) FROM rejudgements
         WHERE workspace_id = $1 AND finished_at IS NULL) AS n`,
    );
    if (left!.n === 0) return;
    if (performance.now() > patience) throw new Error(`${left!.n} marks are still waiting.`);
    await pause(20);
  }
}

/** Nothing is lost: states and moves are those of the whole ledger. Nothing is double: what was told is one chain. */
async function expectWhole(): Promise<void> {
  const all = Array.from({ length: LEADS }, (_, i) => i + 1);
  const [ledgers, timeline] = await db.database.inWorkspace(workspace, async (_, query) => [
    await readLedgers(query, workspace, all),
    await readTimeline(query, workspace),
  ]);
  const states = await here<{ lead: number; stage: string; id: string; mql_at: Date | null }>(
    'SELECT s.*, l.id FROM lead_states s JOIN leads l ON l.workspace_id = s.workspace_id AND l.number = s.lead WHERE s.workspace_id = $1',
  );
  const moves = await here<{ lead: number; at: Date; to_stage: string }>(
    'SELECT * FROM moves WHERE workspace_id = $1 AND replaced_at IS NULL ORDER BY at, id',
  );
  const told = await here<{ subject_id: string; data: { from: string | null; to: string } }>(
    "SELECT subject_id, data FROM journal WHERE workspace_id = $1 AND what = 'lead.moved' ORDER BY seq",
  );
  const sent = await here<{ payload: { lead: string; from: string | null; to: string } }>(
    "SELECT payload FROM outbox WHERE workspace_id = $1 AND topic = 'lead.moved' ORDER BY created_at, id",
  );
  expect(sent).toHaveLength(told.length);
  expect(states).toHaveLength(LEADS);
  for (const { lead, stage: now, id, mql_at } of states) {
    const wanted = foldUp(null, ledgers.get(lead)!.occurrences, timeline.versions, Date.now())!;
    expect(now).toBe(wanted.carried.standing!.stage);
    expect(mql_at?.getTime() ?? null).toBe(wanted.carried.mql_at);
    expect(
      moves.filter((one) => one.lead === lead).map(({ at, to_stage }) => [at.getTime(), to_stage]),
    ).toEqual(wanted.passages.map(({ move }) => [move.at, move.to]));
    let stands: string | null = null;
    for (const { data } of told.filter(({ subject_id }) => subject_id === id)) {
      expect(data.from).toBe(stands);
      stands = data.to;
    }
    expect(stands).toBe(now);
  }
  expect(await db.database.inWorkspace(workspace, (_, query) => verifyJournal(query, workspace))).toBe(null);
}

test('several workers on the same leads lose nothing and do nothing twice', async () => {
  const workers = Array.from({ length: 3 }, () =>
    startWorker({ database: db.database, log: openLog('warn'), handlers: tellers, most: 10 }),
  );
  await write(12);
  await drained();
  await Promise.all(workers.map((worker) => worker.stop()));
  await expectWhole();
});

test('a worker that is killed at any moment has lost nothing and done nothing twice', async () => {
  const script = new URL('./verdicts-worker.ts', import.meta.url).pathname;
  const start = (): ChildProcess =>
    spawn(process.execPath, [script, JSON.stringify(db.logins.app)], { stdio: 'inherit' });
  let worker = start();
  const writing = write(25);
  for (let kills = 0; kills < 4; kills++) {
    await pause(500 + 130 * kills);
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
    worker = start();
  }
  await writing;
  await drained();
  worker.kill('SIGKILL');
  await expectWhole();
});
