/** The measures of the example company, asked over the API: what was planted shows, and every number opens into its rows. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '#contract/measures.ts';
import { END, type Lived, liveThrough } from '#tests/support/acme-history.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { walk } from '#tests/support/openings.ts';

const db = withDatabase();
const api = withApi(db);
let lived: Lived;
let ask: Ask;

const YEAR = 'from=2025-01-01&to=2026-01-01';

beforeAll(async () => {
  lived = await liveThrough(db);
  api.now = END;
  ask = api.as(await api.key(lived.workspace, ['measures:read', 'measures:write']));
});

async function get<T>(path: string): Promise<T> {
  const { status, body } = await ask('GET', path);
  expect(status, `${path}: ${JSON.stringify(body)}`).toBe(200);
  return body as T;
}

const named = (figures: readonly Figure[], measure: string): Figure => {
  const found = figures.find((figure) => figure.measure === measure);
  expect(found, measure).toBeDefined();
  return found!;
};

type Scorecard = { marketing: Figure[]; sales: Figure[]; together: Figure[]; notes: string[] };

describe('the paired scorecard', () => {
  it('counts both teams on the same handoffs, and each number opens into its rows', async () => {
    const card = await get<Scorecard>(`/api/measures/scorecard?${YEAR}`);
    const volume = named(card.marketing, 'volume');
    expect(volume).toMatchObject({ promised: 12 * 45, unit: 'count' });
    const acceptance = named(card.marketing, 'acceptance');
    expect(acceptance.value).toBeGreaterThan(0.5);
    expect(acceptance).toMatchObject({ enough: true, promised: 0.75, kept: false });
    expect(named(card.together, 'won_value')).toMatchObject({ currency: 'EUR' });
    expect(await walk(ask, card)).toBeGreaterThan(10);
  });
});

describe('the agreement from both sides', () => {
  it('has a pace line, three clocks, and rows behind each', async () => {
    type Sla = {
      marketing: {
        volume: {
          days: number;
          day: number;
          actual: number;
          expected: number;
          line: { actual: number | null }[];
        };
      };
      sales: { terms: { term: string; attainment: Figure }[]; attempts: Figure; says: string };
    };
    const sla = await get<Sla>(`/api/measures/sla?${YEAR}`);
    const { volume } = sla.marketing;
    expect(volume.day).toBe(volume.days);
    expect(volume.line.at(-1)!.actual).toBe(volume.actual);
    expect(volume.expected).toBeCloseTo(540, 6);
    expect(sla.sales.terms.map(({ term }) => term)).toEqual(['accept', 'first_touch', 'decide']);
    // Planted: half of those who are called unreachable got fewer attempts than agreed.
    expect(sla.sales.attempts.value).toBeLessThan(0.8);
    expect(await walk(ask, sla)).toBeGreaterThan(20);
  });

  it('tells trust by month, and wins that both have a share in', async () => {
    type Trust = { months: { month: string }[]; trend: string; shared_wins: { latest: { says: string }[] } };
    const trust = await get<Trust>('/api/measures/trust?from=2025-04-01&to=2026-07-01&months=6');
    expect(trust.months.map(({ month }) => month)).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
    ]);
    expect(trust.shared_wins.latest).toHaveLength(5);
    expect(await walk(ask, trust)).toBeGreaterThan(30);
  });

  it('shows what changed with a version, on as many days before as after', async () => {
    type Change = { measure: string; says: string };
    const reply = await get<{ changes: Change[]; days: number; before: object }>(
      '/api/measures/before-and-after?version=2',
    );
    expect(reply.days).toBe(90);
    expect(reply.changes.map(({ measure }) => measure)).toContain('acceptance');
    await walk(ask, reply);
    expect(await get<{ before: null }>('/api/measures/before-and-after?version=1')).toMatchObject({
      before: null,
      changes: [],
    });
    const { status } = await ask('GET', '/api/measures/before-and-after?version=9');
    expect(status).toBe(404);
  });
});

describe('the funnel', () => {
  type Step = {
    rung: string;
    rate: Figure;
    reached: { count: number };
    skipped: { count: number };
    median_days: number | null;
  };
  type Cohort = {
    of: string;
    size: number;
    mature: number;
    young: number;
    steps: Step[];
    curve: { converted: number }[];
  };
  type Funnel = { cohorts: Cohort[] };

  it('watches every cohort as long, and opens into its rows', async () => {
    const { cohorts } = await get<Funnel>(
      '/api/measures/funnel?from=2025-01-01&to=2026-07-01&entry=conversion&horizon=90',
    );
    expect(cohorts.map(({ of }) => of)).toEqual(['all', 'marketing', 'sales']);
    const [all, ...parts] = cohorts;
    expect(all!.size).toBe(3000 + 23); // who came back after being recycled runs through it again
    expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(all!.size);
    expect(all!.young).toBeGreaterThan(0);
    for (const { steps } of cohorts) {
      const reached = steps.map(({ reached: { count } }) => count);
      expect(reached).toEqual(reached.toSorted((a, b) => b - a));
    }
    expect(await walk(ask, cohorts)).toBeGreaterThan(50);
  });

  it.each(['source', 'pass', 'month', 'tier'])('is told by %s', async (by) => {
    const { cohorts } = await get<Funnel>(`/api/measures/funnel?${YEAR}&by=${by}`);
    expect(cohorts.length).toBeGreaterThan(1);
    await walk(ask, cohorts.slice(0, 3));
  });

  it('tells every stage, how long leads stood there and where they went', async () => {
    const report = await get<{ stages: { stage: string }[] }>(`/api/measures/stages?${YEAR}`);
    expect(report.stages.map(({ stage }) => stage).slice(0, 2)).toEqual(['conversion', 'mql']);
    expect(await walk(ask, report)).toBeGreaterThan(10);
  });
});

describe('speed to lead', () => {
  type Group = { of: string; median: number; never: Figure; buckets: { bucket: string; won: Figure }[] };
  type Speed = { all: Group; groups: Group[]; says: string };

  it('shows the slow Fridays, in working hours', async () => {
    const speed = await get<Speed>(`/api/measures/speed?${YEAR}&by=weekday`);
    const days = new Map(speed.groups.map((group) => [group.of, group]));
    const friday = days.get('Friday')!;
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday']) {
      expect(friday.median).toBeGreaterThan(3 * days.get(day)!.median);
      expect(friday.never.value).toBeGreaterThan(days.get(day)!.never.value!);
    }
    expect(speed.says).toMatch(/^Friday: half of those touched within/);
    expect(await walk(ask, speed.all)).toBeGreaterThan(20);
    await walk(ask, friday);
  });

  it('is told by tier, and by the clock on the wall', async () => {
    const speed = await get<Speed>(`/api/measures/speed?${YEAR}&clock=wall`);
    expect(speed.groups.map(({ of }) => of)).toEqual(['hot', 'standard']);
    const working = await get<Speed>(`/api/measures/speed?${YEAR}`);
    expect(working.all.median).toBeLessThan(speed.all.median);
    await walk(ask, speed.groups);
  });
});
