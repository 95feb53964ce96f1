import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { civilDate, dayNumber, readDay, sayDay, sayMonth, weekdayOf } from './civil.ts';

test.each([
  ['1970-01-01', 0, 3],
  ['1969-12-31', -1, 2],
  ['2000-02-29', 11_016, 1],
  ['2026-03-09', 20_521, 0],
  ['0001-01-01', -719_162, 0],
])('%s is day %i, weekday %i', (text, number, weekday) => {
  expect(readDay(text)).toBe(number);
  expect(sayDay(number)).toBe(text);
  expect(weekdayOf(number)).toBe(weekday);
});

test.each([
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '2026-4-3',
  '26-04-03',
  '2026-04-03T00:00',
  '',
])('%j is no day', (text) => expect(readDay(text)).toBeNull());

describe('days', () => {
  it('agree with Temporal over ten thousand years', () => {
    const epoch = Temporal.PlainDate.from('1970-01-01');
    fc.assert(
      fc.property(fc.integer({ min: -4_000_000, max: 4_000_000 }), (number) => {
        const date = epoch.add({ days: number });
        expect(civilDate(number)).toEqual({ year: date.year, month: date.month, day: date.day });
        expect(dayNumber(date.year, date.month, date.day)).toBe(number);
        expect(weekdayOf(number) + 1).toBe(date.dayOfWeek);
        expect(sayDay(number)).toBe(date.toString());
      }),
    );
  });

  it('say months of far years as ISO 8601 does', () => {
    expect(sayMonth(12_026, 3)).toBe('+012026-03');
    expect(sayMonth(-1, 12)).toBe('-000001-12');
  });
});
