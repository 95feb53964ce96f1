/**
 * What the measures cost at size, by the time between the question and the answer within the service (no network): over
 * the whole year, in which everything lies, and over the quarter that runs, narrowed down as well.
 *
 *   node bench/measures.ts [--leads 100000] [--handoffs 30000] [--rounds 20]
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Caller } from '#features/people/policy.ts';
import { scorecardRoutes } from '#features/scorecards/routes.ts';
import { openHouse } from '#server/house.ts';
import { median } from './support/measure.ts';
import { seedMeasured } from './support/measured.ts';
import { withPlace } from './support/place.ts';
import { seed } from './support/seed.ts';

const { values } = parseArgs({
  options: {
    leads: { type: 'string', default: '100000' },
    handoffs: { type: 'string', default: '30000' },
    rounds: { type: 'string', default: '20' },
  },
});
const { leads, handoffs, rounds } = Object.fromEntries(
  Object.entries(values).map(([name, text]) => [name, Number(text)]),
) as Record<keyof typeof values, number>;
const WANTED = 300;
const DAY = 86_400_000;
const day = (ago: number): string => new Date(Date.now() - ago * DAY).toISOString();
const year = { from: day(360), to: day(-1) };

const QUESTIONS: [what: string, path: string, query: Record<string, unknown>][] = [
  ['scorecard, year', '/api/measures/scorecard', year],
  ['scorecard, quarter', '/api/measures/scorecard', {}],
  ['scorecard, year, one source', '/api/measures/scorecard', { ...year, source: 'webinar' }],
  ['scorecard, quarter, one source', '/api/measures/scorecard', { source: 'webinar' }],
  ['scorecard, year, one team', '/api/measures/scorecard', { ...year, team: 'north' }],
  ['quarter report', '/api/reports/quarter', {}],
  ['weekly digest', '/api/reports/digest', {}],
  ['promises, year', '/api/measures/sla', year],
  ['trust', '/api/measures/trust', {}],
  ['funnel, year', '/api/measures/funnel', year],
  ['speed to lead, year', '/api/measures/speed', year],
  ['leaks, year', '/api/measures/leaks', year],
  ['missed wins, year', '/api/measures/missed-wins', year],
  ['cost of misalignment, year', '/api/measures/misalignment', year],
  ['sources, year', '/api/measures/sources', year],
];

await withPlace(async ({ running: { database }, owner }) => {
  const workspace = await seed(database, owner, { leads, activities: leads * 3 });
  await seedMeasured(owner, workspace, leads, handoffs);
  const house = openHouse({
    database,
    clock: () => Date.now(),
    secret: 'x'.repeat(40),
    publicUrl: 'http://localhost',
    mailed: false,
  });
  const caller: Caller = { kind: 'member', workspace, id: workspace, party: 'sales', rank: 'manager' };
  console.log(
    `${leads} leads, ${handoffs} handoffs; wanted: p95 ≤ ${WANTED} ms, load ${loadavg()[0]!.toFixed(1)}`,
  );
  for (const [what, path, query] of QUESTIONS) {
    const route = scorecardRoutes.find((one) => one.method === 'GET' && one.path === path)!;
    const took: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const begun = performance.now();
      await route.answer(house, caller, { params: {}, query, body: {}, ifMatch: null });
      if (round >= 0) took.push(performance.now() - begun);
    }
    took.sort((a, b) => a - b);
    const p95 = took[Math.min(took.length - 1, Math.floor(took.length * 0.95))]!;
    console.log(
      `${p95 <= WANTED ? '   ' : 'not'} ${what.padEnd(34)} ${median(took).toFixed(0).padStart(6)} ${p95.toFixed(0).padStart(6)} ms`,
    );
  }
});
