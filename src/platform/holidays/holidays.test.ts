import { describe, expect, it, test } from 'vitest';
import { compileCalendar } from '#engine/calendar/calendar.ts';
import { CalendarError } from '#engine/calendar/calendar-error.ts';
import { dueAt } from '#engine/calendar/clock.ts';
import { UnknownRegion } from '#engine/calendar/holidays.ts';
import { openHolidayBook } from './holidays.ts';

const book = await openHolidayBook();
const daysOf = (region: string, year: number): string =>
  book(region, year)
    .map((day) => day.slice(5))
    .join(' ');

describe('public holidays', () => {
  test.each([
    // The federal holidays; Independence Day is a Saturday, so Friday is kept.
    ['US', 2026, '01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25'],
    // New Year's Day of 2028 is a Saturday: its Friday lies in 2027.
    ['US', 2027, '01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31'],
    // Corpus Christi (06-04), Epiphany and All Saints are Bavaria's own.
    ['DE-BY', 2026, '01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26'],
    ['DE', 2026, '01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26'],
    // Assumption, where most people are Catholic.
    ['DE-BY-KATH', 2026, '01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 08-15 10-03 11-01 12-25 12-26'],
    // Boxing Day is a Saturday: Monday stands in.
    ['GB-ENG', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28'],
    // New Year's Day and Christmas Day stood in for, the spring holiday moved, a jubilee, a funeral.
    ['GB-ENG', 2022, '01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27'],
  ])('of %s in %i', (region, year, days) => expect(daysOf(region, year)).toBe(days));

  it('close every whole day of a feast, and no half one', () => {
    expect(daysOf('TR', 2026)).toContain('03-20 03-21 03-22 04-23'); // three and a half days
    expect(daysOf('RU', 2026)).toContain('01-01 01-02 01-03 01-04 01-05 01-06');
    expect(daysOf('IS', 2026)).not.toMatch(/12-24|12-31/); // from 13:00
  });

  it('close a day of 23 hours, and the days of a feast that the new year cuts', () => {
    expect(daysOf('AL', 2013)).toContain('03-31'); // Easter, and clocks put forward
    expect(daysOf('TR', 2006)).toMatch(/12-31$/);
    expect(daysOf('TR', 2007)).toMatch(/^01-01 01-02 01-03/);
  });

  it('are worked out once', () => expect(book('FR', 2026)).toBe(book('fr', 2026)));

  it('are refused for years out of reach', () => {
    expect(() => book('US', 9999)).toThrow('found the year 9999, wanted one from 1800 to 2300');
  });
});

describe('codes', () => {
  test.each([
    ['de-by', 'DE-BY'],
    ['DE.BY', 'DE-BY'],
    ['nz-can-timaru', 'NZ-CAN-TIMARU'],
    ['CK-Aitutaki', 'CK-AITUTAKI'],
    [' GB-ENG ', 'GB-ENG'],
  ])('%s is %s', (code, same) => expect(book(code, 2026)).toBe(book(same, 2026)));

  test.each<[string, string[]]>([
    ['UK', ['GB']],
    ['USA', ['US']],
    ['Bayern', ['DE-BY']],
    ['United Kindom', ['GB']],
    ['England', ['GB-ENG']],
    ['Germny', ['DE']],
    ['BR-GO-XX', ['BR-GO-GOIANIA']],
    ['GB-XYZ', ['GB-ALD', 'GB-ENG', 'GB-NIR', 'GB-SCT', 'GB-WLS']],
    ['JP-13', ['JP']],
    ['US-LA-NO-1', ['US-LA-NO']],
    ['qqqqqqq', []],
    ['', []],
    ['__proto__', []],
  ])('%j is none; near it: %j', (code, near) => {
    try {
      book(code, 2026);
    } catch (error) {
      expect(error).toBeInstanceOf(UnknownRegion);
      expect((error as UnknownRegion).nearest).toEqual(near);
      return;
    }
    throw new Error('known');
  });
});

describe('a calendar with the book', () => {
  const office = (zone: string, region: string) => {
    const day: [string, string][] = [['09:00', '17:00']];
    return compileCalendar(
      { zone, hours: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays: [region] },
      book,
    );
  };

  test.each([
    ['America/New_York', 'US', '2026-07-02T16:00-04:00', '2026-07-06T16:00-04:00'],
    ['Europe/Berlin', 'DE-BY', '2026-06-03T16:00+02:00', '2026-06-05T16:00+02:00'],
    ['Europe/London', 'GB-ENG', '2026-12-24T16:00+00:00', '2026-12-29T16:00+00:00'],
  ])('in %s with %s: a working day after %s', (zone, region, from, due) => {
    const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
    expect(dueAt(office(zone, region), at(from), { days: 1, minutes: 0 })).toBe(at(due));
  });

  it('names a region that the book does not know', () => {
    expect(() => office('Europe/London', 'UK')).toThrow(CalendarError);
    expect(() => office('Europe/London', 'UK')).toThrow(
      'found "UK", wanted the code of a region whose public holidays are known (calendar.holidays[0]); did you mean GB',
    );
  });
});
