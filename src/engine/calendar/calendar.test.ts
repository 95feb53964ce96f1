import { describe, expect, it, test } from 'vitest';
import type { CalendarText } from '#engine/pact/pact.ts';
import { compileCalendar } from './calendar.ts';
import { CalendarError } from './calendar-error.ts';
import { readDay } from './civil.ts';
import { type HolidayBook, UnknownRegion } from './holidays.ts';

const OFFICE: CalendarText = {
  zone: 'America/New_York',
  hours: {
    mon: [['09:00', '17:00']],
    fri: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
  },
  holidays: [],
};
const book: HolidayBook = (region, year) => {
  if (region !== 'US') throw new UnknownRegion(region, ['US', 'UA']);
  return [`${year}-05-25`, `${year}-07-03`];
};
const HOUR = 3_600_000;

function faultsOf(part: Partial<CalendarText>): string[] {
  try {
    compileCalendar({ ...OFFICE, ...part }, book);
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    expect(error.message.split('\n')).toHaveLength(error.faults.length);
    return error.faults.map(({ path, message, hint }) => `${path}: ${message}${hint ? `; ${hint}` : ''}`);
  }
  throw new Error('compiled');
}

describe('the hours of a day', () => {
  const calendar = compileCalendar(
    { ...OFFICE, holidays: ['US', '2026-03-09', { date: '2026-07-03', hours: [['10:00', '11:30']] }] },
    book,
  );
  test.each([
    ['2026-03-02', [[9, 17]]], // a Monday
    ['2026-03-03', []], // not in the week
    [
      '2026-03-06',
      [
        [9, 12],
        [13, 17],
      ],
    ], // several spans
    ['2026-03-09', []], // its own date
    ['2026-05-25', []], // holiday of the region
    ['2027-05-24', [[9, 17]]], // another year, another day
    ['2026-07-03', [[10, 11.5]]], // holiday of the region, but its own date has hours
  ])('%s', (day, spans) => {
    const hours = calendar.hoursOn(readDay(day)!);
    expect(hours.map(({ open, close }) => [open / HOUR, close / HOUR])).toEqual(spans);
  });

  it('are one span where spans touch', () => {
    const { hoursOn } = compileCalendar(
      {
        ...OFFICE,
        hours: {
          mon: [
            ['00:00', '12:00'],
            ['12:00', '24:00'],
          ],
        },
      },
      book,
    );
    expect(hoursOn(readDay('2026-03-02')!)).toEqual([{ open: 0, close: 24 * HOUR }]);
  });

  it('asks the book only for the years it is asked about, each once', () => {
    const asked: number[] = [];
    const { hoursOn } = compileCalendar({ ...OFFICE, holidays: ['US'] }, (_, year) => {
      asked.push(year);
      return [];
    });
    asked.length = 0;
    for (const day of ['2026-03-02', '2026-03-06', '2027-03-01']) hoursOn(readDay(day)!);
    expect(asked).toEqual([2026, 2027]);
  });

  it('does not swallow a book that is wrong', () => {
    const { hoursOn } = compileCalendar({ ...OFFICE, holidays: ['US'] }, () => ['2026-02-30']);
    expect(() => hoursOn(readDay('2026-03-02')!)).toThrow('gave "2026-02-30" for US in 2026, wanted a date');
    expect(() =>
      compileCalendar({ ...OFFICE, holidays: ['US'] }, () => {
        throw new Error('away');
      }),
    ).toThrow('away');
  });
});

describe('a calendar is refused', () => {
  test.each<[Partial<CalendarText>, string]>([
    [
      { zone: 'America/NewYork' },
      'calendar.zone: found "America/NewYork", wanted the IANA name of a time zone, such as America/New_York',
    ],
    [
      { hours: {} },
      'calendar.hours: found no open time on any day of the week, wanted some, for a clock to run in; for instance mon-fri: 09:00-17:00',
    ],
    [
      { hours: { tue: [] } },
      'calendar.hours: found no open time on any day of the week, wanted some, for a clock to run in; for instance mon-fri: 09:00-17:00',
    ],
    [
      { hours: { mon: [['9:00', '17:00']] } },
      'calendar.hours.mon[0]: found "9:00", wanted a time of day from 00:00 to 24:00',
    ],
    [
      { hours: { mon: [['09:00', '24:01']] } },
      'calendar.hours.mon[0]: found "24:01", wanted a time of day from 00:00 to 24:00',
    ],
    [
      { hours: { mon: [['09:60', '17:00']] } },
      'calendar.hours.mon[0]: found "09:60", wanted a time of day from 00:00 to 24:00',
    ],
    [
      { hours: { mon: [['22:00', '06:00']] } },
      'calendar.hours.mon[0]: found 22:00-06:00, wanted an end after its beginning; for hours past midnight write 22:00-24:00 on the one day and 00:00-06:00 on the next',
    ],
    [
      { hours: { mon: [['18:00', '00:00']] } },
      'calendar.hours.mon[0]: found 18:00-00:00, wanted an end after its beginning; the end of the day is 24:00: write 18:00-24:00',
    ],
    [
      {
        hours: {
          mon: [
            ['09:00', '13:00'],
            ['12:00', '17:00'],
          ],
        },
      },
      'calendar.hours.mon[1]: found 12:00-17:00 beginning before the span above it has ended, wanted spans in order and apart',
    ],
    [
      { holidays: ['US', '2026-02-30'] },
      'calendar.holidays[1]: found "2026-02-30", wanted a date that exists, as 2026-12-24',
    ],
    [
      { holidays: ['24.12.2026'] },
      'calendar.holidays[0]: found "24.12.2026", wanted a date that exists, as 2026-12-24',
    ],
    [
      { holidays: [{ date: '2026-12-24', hours: [['09:00', '08:00']] }] },
      'calendar.holidays[0].hours[0]: found 09:00-08:00, wanted an end after its beginning; for hours past midnight write 09:00-24:00 on the one day and 00:00-08:00 on the next',
    ],
    [
      { holidays: ['2026-12-24', { date: '2026-12-24', hours: [['09:00', '12:00']] }] },
      'calendar.holidays[1]: found 2026-12-24 again with other hours, wanted each date once',
    ],
    [
      { holidays: ['USA'] },
      'calendar.holidays[0]: found "USA", wanted the code of a region whose public holidays are known; did you mean US or UA?',
    ],
  ])('%j', (part, fault) => expect(faultsOf(part)).toEqual([fault]));

  it('with every fault at once', () => {
    expect(faultsOf({ zone: 'x', hours: { mon: [['a', 'b']] }, holidays: ['USA'] })).toHaveLength(3);
  });

  it('but not for naming a date twice', () => {
    compileCalendar({ ...OFFICE, holidays: ['2026-12-24', '2026-12-24'] }, book);
  });
});
