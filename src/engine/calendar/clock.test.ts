import { describe, expect, it, test } from 'vitest';
import type { WorkingTime } from '#engine/pact/duration.ts';
import type { CalendarText, WeekHours } from '#engine/pact/pact.ts';
import { compileCalendar, type WorkCalendar } from './calendar.ts';
import { dueAt, elapsed } from './clock.ts';
import { isOpen, NoOpening, nextOpening, openSpans, openTime } from './opening.ts';

const weekdays = (...spans: [string, string][]): WeekHours => ({
  mon: spans,
  tue: spans,
  wed: spans,
  thu: spans,
  fri: spans,
});
const everyDay = (...spans: [string, string][]): WeekHours => ({
  ...weekdays(...spans),
  sat: spans,
  sun: spans,
});
const calendarIn = (zone: string, hours: WeekHours, holidays: CalendarText['holidays'] = []): WorkCalendar =>
  compileCalendar({ zone, hours, holidays }, (region, year) => (region === 'ALL' ? allYear(year) : []));
const allYear = (year: number): string[] => {
  const days = [];
  for (
    let day = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    day.year === year;
    day = day.add({ days: 1 })
  ) {
    days.push(day.toString());
  }
  return days;
};
/** `2026-03-06 16:30` by the clocks of the calendar, or an instant. */
const at = (calendar: WorkCalendar, text: string): number =>
  text.endsWith('Z')
    ? Temporal.Instant.from(text).epochMilliseconds
    : Temporal.PlainDateTime.from(text).toZonedDateTime(calendar.zone.name).epochMilliseconds;
const say = (calendar: WorkCalendar, instant: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(calendar.zone.name)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
const time = (text: string): WorkingTime =>
  text.endsWith('d')
    ? { days: Number.parseInt(text, 10), minutes: 0 }
    : { days: 0, minutes: Number.parseInt(text, 10) };
const MINUTE = 60_000;

const office = calendarIn('America/New_York', weekdays(['09:00', '17:00']));

describe('methods: sales’ half of the agreement', () => {
  const handoff = at(office, '2026-03-06 16:30');
  const touch = at(office, '2026-03-09 11:15');

  it('is 2h45 of working time where 65h45 have passed', () => {
    expect(touch - handoff).toBe((65 * 60 + 45) * MINUTE);
    expect(elapsed(office, handoff, touch)).toBe((2 * 60 + 45) * MINUTE);
  });

  it('is due Monday 12:30, or Tuesday 12:30 when Monday is a holiday', () => {
    const fourHours = { days: 0, minutes: 240 };
    expect(say(office, dueAt(office, handoff, fourHours))).toBe('2026-03-09 12:30');
    const closedMonday = calendarIn('America/New_York', weekdays(['09:00', '17:00']), ['2026-03-09']);
    expect(say(closedMonday, dueAt(closedMonday, handoff, fourHours))).toBe('2026-03-10 12:30');
  });
});

describe('minutes of open time', () => {
  const lunch = calendarIn('Europe/London', weekdays(['09:00', '12:00'], ['13:00', '17:00']), [
    { date: '2026-12-24', hours: [['09:00', '11:00']] },
    '2026-12-25',
  ]);
  test.each([
    ['inside of hours', '2026-03-10 09:30', '60m', '2026-03-10 10:30'],
    ['over the break', '2026-03-10 11:30', '60m', '2026-03-10 13:30'],
    ['ending with the span: its close, not the next opening', '2026-03-10 11:00', '60m', '2026-03-10 12:00'],
    ['from within the break', '2026-03-10 12:30', '60m', '2026-03-10 14:00'],
    ['from a night', '2026-03-10 22:00', '15m', '2026-03-11 09:15'],
    ['from a weekend', '2026-03-14 11:00', '420m', '2026-03-16 17:00'],
    ['over a half day and a holiday', '2026-12-24 10:30', '60m', '2026-12-28 09:30'],
    ['none: at once', '2026-03-14 11:00', '0m', '2026-03-14 11:00'],
  ])('%s', (_, from, duration, due) => {
    expect(say(lunch, dueAt(lunch, at(lunch, from), time(duration)))).toBe(due);
  });

  it('jumps over years', () => {
    const due = dueAt(office, at(office, '2026-01-01 00:00'), { days: 0, minutes: 9 * 52 * 5 * 8 * 60 });
    expect(say(office, due)).toBe('2034-12-20 17:00');
  });
});

describe('working days', () => {
  const uneven = calendarIn(
    'Europe/Berlin',
    {
      mon: [
        ['09:00', '12:00'],
        ['13:00', '17:00'],
      ],
      tue: [['10:00', '18:00']],
      wed: [['09:00', '12:30']],
      fri: [['09:00', '17:00']],
    },
    ['2026-05-25', { date: '2026-05-28', hours: [['08:00', '10:00']] }],
  );
  test.each([
    [office, 'the same time on the next working day', '2026-03-06 16:30', '1d', '2026-03-09 16:30'],
    [office, 'several', '2026-03-04 10:00', '5d', '2026-03-11 10:00'],
    [office, 'from a weekend: from the next opening', '2026-03-07 12:00', '1d', '2026-03-10 09:00'],
    [office, 'from an evening: from the next opening', '2026-03-05 17:00', '1d', '2026-03-09 09:00'],
    [office, 'many', '2026-01-05 09:30', '520d', '2028-01-03 09:30'],
    [uneven, 'a later opening', '2026-05-04 09:15', '1d', '2026-05-05 10:00'],
    [uneven, 'an earlier close', '2026-05-05 15:00', '1d', '2026-05-06 12:30'],
    [uneven, 'over a holiday', '2026-05-22 12:30', '1d', '2026-05-26 12:30'],
    [uneven, 'in the break of a day that is worked', '2026-05-15 12:30', '1d', '2026-05-18 12:00'],
    [uneven, 'onto hours of a date of its own', '2026-05-27 09:30', '1d', '2026-05-28 09:30'],
    [uneven, 'past the close of such a date', '2026-05-27 12:00', '1d', '2026-05-28 10:00'],
  ])('%#: %s', (calendar, _, from, duration, due) => {
    expect(say(calendar, dueAt(calendar, at(calendar, from), time(duration)))).toBe(due);
  });

  it('come before minutes', () => {
    const due = dueAt(office, at(office, '2026-03-05 16:30'), { days: 1, minutes: 60 });
    expect(say(office, due)).toBe('2026-03-09 09:30');
  });
});

describe('days that clocks change', () => {
  test.each<[string, string, WeekHours, string, string, number]>([
    ['23 hours', 'America/New_York', everyDay(['00:00', '24:00']), '2026-03-08', '2026-03-09', 23 * 60],
    ['25 hours', 'America/New_York', everyDay(['00:00', '24:00']), '2026-11-01', '2026-11-02', 25 * 60],
    [
      '24.5 hours',
      'Australia/Lord_Howe',
      everyDay(['00:00', '24:00']),
      '2026-04-05',
      '2026-04-06',
      24.5 * 60,
    ],
    [
      '23.5 hours',
      'Australia/Lord_Howe',
      everyDay(['00:00', '24:00']),
      '2026-10-04',
      '2026-10-05',
      23.5 * 60,
    ],
    ['22 hours', 'Antarctica/Troll', everyDay(['00:00', '24:00']), '2026-03-29', '2026-03-30', 22 * 60],
    [
      'a span that begins in the gap',
      'America/New_York',
      everyDay(['02:30', '04:00']),
      '2026-03-08',
      '2026-03-09',
      60,
    ],
    [
      'a span that ends in the gap',
      'America/New_York',
      everyDay(['01:00', '02:30']),
      '2026-03-08',
      '2026-03-09',
      60,
    ],
    [
      'a span within the gap',
      'America/New_York',
      everyDay(['02:10', '02:50']),
      '2026-03-08',
      '2026-03-09',
      0,
    ],
    [
      'an hour that comes twice',
      'America/New_York',
      everyDay(['01:00', '02:00']),
      '2026-11-01',
      '2026-11-02',
      120,
    ],
    ['half of it', 'America/New_York', everyDay(['01:00', '01:30']), '2026-11-01', '2026-11-02', 60],
    ['midnight gap', 'Asia/Beirut', everyDay(['00:00', '08:00']), '2026-03-29', '2026-03-30', 7 * 60],
    ['midnight fold', 'Asia/Beirut', everyDay(['22:00', '24:00']), '2026-10-24', '2026-10-26', 5 * 60],
    ['5:45 ahead', 'Asia/Kathmandu', everyDay(['09:00', '17:00']), '2026-06-01', '2026-06-03', 16 * 60],
    [
      'a day that never was',
      'Pacific/Apia',
      everyDay(['09:00', '17:00']),
      '2011-12-29',
      '2012-01-01',
      16 * 60,
    ],
  ])('%s', (_, zone, hours, from, to, minutes) => {
    const calendar = calendarIn(zone, hours);
    expect(elapsed(calendar, at(calendar, `${from} 00:00`), at(calendar, `${to} 00:00`))).toBe(
      minutes * MINUTE,
    );
  });

  it('keep the clock’s time when counting in days', () => {
    const always = calendarIn('America/New_York', everyDay(['00:00', '24:00']));
    const noon = at(always, '2026-03-07 12:00');
    expect(dueAt(always, noon, { days: 1, minutes: 0 }) - noon).toBe(23 * 60 * MINUTE);
    expect(dueAt(always, noon, { days: 0, minutes: 24 * 60 }) - noon).toBe(24 * 60 * MINUTE);
  });

  it('do not count a day that the date line took', () => {
    const apia = calendarIn('Pacific/Apia', weekdays(['09:00', '17:00']));
    expect(say(apia, dueAt(apia, at(apia, '2011-12-29 10:00'), { days: 1, minutes: 0 }))).toBe(
      '2012-01-02 10:00',
    );
  });
});

describe('pauses', () => {
  const from = at(office, '2026-03-10 09:00');
  const to = at(office, '2026-03-11 17:00');
  const pause = (start: string, end: string | null) => ({
    from: at(office, start),
    to: end === null ? null : at(office, end),
  });
  test.each([
    ['none', [], 16],
    ['within hours', [pause('2026-03-10 10:00', '2026-03-10 11:00')], 15],
    ['over a night', [pause('2026-03-10 16:00', '2026-03-11 10:00')], 14],
    ['outside of hours', [pause('2026-03-10 18:00', '2026-03-11 08:00')], 16],
    [
      'over one another',
      [pause('2026-03-10 10:00', '2026-03-10 12:00'), pause('2026-03-10 11:00', '2026-03-10 13:00')],
      13,
    ],
    [
      'one within the other',
      [pause('2026-03-10 10:00', '2026-03-10 14:00'), pause('2026-03-10 11:00', '2026-03-10 12:00')],
      12,
    ],
    [
      'out of order',
      [pause('2026-03-11 10:00', '2026-03-11 11:00'), pause('2026-03-10 10:00', '2026-03-10 11:00')],
      14,
    ],
    [
      'sticking out',
      [pause('2026-03-01 10:00', '2026-03-10 10:00'), pause('2026-03-11 16:00', '2026-04-01 00:00')],
      14,
    ],
    ['still on', [pause('2026-03-11 12:00', null)], 11],
    ['backwards, which is none', [pause('2026-03-10 12:00', '2026-03-10 10:00')], 16],
  ])('%s', (_, pauses, hours) => {
    expect(elapsed(office, from, to, pauses)).toBe(hours * 60 * MINUTE);
  });

  it('take nothing from an answer before the question', () => {
    expect(elapsed(office, to, from, [pause('2026-03-10 10:00', null)])).toBe(0);
  });
});

describe('openings', () => {
  test.each([
    ['2026-03-06 16:59', true, '2026-03-06 16:59'],
    ['2026-03-06 17:00', false, '2026-03-09 09:00'],
    ['2026-03-09 08:59', false, '2026-03-09 09:00'],
    ['2026-03-09 09:00', true, '2026-03-09 09:00'],
    ['2026-12-31 17:00', false, '2027-01-01 09:00'],
  ])('%s', (instant, open, next) => {
    expect(isOpen(office, at(office, instant))).toBe(open);
    expect(say(office, nextOpening(office, at(office, instant)))).toBe(next);
  });

  it('are cut to what was asked, and one where they touch, over the turn of the year too', () => {
    const nights = calendarIn('Europe/London', everyDay(['00:00', '06:00'], ['22:00', '24:00']));
    const spans = openSpans(nights, at(nights, '2026-12-31 05:00'), at(nights, '2027-01-01 23:00'));
    expect(spans.map((span) => [say(nights, span.from), say(nights, span.to)])).toEqual([
      ['2026-12-31 05:00', '2026-12-31 06:00'],
      ['2026-12-31 22:00', '2027-01-01 06:00'],
      ['2027-01-01 22:00', '2027-01-01 23:00'],
    ]);
    expect(openSpans(nights, 5, 5)).toEqual([]);
    expect(openSpans(nights, 5, 4)).toEqual([]);
  });

  it('never come when every day is a holiday, and a search for them ends', () => {
    const never = calendarIn('UTC', weekdays(['09:00', '17:00']), ['ALL']);
    const from = at(never, '2026-01-01 00:00');
    expect(openTime(never, from, at(never, '2030-01-01 00:00'))).toBe(0);
    const sentence =
      'the calendar in UTC has no opening within 10 years of 2026-01-01T00:00:00Z; check its hours';
    expect(() => nextOpening(never, from)).toThrow(sentence);
    expect(() => dueAt(never, from, { days: 1, minutes: 0 })).toThrow(NoOpening);
    expect(() => dueAt(never, from, { days: 0, minutes: 1 })).toThrow(
      'no 1 minutes of open time within 10 years',
    );
    expect(() => dueAt(office, from, { days: 5000, minutes: 0 })).toThrow(
      'no 5000 working days within 10 years',
    );
  });
});

describe('is refused', () => {
  test.each([
    ['1815-06-18T12:00:00Z', 'found 1815-06-18T12:00:00Z, wanted an instant of the years 1900 to 2199'],
    ['+012026-01-01T00:00:00Z', 'found +012026-01-01T00:00:00Z, wanted'],
  ])('an instant of %s', (text, sentence) => {
    const instant = Temporal.Instant.from(text).epochMilliseconds;
    expect(() => elapsed(office, instant, 0)).toThrow(sentence);
    expect(() => elapsed(office, 0, instant)).toThrow(sentence);
    expect(() => dueAt(office, instant, { days: 0, minutes: 1 })).toThrow(sentence);
    expect(() => dueAt(office, instant, { days: 1, minutes: 0 })).toThrow(sentence);
    expect(() => isOpen(office, instant)).toThrow(sentence);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5])('%d as an instant', (instant) => {
    expect(() => elapsed(office, instant, 0)).toThrow(`found ${instant} milliseconds, wanted an instant`);
  });

  test.each([
    { days: -1, minutes: 0 },
    { days: 0, minutes: -1 },
    { days: 0.5, minutes: 0 },
    { days: 0, minutes: Number.NaN },
  ])('%j', (duration) => {
    expect(() => dueAt(office, 0, duration)).toThrow(RangeError);
  });

  it('a promise that would end after the last year', () => {
    const late = at(office, '2199-12-30 12:00');
    expect(() => dueAt(office, late, { days: 0, minutes: 6000 })).toThrow(NoOpening);
    expect(() => dueAt(office, late, { days: 30, minutes: 0 })).toThrow(RangeError);
  });
});
