import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInstant } from '#engine/criterion/value.ts';
import { type DayOrder, OrderEvidence, orderEvidence, readDate } from './dates.ts';

const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString().replace(/\.000Z$/, 'Z');

describe('dates', () => {
  const read: [text: string, order: DayOrder | null, wanted: string | null][] = [
    ['2026-01-31', null, '2026-01-31T00:00:00Z'],
    [' 2026-01-31 09:30 ', null, '2026-01-31T09:30:00Z'],
    ['2026-01-31T09:30:15.250Z', null, '2026-01-31T09:30:15.250Z'],
    ['2026-01-31 3:15:52', null, '2026-01-31T03:15:52Z'],
    ['2023-11-11 08:18:16.519000 UTC', null, '2023-11-11T08:18:16.519Z'],
    ['2026-01-31T09:30:00.000+0000', null, '2026-01-31T09:30:00Z'],
    ['2026-01-31T09:30+05:30', null, '2026-01-31T04:00:00Z'],
    ['2026/1/5', null, '2026-01-05T00:00:00Z'],
    ['03/04/2026', 'dmy', '2026-04-03T00:00:00Z'],
    ['03/04/2026', 'mdy', '2026-03-04T00:00:00Z'],
    ['03/04/2026', null, null],
    ['4/4/2026', null, '2026-04-04T00:00:00Z'],
    ['31/01/2026', 'mdy', null],
    ['26-02-2018 19:58', 'dmy', '2018-02-26T19:58:00Z'],
    ['3.4.26', null, '2026-04-03T00:00:00Z'],
    ['1/29/99', 'mdy', '1999-01-29T00:00:00Z'],
    ['1/29/2026, 12:05 AM', 'mdy', '2026-01-29T00:05:00Z'],
    ['1/29/2026 12:05 p.m.', 'mdy', '2026-01-29T12:05:00Z'],
    ['1/29/2026 13:05 PM', 'mdy', null],
    ['13 Oct 2025', null, '2025-10-13T00:00:00Z'],
    ['October 13, 2025 9:05 PM', null, '2025-10-13T21:05:00Z'],
    ['13-Octo-2025', null, '2025-10-13T00:00:00Z'],
    ['13 Foo 2025', null, null],
    ['1767225600', null, '2026-01-01T00:00:00Z'],
    ['1767225600250', null, '2026-01-01T00:00:00.250Z'],
    ['2026-02-30', null, null],
    ['29/02/2023', 'dmy', null],
    ['', null, null],
    ['45000', null, null],
    ['2026', null, null],
  ];
  test.each(read)('%s (%s) → %s', (text, order, wanted) => {
    expect(iso(readDate(text, { order }))).toBe(wanted);
  });

  const zoned: [text: string, wanted: string][] = [
    ['2026-01-31', '2026-01-31T05:00:00Z'],
    ['2026-07-01 09:30', '2026-07-01T13:30:00Z'],
    ['2026-07-01T09:30Z', '2026-07-01T09:30:00Z'],
    ['2026-03-08 02:30', '2026-03-08T07:30:00Z'], // skipped by the clocks: read as if they had not moved yet
    ['2026-11-01 01:30', '2026-11-01T05:30:00Z'], // shown twice: the first time
  ];
  test.each(zoned)('%s in New York → %s', (text, wanted) => {
    expect(iso(readDate(text, { order: null, zone: 'America/New_York' }))).toBe(wanted);
  });

  test('the quick way reads what the engine reads', () => {
    const two = fc.integer({ min: 0, max: 65 }).map((n) => String(n).padStart(2, '0'));
    const year = fc.integer({ min: 1500, max: 2400 });
    fc.assert(
      fc.property(
        year,
        two,
        two,
        two,
        two,
        two,
        fc.constantFrom(' ', 'T', ':'),
        (y, mo, d, h, mi, s, gap) => {
          for (const text of [
            `${y}-${mo}-${d}`,
            `${y}-${mo}-${d}${gap}${h}:${mi}`,
            `${y}-${mo}-${d}${gap}${h}:${mi}:${s}`,
          ]) {
            expect(readDate(text, { order: null })).toBe(readInstant(text));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  const evidence: [text: string, wanted: DayOrder | 'either' | null][] = [
    ['13/01/2026', 'dmy'],
    ['01/13/2026', 'mdy'],
    ['01-02-2026 09:30', 'either'],
    ['05/05/2026', null],
    ['13/13/2026', null],
    ['13.01.2026', null],
    ['2026-01-13', null],
    ['x', null],
  ];
  test.each(evidence)('%s speaks for %s', (text, wanted) => {
    expect(orderEvidence(text)).toBe(wanted);
  });

  const columns: [cells: string[], wanted: DayOrder | null | 'unsaid'][] = [
    [['2026-01-01', ''], null],
    [['01/02/2026'], 'unsaid'],
    [['01/02/2026', '13/02/2026'], 'dmy'],
    [['13/02/2026', '14/02/2026', '02/14/2026'], 'dmy'],
    [['13/02/2026', '02/14/2026'], 'unsaid'],
  ];
  test.each(columns)('a column of %j has the order %s', (cells, wanted) => {
    const seen = new OrderEvidence();
    for (const cell of cells) seen.see(cell);
    expect(seen.order).toBe(wanted);
  });
});
