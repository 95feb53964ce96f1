/**
 * P2 and P5, through the service as it is run, on a seeded workspace:
 *
 * - from the 200 on an activity to the lead's new state, at a steady rate (a move, a handoff, the journal and the outbox
 *   are committed with the state)
 * - how many activities a second come in over HTTP in batches of 100 until the last is judged and its state written,
 *   against raw `unnest` inserts of 500 rows on two connections, in turns
 *
 *   node bench/worker.ts [--leads 100000] [--activities 2000000] [--rate 500] [--seconds 30] [--flood 40000] [--rounds 5]
 *     [--profile DIRECTORY]
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { newId } from '#platform/ids.ts';
import { Chance } from './support/chance.ts';
import { median } from './support/measure.ts';
import { withPlace } from './support/place.ts';
import { seed } from './support/seed.ts';
import { makeWriteKey, type Service, startService } from './support/service.ts';

const { values: given } = parseArgs({
  options: {
    leads: { type: 'string', default: '100000' },
    activities: { type: 'string', default: '2000000' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '30' },
    flood: { type: 'string', default: '40000' },
    rounds: { type: 'string', default: '5' },
    profile: { type: 'string' },
  },
});
const { profile, ...numbers } = given;
const { leads, activities, rate, seconds, flood, rounds } = Object.fromEntries(
  Object.entries(numbers).map(([name, text]) => [name, Number(text)]),
) as Record<keyof typeof numbers, number>;

const TICK = 20;
const chance = new Chance(11);
const PAGES = ['/pricing', '/blog/one', '/docs/start', '/cases/globex', '/careers'];
const since = (start: number): number => (performance.now() - start) / 1000;

function print(what: string, figure: number, unit: string): void {
  console.log(`${what.padEnd(58)} ${figure.toFixed(figure < 10 ? 2 : 0).padStart(9)} ${unit}`);
}

let sent = 0;
const eventOf = (lead: number): object => ({
  type: 'page',
  userId: `user-${lead}`,
  messageId: `bench-${process.pid}-${++sent}`,
  timestamp: new Date().toISOString(),
  properties: { path: chance.one(PAGES), title: 'A page', referrer: '' },
});
const randomLead = (): number => 1 + chance.whole(leads);

type House = { service: Service; key: string; workspace: string; pool: pg.Pool };

async function untilIdle({ pool, workspace }: House): Promise<void> {
  for (;;) {
    const { rows } = await pool.query({
      name: 'idle',
      text: `SELECT (SELECT count(*) FROM (SELECT FROM dirty_leads WHERE workspace_id = $1 LIMIT 1) d)
        + (SELECT count(*) FROM (SELECT FROM lead_states WHERE next_at <= now() LIMIT 1) s)
        + (SELECT count(*) FROM rejudgements WHERE finished_at IS NULL) AS n`,
      values: [workspace],
    });
    if (Number((rows as { n: string }[])[0]!.n) === 0) return;
    await pause(10);
  }
}

/** What PostgreSQL spent its time on. */
async function showStatements(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query(
    `SELECT round(total_exec_time) AS ms, calls, round(mean_exec_time::numeric, 2) AS each, rows,
       regexp_replace(left(query, 150), '\\s+', ' ', 'g') AS query
     FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 40`,
  );
  console.table(rows);
}

/** From the answer to the state; one lead of each portion is watched until it shows. */
async function latency(house: House): Promise<number[]> {
  const { service, key, workspace, pool } = house;
  const waiting = new Map<number, { at: number; answered: number }>();
  const took: number[] = [];
  let done = false;
  const watch = async (): Promise<void> => {
    while (!done || waiting.size > 0) {
      const { rows } = await pool.query({
        name: 'watch',
        text: 'SELECT lead, last_activity_at AS at FROM lead_states WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])',
        values: [workspace, [...waiting.keys()]],
      });
      for (const { lead, at } of rows as { lead: string; at: Date | null }[]) {
        const watched = waiting.get(Number(lead));
        if (watched === undefined || (at?.getTime() ?? 0) < watched.at) continue;
        took.push(performance.now() - watched.answered);
        waiting.delete(Number(lead));
      }
      await pause(3);
    }
  };
  const watching = watch();
  const posting: Promise<void>[] = [];
  const start = performance.now();
  for (let tick = 0; since(start) < seconds; tick++) {
    const some = Array.from({ length: Math.round((rate * TICK) / 1000) }, randomLead);
    const at = Date.now();
    const [first] = some;
    const posted = service.post(key, some.map(eventOf)).then(() => {
      if (!waiting.has(first!)) waiting.set(first!, { at, answered: performance.now() });
    });
    posting.push(posted);
    await pause(Math.max(0, (tick + 1) * TICK - since(start) * 1000));
  }
  await Promise.all(posting);
  done = true;
  await watching;
  return took.sort((a, b) => a - b);
}

const RAW = newId(0);
async function insertRaw(pool: pg.Pool, count: number): Promise<void> {
  const now = new Date();
  const rows = Array.from(
    { length: count },
    () => [newId(Date.now()), randomLead(), chance.one(PAGES)] as const,
  );
  await pool.query({
    name: 'raw',
    text: `INSERT INTO raw (workspace_id, id, lead, at, received_at, type, trust, properties)
      SELECT $1, x.id, x.lead, $4, $4, 'page', 'server', x.properties FROM unnest($2::uuid[], $3::bigint[], $5::jsonb[]) AS x (id, lead, properties)`,
    values: [
      RAW,
      rows.map(([id]) => id),
      rows.map(([, lead]) => lead),
      now,
      rows.map(([, , path]) => JSON.stringify({ path, title: 'A page', referrer: '' })),
    ],
  });
}

/** Works off a total in portions, with so many under way at once. @returns how many a second */
async function rateOf(
  total: number,
  size: number,
  lanes: number,
  work: () => Promise<void>,
  end = async () => {},
) {
  const start = performance.now();
  let left = total / size;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await end();
  return total / since(start);
}

await withPlace(
  async ({ running, owner, url }) => {
    let start = performance.now();
    const workspace = await seed(running.database, owner, { leads, activities });
    print('seeded', since(start), 's');
    const key = await makeWriteKey(owner, workspace);
    await owner.query('CREATE EXTENSION pg_stat_statements');
    await owner.query('CREATE TABLE raw (LIKE activities INCLUDING ALL)');
    const pool = new pg.Pool({ connectionString: url, max: 4 });
    const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const service = await startService(url, flags);
    const house: House = { service, key, workspace, pool };
    try {
      print('leads', leads, '');
      print('activities', activities, '');
      start = performance.now();
      await untilIdle(house);
      print('every lead judged for the first time', leads / since(start), 'leads/s');
      await owner.query('VACUUM ANALYZE');
      await owner.query('CHECKPOINT'); // a workspace grows over months: what was seeded lies on the disk by now

      for (let round = 0; round < Math.min(3, rounds) && seconds > 0; round++) {
        const took = await latency(house);
        const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]!;
        print(`P5 from the 200 to the state, at ${rate}/s: p50`, at(0.5), 'ms (wanted ≤ 150)');
        print('  p99', at(0.99), 'ms (wanted ≤ 1000)');
        print('  watched', took.length, 'activities');
        await untilIdle(house);
      }

      if (profile !== undefined) await owner.query('SELECT pg_stat_statements_reset()');
      const ratios: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const raw = await rateOf(flood, 500, 2, () => insertRaw(pool, 500));
        const whole = await rateOf(
          flood,
          100,
          8,
          () =>
            service.post(
              key,
              Array.from({ length: 100 }, () => eventOf(randomLead())),
            ),
          () => untilIdle(house),
        );
        ratios.push(whole / raw);
        print(`stored only ${raw.toFixed(0)}/s; stored, judged, state written`, whole, 'activities/s');
      }
      print('P2 judged / stored only, median', median(ratios), '(wanted ≥ 0.28)');
      if (profile !== undefined) await showStatements(owner);
    } finally {
      await pool.end();
      await service.stop();
    }
  },
  { shared_preload_libraries: 'pg_stat_statements', max_wal_size: '8GB' },
);
