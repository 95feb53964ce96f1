import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { dayIn, monthIn } from './local-date.ts';

test.each([
  ['America/New_York', '2026-02-01T04:59:59.999Z', '2026-01-31'],
  ['America/New_York', '2026-02-01T05:00:00Z', '2026-02-01'],
  ['Asia/Kathmandu', '2025-12-31T18:14:59Z', '2025-12-31'],
  ['Asia/Kathmandu', '2025-12-31T18:15:00Z', '2026-01-01'],
  ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
  ['UTC', '1969-12-31T23:59:59Z', '1969-12-31'],
  ['UTC', '2500-06-01T00:00:00Z', '2500-06-01'],
])('in %s, %s falls on %s', (zone, text, day) => {
  const instant = Temporal.Instant.from(text).epochMilliseconds;
  expect(dayIn(zone, instant)).toBe(day);
  expect(monthIn(zone, instant)).toBe(day.slice(0, 7));
});

it('agrees with Temporal anywhere at any time', () => {
  const zones = fc.constantFrom('America/Sao_Paulo', 'Pacific/Chatham', 'Europe/London', 'Asia/Tehran');
  fc.assert(
    fc.property(zones, fc.integer({ min: -8.64e15, max: 8.64e15 }), (zone, instant) => {
      const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
      expect(dayIn(zone, instant)).toBe(date.toString());
      expect(monthIn(zone, instant)).toBe(date.toPlainYearMonth().toString());
    }),
  );
});
