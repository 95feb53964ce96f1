import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { readTimestamp } from './instants.ts';

const driver = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

const digits = (n: number, width: number): string => String(n).padStart(width, '0');
const written = fc
  .tuple(
    fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.nat(3),
  )
  .map(([date, places]) => {
    const fraction = places === 0 ? '' : `.${digits(date.getUTCMilliseconds(), 3).slice(0, places)}`;
    return `${date.toISOString().slice(0, 19).replace('T', ' ')}${fraction}+00`;
  });

test('an instant is read as the driver reads it', () => {
  fc.assert(
    fc.property(written, (text) => {
      expect(readTimestamp(text).getTime()).toBe(driver(text).getTime());
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  '2026-03-01 12:00:00.123456+00',
  '2026-03-01 12:00:00.12+02',
  '2026-03-01 12:00:00+05:45',
  '0044-03-15 12:00:00+00 BC',
  '12026-03-01 12:00:00+00',
  'infinity',
  '-infinity',
])('what is written in another way (%s) is left to the driver', (text) => {
  expect(Number(readTimestamp(text))).toBe(Number(driver(text)));
});
