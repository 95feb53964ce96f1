import { describe, expect, it } from 'vitest';
import { cohortsOf } from './cohorts.ts';
import { seededRandom } from './random.ts';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);

/** Ten leads a day over so many days, a fifth of which win within 60 days; deals are recorded from `from` to `until`. */
function funnel(days: number, from: number, until: number, seed = 1) {
  const random = seededRandom(seed);
  const rows = days * 10;
  const createdAt = Float64Array.from({ length: rows }, (_, i) => START + Math.floor(i / 10) * DAY);
  const won = new Uint8Array(rows);
  const closedAt = new Float64Array(rows).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    if (random() >= 0.2) continue;
    const closes = createdAt[row]! + random() * 60 * DAY;
    if (closes < START + from * DAY || closes > START + until * DAY) continue;
    won[row] = 1;
    closedAt[row] = closes;
  }
  return { createdAt, won, closedAt };
}
const comparable = ({ months }: ReturnType<typeof cohortsOf>) =>
  months.filter((month) => month.comparable).map(({ month }) => month);

describe('cohorts', () => {
  it('are the leads of a month, counted', () => {
    const { months, warnings, mature } = cohortsOf(
      Float64Array.of(START, START + DAY, START + 40 * DAY, Number.NaN),
      Uint8Array.of(1, 0, 0, 1),
      null,
    );
    expect(months).toEqual([
      { month: '2025-01', leads: 2, positives: 1, rate: 0.5, comparable: true },
      { month: '2025-02', leads: 1, positives: 0, rate: 0, comparable: true },
    ]);
    expect([warnings, mature]).toEqual([[], 4]);
  });

  it('of a whole record can all be compared', () => {
    const { createdAt, won, closedAt } = funnel(270, 0, 400);
    const cohorts = cohortsOf(createdAt, won, closedAt);
    expect(cohorts.warnings).toEqual([]);
    expect(comparable(cohorts)).toHaveLength(9);
  });

  it('from before deals were recorded are not comparable', () => {
    const { createdAt, won, closedAt } = funnel(270, 100, 400);
    const cohorts = cohortsOf(createdAt, won, closedAt);
    expect(comparable(cohorts)).toEqual(['2025-05', '2025-06', '2025-07', '2025-08', '2025-09']);
    expect(cohorts.warnings).toHaveLength(1);
    expect(cohorts.warnings[0]).toMatchObject({ code: 'not_comparable' });
    expect(cohorts.warnings[0]!.message).toMatch(
      /^The cohorts 2025-01 to 2025-04 \(1,200 leads\) are not comparable: deals are recorded only from 2025-04-\d\d/,
    );
  });

  it('too young to have won are called so', () => {
    const { createdAt, won, closedAt } = funnel(270, 0, 270);
    const cohorts = cohortsOf(createdAt, won, closedAt);
    expect(comparable(cohorts).at(-1)).toBe('2025-07');
    expect(cohorts.warnings).toHaveLength(1);
    expect(cohorts.warnings[0]!.message).toMatch(/^The cohorts 2025-08 to 2025-09 .* too young to compare/);
    expect(cohorts.mature).toBe(2120);
  });
});
