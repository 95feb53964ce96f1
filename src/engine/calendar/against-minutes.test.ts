/**
 * The calendar against an oracle that walks every minute and asks `Temporal` what the clock on the wall shows.
 * Time is looked at around the days on which each zone's clocks change.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkingTime } from '#engine/pact/duration.ts';
import type { CalendarText, WeekHours } from '#engine/pact/pact.ts';
import { compileCalendar } from './calendar.ts';
import { dueAt, elapsed, type Pause } from './clock.ts';
import { isOpen, nextOpening, openSpans } from './opening.ts';

const MINUTE = 60_000;
const DAYS = 13;
const LENGTH = DAYS * 24 * 60;

const CHANGES: Record<string, string[]> = {
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'], // by half an hour
  'Pacific/Apia': ['2011-12-30', '2012-04-01'], // a day that never was
  'Asia/Beirut': ['2026-03-29', '2026-10-25'], // at midnight
  'Asia/Kathmandu': ['1986-01-01', '2026-06-01'], // from 5:30 to 5:45
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'Europe/London': ['2026-03-29', '2026-10-25'],
  'Africa/Casablanca': ['2026-02-15', '2026-03-22'], // Ramadan
  'America/St_Johns': ['1988-04-03', '2010-03-14', '2010-11-07'], // by two hours; at a minute past midnight
  'Pacific/Chatham': ['2026-04-05', '2026-09-27'],
  'Asia/Tehran': ['2022-03-22', '2022-09-21'], // at midnight
  'America/Sao_Paulo': ['2018-11-04', '2019-02-17'], // at midnight
  'Antarctica/Troll': ['2026-03-29', '2026-10-25'], // by two hours
};

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Up to three spans of a day, ends on round and on odd minutes, whole days and the small hours often. */
const spans = fc.oneof(
  { weight: 1, arbitrary: fc.constant<[string, string][]>([]) },
  { weight: 2, arbitrary: fc.constant<[string, string][]>([['00:00', '24:00']]) },
  {
    weight: 2,
    arbitrary: fc.constant<[string, string][]>([
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ]),
  },
  {
    weight: 3,
    arbitrary: fc
      .uniqueArray(
        fc.oneof(
          fc.integer({ min: 0, max: 48 }).map((half) => half * 30),
          fc.integer({ min: 0, max: 240 }),
          fc.integer({ min: 1320, max: 1440 }),
        ),
        { maxLength: 6 },
      )
      .map((cuts) => cuts.sort((a, b) => a - b))
      .map((cuts) =>
        Array.from({ length: Math.floor(cuts.length / 2) }, (_, i): [string, string] => [
          clock(cuts[2 * i]!),
          clock(cuts[2 * i + 1]!),
        ]),
      ),
  },
);
const week = fc
  .tuple(...WEEK.map(() => spans))
  .map((days) => Object.fromEntries(WEEK.map((name, i) => [name, days[i]])) as WeekHours)
  .filter((hours) => Object.values(hours).some((day) => day.length > 0));

/** What the clock on the wall shows, minute after minute. */
type Minutes = {
  start: number;
  dates: string[];
  minuteOfDay: number[];
  /** Local time made to run forward only: the least that the clock shows from this minute on. */
  settled: number[];
  settledDates: string[];
  /** The minute at which clocks change; the middle where they do not. */
  change: number;
};

function walk(zone: string, change: string): Minutes {
  const start = Temporal.PlainDate.from(change)
    .subtract({ days: 4 })
    .toZonedDateTime('UTC').epochMilliseconds;
  const walked: Minutes = {
    start,
    dates: [],
    minuteOfDay: [],
    settled: [],
    settledDates: [],
    change: LENGTH / 2,
  };
  for (let i = 0; i < LENGTH; i += 1) {
    const moment = Temporal.Instant.fromEpochMilliseconds(start + i * MINUTE).toZonedDateTimeISO(zone);
    walked.dates.push(moment.toPlainDate().toString());
    walked.minuteOfDay.push(moment.hour * 60 + moment.minute);
    walked.settled.push(Date.parse(`${walked.dates[i]}T00:00Z`) + walked.minuteOfDay[i]! * MINUTE);
  }
  const jump = walked.settled.findIndex((local, i) => i > 0 && local !== walked.settled[i - 1]! + MINUTE);
  if (jump > 0) walked.change = jump;
  for (let i = LENGTH - 2; i >= 0; i -= 1) {
    walked.settled[i] = Math.min(walked.settled[i]!, walked.settled[i + 1]!);
  }
  walked.settledDates = walked.settled.map((local) => new Date(local).toISOString().slice(0, 10));
  return walked;
}

/** The spans of each date the walk comes by, read from the text. */
function spansByDate(walked: Minutes, { hours, holidays }: CalendarText): Map<string, [string, string][]> {
  const own = new Map<string, [string, string][]>(
    holidays.map((one) => (typeof one === 'string' ? [one, []] : [one.date, one.hours])),
  );
  const weekday = (date: string) => WEEK[Temporal.PlainDate.from(date).dayOfWeek - 1]!;
  const dates = new Set([...walked.dates, ...walked.settledDates]);
  return new Map([...dates].map((date) => [date, own.get(date) ?? hours[weekday(date)] ?? []]));
}

/** Which minutes are open. */
function openMinutes(walked: Minutes, text: CalendarText): boolean[] {
  const minutes = Array.from({ length: 24 * 60 }, (_, minute) => clock(minute));
  const openOn = new Map<string, boolean[]>();
  for (const [date, spansOf] of spansByDate(walked, text)) {
    openOn.set(
      date,
      minutes.map((minute) => spansOf.some(([from, to]) => minute >= from && minute < to)),
    );
  }
  return walked.dates.map((date, i) => openOn.get(date)![walked.minuteOfDay[i]!]!);
}

/** Open milliseconds from one instant to another. */
function elapsedByMinutes(walked: Minutes, open: boolean[], from: number, to: number): number {
  let sum = 0;
  for (let i = 0; i < LENGTH; i += 1) {
    const minute = walked.start + i * MINUTE;
    if (open[i]) sum += Math.max(0, Math.min(to, minute + MINUTE) - Math.max(from, minute));
  }
  return sum;
}

/** The first instant by which so many minutes have passed; null when the oracle's time ends before. */
function dueByMinutes(walked: Minutes, open: boolean[], from: number, minutes: number): number | null {
  let left = minutes * MINUTE;
  if (left === 0) return from;
  for (let i = Math.floor((from - walked.start) / MINUTE); i < LENGTH; i += 1) {
    if (!open[i]) continue;
    const begun = Math.max(from, walked.start + i * MINUTE);
    const passes = walked.start + (i + 1) * MINUTE - begun;
    if (passes >= left) return begun + left;
    left -= passes;
  }
  return null;
}

/** The same time so many working days later, by settled local time; null when the oracle's time ends before. */
function dueByDays(walked: Minutes, text: CalendarText, from: number, days: number): number | null {
  const open = openMinutes(walked, text);
  const { settled, settledDates } = walked;
  const asked = Math.floor((from - walked.start) / MINUTE);
  const first = open.indexOf(true, asked);
  if (first === -1) return null;
  const within = first === asked && settles(walked, first) ? from - walked.start - first * MINUTE : 0;

  const hours = spansByDate(walked, text);
  const working = [...new Set(settledDates.filter((date, i) => open[i] && hours.get(date)!.length > 0))];
  let place = working.indexOf(settledDates[first]!);
  let time = (settled[first]! % (24 * 60 * MINUTE)) + within;
  if (place === -1) {
    place = working.findIndex((date) => date > settledDates[first]!);
    time = 0;
  }
  const date = working[place + days];
  if (place === -1 || date === undefined || date === settledDates.at(-1)) return null;

  const wanted = Date.parse(`${date}T00:00Z`) + time;
  const shown = settled.findIndex((local, i) => local + (settles(walked, i) ? MINUTE - 1 : 0) >= wanted);
  const target = walked.start + shown * MINUTE + Math.max(0, wanted - settled[shown]!);
  if (open[shown] && settledDates[shown] === date) return target;
  const ofTheDay = settledDates.flatMap((each, i) =>
    each === date && open[i] ? [walked.start + i * MINUTE] : [],
  );
  const before = ofTheDay.findLast((minute) => minute <= target);
  return before === undefined ? ofTheDay[0]! : before + MINUTE;
}

/** Whether settled time runs in a minute, and does not stand. */
const settles = (walked: Minutes, i: number): boolean =>
  i + 1 >= LENGTH || walked.settled[i + 1]! > walked.settled[i]!;

const cases = Object.entries(CHANGES).flatMap(([zone, changes]) =>
  changes.map((change) => [zone, change] as const),
);

describe.each(cases)('%s around %s', (zone, change) => {
  const walked = walk(zone, change);
  const near = (days: number) =>
    fc
      .integer({ min: -180 * MINUTE, max: 180 * MINUTE })
      .map((by) => walked.start + (walked.change - days * 24 * 60) * MINUTE + by);
  const until = (days: number) =>
    fc.integer({ min: 0, max: days * 24 * 60 * MINUTE }).map((by) => walked.start + by);
  const instants = fc.oneof(until(DAYS - 1), near(0));
  const starts = fc.oneof(until(5), near(0), near(1), near(2));
  const dates = fc.constantFrom(...new Set(walked.dates));
  const ownDates = fc.uniqueArray(fc.tuple(dates, spans), { maxLength: 3, selector: ([date]) => date });
  const texts = fc.tuple(week, ownDates).map(
    ([hours, own]): CalendarText => ({
      zone,
      hours,
      holidays: own.map(([date, day]) => (day.length === 0 ? date : { date, hours: day })),
    }),
  );
  const durations = fc.oneof(
    fc.integer({ min: 0, max: 3000 }).map((minutes): WorkingTime => ({ days: 0, minutes })),
    fc.integer({ min: 1, max: 3 }).map((days): WorkingTime => ({ days, minutes: 0 })),
  );
  const compile = (text: CalendarText) => compileCalendar(text, () => []);
  const runs = { numRuns: 40 };

  it('opens when the clock on the wall shows open hours', () => {
    fc.assert(
      fc.property(texts, instants, instants, (text, from, to) => {
        const calendar = compile(text);
        const open = openMinutes(walked, text);
        const minute = Math.floor((from - walked.start) / MINUTE);
        expect(isOpen(calendar, from)).toBe(open[minute]);
        const next = open.indexOf(true, minute);
        if (open[minute]) expect(nextOpening(calendar, from)).toBe(from);
        else if (next >= 0) expect(nextOpening(calendar, from)).toBe(walked.start + next * MINUTE);
        const sum = openSpans(calendar, from, to).reduce((all, span) => all + span.to - span.from, 0);
        expect(sum).toBe(elapsedByMinutes(walked, open, from, to));
      }),
      runs,
    );
  });

  it('counts what has gone, without pauses and with', () => {
    const pauses = fc.array(
      fc.tuple(instants, fc.option(instants)).map(([from, to]): Pause => ({ from, to })),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(texts, instants, instants, pauses, (text, from, to, paused) => {
        const calendar = compile(text);
        const open = openMinutes(walked, text);
        expect(elapsed(calendar, from, to)).toBe(elapsedByMinutes(walked, open, from, to));
        // Cut at every end of a pause: each piece counts, or is paused, as a whole.
        const cuts = [from, to, ...paused.flatMap((pause) => [pause.from, pause.to ?? to])]
          .filter((cut) => cut >= from && cut <= to)
          .sort((a, b) => a - b);
        let running = 0;
        for (let i = 1; i < cuts.length; i += 1) {
          const [start, end] = [cuts[i - 1]!, cuts[i]!];
          const still = paused.some((pause) => pause.from <= start && (pause.to ?? to) >= end);
          if (!still) running += elapsedByMinutes(walked, open, start, end);
        }
        expect(elapsed(calendar, from, to, paused)).toBe(running);
      }),
      runs,
    );
  });

  it('finds when promises fall due', () => {
    fc.assert(
      fc.property(texts, starts, durations, (text, from, duration) => {
        const calendar = compile(text);
        const expected =
          duration.days > 0
            ? dueByDays(walked, text, from, duration.days)
            : dueByMinutes(walked, openMinutes(walked, text), from, duration.minutes);
        if (expected === null) return;
        const due = dueAt(calendar, from, duration);
        expect(due).toBe(expected);
        if (duration.days === 0) expect(elapsed(calendar, from, due)).toBe(duration.minutes * MINUTE);
      }),
      runs,
    );
  });

  it('is additive over a split, and never earlier for a later start or a longer promise', () => {
    fc.assert(
      fc.property(
        texts,
        fc.tuple(starts, starts, instants),
        durations,
        durations,
        (text, three, one, other) => {
          const calendar = compile(text);
          const [a, b, c] = three.sort((x, y) => x - y) as [number, number, number];
          expect(elapsed(calendar, a, b) + elapsed(calendar, b, c)).toBe(elapsed(calendar, a, c));
          expect(dueAt(calendar, a, one)).toBeLessThanOrEqual(dueAt(calendar, b, one));
          const sameKind = one.days > 0 === other.days > 0;
          const longer = one.days * 1e6 + one.minutes > other.days * 1e6 + other.minutes ? one : other;
          const shorter = longer === one ? other : one;
          if (sameKind) expect(dueAt(calendar, a, shorter)).toBeLessThanOrEqual(dueAt(calendar, a, longer));
          if (one.days === 0 && other.days === 0) {
            const both = { days: 0, minutes: one.minutes + other.minutes };
            expect(dueAt(calendar, dueAt(calendar, a, one), other)).toBe(dueAt(calendar, a, both));
          }
        },
      ),
      runs,
    );
  });
});
