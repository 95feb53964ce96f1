import { expect, test } from 'vitest';
import { compileCalendar } from '#engine/calendar/calendar.ts';
import { countByWeek, missedTouches, perWeek } from './workload.ts';

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2026, 0, 5);
const calendar = compileCalendar(
  { zone: 'UTC', hours: { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']] }, holidays: [] },
  { regions: () => [], has: () => false } as never,
);

test('weeks begin on the Monday of their zone, and those without anything are counted too', () => {
  const sundayNight = MONDAY - 1;
  expect(countByWeek([MONDAY + 15 * 24 * HOUR, sundayNight, MONDAY], 'UTC')).toEqual([
    { week: '2025-12-29', count: 1 },
    { week: '2026-01-05', count: 1 },
    { week: '2026-01-12', count: 0 },
    { week: '2026-01-19', count: 1 },
  ]);
  expect(countByWeek([sundayNight], 'Asia/Tokyo')).toEqual([{ week: '2026-01-05', count: 1 }]);
  expect(countByWeek([], 'UTC')).toEqual([]);
});

test('what arrives faster than it can be worked is touched too late', () => {
  const within = { days: 0, minutes: 60 };
  // 16 open hours a week and 8 MQLs: two hours each. Three at once: at 0, 2 and 4 hours.
  const at = MONDAY + 9 * HOUR;
  expect(missedTouches([at, at, at], calendar, 8, within)).toBe(2);
  expect(missedTouches([at, at, at], calendar, 8, { days: 0, minutes: 120 })).toBe(1);
  expect(missedTouches([at, at, at], calendar, 1_000, within)).toBe(0);
  // Closed hours count neither for the promise nor for the work.
  expect(missedTouches([MONDAY + 16.5 * HOUR, MONDAY + 24 * HOUR], calendar, 16, within)).toBe(0);
  expect(missedTouches([], calendar, 1, within)).toBe(0);
});

test('a capacity a month is one of some four and a third weeks', () => {
  expect(perWeek(435) / 100).toBeCloseTo(1, 2);
});
