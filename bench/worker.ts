// What the worker does and how soon: from an activity's commit to the lead's new state, at a steady rate; and how many
// activities a second are stored and folded, against how many are only stored, in the same run on the same server.
//   node bench/worker.ts [--leads 10000] [--each 20] [--rate 500] [--seconds 15] [--flood 40000]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parsePact } from '#engine/pact/parse.ts';
import { templates } from '#engine/pact/templates/index.ts';
import { tellers } from '#features/verdicts/handlers.ts';
import { readConfig } from '#platform/config/config.ts';
import { startDatabase } from '#platform/db/start.ts';
import type { Query } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { startWorker } from '#server/worker.ts';
import { agree, hire } from '#tests/journeys/verdicts-support.ts';
import { Chance } from './support/chance.ts';

const { values } = parseArgs({
  options: {
    leads: { type: 'string', default: '10000' },
    each: { type: 'string', default: '20' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '15' },
    flood: { type: 'string', default: '40000' },
  },
});
const [leads, each, rate, seconds, flood] = ['leads', 'each', 'rate', 'seconds', 'flood'].map((name) =>
  Number(values[name as keyof typeof values]),
) as [number, number, number, number, number];

const DAY = 86_400_000;
const chance = new Chance(11);
const directory = mkdtempSync(join(tmpdir(), 'leadpact-bench-'));
const log = openLog('warn');
const config = readConfig({ LEADPACT_DATA: directory }, '/');
const { database, stop } = await startDatabase({
  config,
  secret: 'x'.repeat(40),
  log,
  connections: 10,
  wait: 5_000,
});
const workspace = newId(Date.now());
const here = <T>(work: (query: Query) => Promise<T>): Promise<T> =>
  database.inWorkspace(workspace, (_, query) => work(query), { statementTimeout: 600_000 });

type Activity = { lead: number; at: number };
const PAGES = ['/pricing', '/blog/one', '/docs/start', '/cases/globex', '/careers'];

/** Stores activities; with a mark on each lead, as ingest does, or without. */
const store = (rows: readonly Activity[], marked: boolean): Promise<void> =>
  here(async (query) => {
    const received = Date.now();
    const ids = rows.map(() => newId(received));
    const properties = rows.map(() =>
      JSON.stringify({ path: chance.one(PAGES), title: 'A page', referrer: '' }),
    );
    await query(
      `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
       SELECT $1, id, lead, at, $5, 'page', 'server', properties
       FROM unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $6::jsonb[]) AS x (id, lead, at, properties)`,
      [
        workspace,
        ids,
        rows.map(({ lead }) => lead),
        rows.map(({ at }) => new Date(at)),
        new Date(received),
        properties,
      ],
      'store',
    );
    if (!marked) return;
    const touched = Map.groupBy(ids.keys(), (i) => rows[i]!.lead);
    await query(
      'INSERT INTO dirty_leads SELECT $1, mark, lead, activities::uuid[] FROM unnest($2::uuid[], $3::bigint[], $4::text[]) AS x (mark, lead, activities)',
      [
        workspace,
        [...touched].map(() => newId(received)),
        [...touched.keys()],
        [...touched.values()].map((some) => `{${some.map((i) => ids[i]).join(',')}}`),
      ],
      'mark',
    );
  });

const randomLead = () => 1 + chance.whole(leads);
const inChunks = async (total: number, size: number, work: (count: number) => Promise<void>) => {
  for (let done = 0; done < total; done += size) await work(Math.min(size, total - done));
};

async function waitUntilIdle(): Promise<void> {
  for (;;) {
    const [left] = await here((query) =>
      query<{ n: number }>(
        `SELECT (SELECT count(*) FROM (SELECT FROM dirty_leads LIMIT 1) d) + (SELECT count(*) FROM (
           SELECT FROM lead_states WHERE next_at <= now() LIMIT 1) s) + (SELECT count(*) FROM rejudgements
           WHERE finished_at IS NULL) AS n`,
      ),
    );
    if (left!.n === 0) return;
    await pause(20);
  }
}

function print(what: string, figure: number, unit: string): void {
  console.log(`${what.padEnd(58)} ${figure.toFixed(figure < 10 ? 2 : 0).padStart(9)} ${unit}`);
}

const since = (start: number): number => (performance.now() - start) / 1000;

async function prepare(): Promise<void> {
  await database.inWorkspace(workspace, (tx) =>
    tx.insertInto('workspaces').values({ workspace_id: workspace, name: 'Bench' }).execute(),
  );
  const now = Date.now();
  await agree(
    database,
    await hire(database, workspace),
    parsePact(templates.saas.source).pact,
    now - 400 * DAY,
  );
  await here((query) =>
    query(
      `INSERT INTO leads (workspace_id, number, id, email, created_at)
       SELECT $1, n, gen_random_uuid(), 'lead' || n || '@acme.example', $3 FROM generate_series(1, $2) n`,
      [workspace, leads, new Date(now - 60 * DAY)],
    ),
  );
  await inChunks(leads * each, 5_000, (count) => {
    const rows = Array.from({ length: count }, () => ({
      lead: randomLead(),
      at: now - 1 - chance.whole(60 * DAY),
    }));
    return store(rows, false);
  });
  await here((query) => query('ANALYZE').catch(() => []));
}

/** From commit to state, at a steady rate; each of so many activities is watched until it shows. */
async function latency(): Promise<number[]> {
  const waiting = new Map<number, { at: number; stored: number }>();
  const took: number[] = [];
  let done = false;
  const watch = async () => {
    while (!done || waiting.size > 0) {
      if (waiting.size > 0) {
        const rows = await here((query) =>
          query<{ lead: number; last_activity_at: Date | null }>(
            'SELECT lead, last_activity_at FROM lead_states WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])',
            [workspace, [...waiting.keys()]],
            'watch',
          ),
        );
        for (const { lead, last_activity_at } of rows) {
          const watched = waiting.get(lead);
          if (watched === undefined || (last_activity_at?.getTime() ?? 0) < watched.at) continue;
          took.push(performance.now() - watched.stored);
          waiting.delete(lead);
        }
      }
      await pause(2);
    }
  };
  const watching = watch();
  const start = performance.now();
  for (let tick = 0; since(start) < seconds; tick++) {
    const rows = Array.from({ length: Math.round(rate / 50) }, () => ({
      lead: randomLead(),
      at: Date.now(),
    }));
    const sent = performance.now();
    await store(rows, true);
    const { lead, at } = rows[0]!;
    if (!waiting.has(lead)) waiting.set(lead, { at, stored: sent });
    await pause(Math.max(0, (tick + 1) * 20 - since(start) * 1000));
  }
  done = true;
  await watching;
  return took.sort((a, b) => a - b);
}

const fresh = (): Activity => ({ lead: randomLead(), at: Date.now() });
const pour = (marked: boolean) =>
  inChunks(flood, 500, (count) => store(Array.from({ length: count }, fresh), marked));

try {
  await prepare();
  print('leads', leads, '');
  print('activities stored before', leads * each, '');
  const worker = startWorker({ database, log, handlers: tellers });
  let start = performance.now();
  await waitUntilIdle();
  print('every lead judged for the first time', leads / since(start), 'leads/s');

  const took = await latency();
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]!;
  print(`from the send of an activity to its state, at ${rate}/s: p50`, at(0.5), 'ms');
  print('  p95', at(0.95), 'ms');
  print('  p99', at(0.99), 'ms');
  print('  watched', took.length, 'activities');
  await waitUntilIdle();
  await worker.stop();

  start = performance.now();
  await pour(false);
  const raw = flood / since(start);
  print('stored only', raw, 'activities/s');

  const again = startWorker({ database, log, handlers: tellers });
  start = performance.now();
  await pour(true);
  await waitUntilIdle();
  const whole = flood / since(start);
  print('stored, judged, state written', whole, 'activities/s');
  print('ratio', whole / raw, '');
  await again.stop();
} finally {
  await stop();
  rmSync(directory, { recursive: true, force: true });
}
