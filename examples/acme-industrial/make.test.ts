import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { FILES, rows } from '#features/demo/simulation/rows.ts';
import { COMMITTED, type Size, simulate } from '#features/demo/simulation/simulate.ts';
import { addWorkingMinutes, DAY, END, START, stamp, weekday } from '#features/demo/simulation/time.ts';

const script = join(import.meta.dirname, 'make.ts');
const folder = mkdtempSync(join(tmpdir(), 'acme-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...options: string[]) => spawnSync(process.execPath, [script, ...options], { encoding: 'utf8' });

describe('the committed history', () => {
  test('is what the script makes, byte for byte', () => {
    expect(run('--out', folder)).toMatchObject({ status: 0, stderr: '' });
    for (const name of Object.keys(FILES)) {
      const made = readFileSync(join(folder, `${name}.csv`));
      const committed = readFileSync(join(import.meta.dirname, `${name}.csv`));
      expect(made.equals(committed), `${name}.csv differs: run npm run example`).toBe(true);
    }
  });

  test('is small enough to live in the repository', () => {
    const bytes = Object.keys(FILES).map(
      (name) => readFileSync(join(import.meta.dirname, `${name}.csv`)).length,
    );
    expect(bytes.reduce((sum, n) => sum + n)).toBeLessThan(3_000_000);
  });
});

describe('a history of any size', () => {
  const lines = (size: Size): string[] =>
    [...simulate(size)].flatMap((told) => Object.values(rows(told)).flat());

  test('is a function of its seed and size alone', () => {
    const size = { seed: 7, leads: 200, activities: 12 };
    expect(lines(size)).toEqual(lines(size));
    expect(lines({ ...size, seed: 8 })).not.toEqual(lines(size));
  });

  test('has about as many activities as were asked for', () => {
    for (const activities of [6, 10, 20, 50]) {
      const told = [...simulate({ seed: 3, leads: 600, activities })];
      const mean = told.reduce((sum, { activities }) => sum + activities.length, 0) / told.length;
      expect(mean / activities).toBeGreaterThan(0.85);
      expect(mean / activities).toBeLessThan(1.15);
    }
  });

  test('comes in the order of time and stays within its 18 months', () => {
    let before = 0;
    for (const { person, activities, handoffs, deal } of simulate(COMMITTED)) {
      expect(person.createdAt).toBeGreaterThanOrEqual(before);
      before = person.createdAt;
      const instants = activities.map(({ at }) => at);
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
      const moments = handoffs.flatMap(({ at, firstTouchAt, decidedAt }) => [
        at,
        firstTouchAt ?? at,
        decidedAt ?? at,
      ]);
      const last = Math.max(...instants, ...moments, deal?.createdAt ?? 0, deal?.closedAt ?? 0);
      expect(last).toBeLessThan(END);
      expect(Math.min(...instants)).toBeGreaterThan(START - DAY);
      // Nothing that a lead does tells how its deal ended.
      if (deal?.closedAt) expect(deal.closedAt).toBeGreaterThan(instants.at(-1)!);
    }
  });

  test('streams: a large one starts at once', () => {
    expect(simulate({ seed: 1, leads: 100_000_000, activities: 20 }).next().value.id).toBe('L1');
  });
});

describe('the call', () => {
  test.each([
    ['--leads', 'many', '--leads many: wanted a whole number from 1 to 100000000.'],
    ['--activities', '2', '--activities 2: wanted a whole number from 5 to 1000.'],
    ['--sede', '1', "Unknown option '--sede'"],
  ])('%s %s is answered in words', (option, value, message) => {
    const { status, stderr, stdout } = run(option, value);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run example');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
  });
});

describe('working time in Nuremberg', () => {
  test.each([
    // from, minutes, due (all UTC)
    ['2025-03-04T09:12Z', 30, '2025-03-04T09:42Z'],
    ['2025-03-07T13:30Z', 60, '2025-03-10T07:30Z'], // Friday closes at 15:00 local
    ['2025-03-28T13:00Z', 120, '2025-03-31T07:00Z'], // summer time begins that Sunday
    ['2025-04-17T14:00Z', 90, '2025-04-22T06:30Z'], // Easter
    ['2025-10-02T12:00Z', 240, '2025-10-06T07:00Z'], // German Unity Day is a Friday
    ['2025-12-23T16:30Z', 10, '2025-12-29T07:10Z'], // closed from Christmas Eve to the weekend
    ['2026-05-09T10:00Z', 0, '2026-05-11T06:00Z'], // a Saturday waits for Monday
  ])('%s and %i minutes: %s', (from, minutes, due) => {
    expect(stamp(addWorkingMinutes(Date.parse(from), minutes))).toBe(due);
  });

  test('days turn at local midnight', () => {
    expect(weekday(Date.parse('2025-07-06T21:59Z'))).toBe(0);
    expect(weekday(Date.parse('2025-07-06T22:00Z'))).toBe(1);
  });
});
