/** The working time of the version in force, as settings show it. */
import type { z } from 'zod';
import type { showCalendar } from '#contract/calendar.ts';
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { type Day, readDay, sayDay, weekdayOf } from '#engine/calendar/civil.ts';
import { dayIn } from '#engine/calendar/local-date.ts';
import { isOpen, nextOpening, openSpans } from '#engine/calendar/opening.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { WeekHours } from '#engine/pact/pact.ts';
import { calendarOf } from '#features/handoffs/calendars.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { readTimeline } from './timeline.ts';

type Shown = z.infer<typeof showCalendar.reply>;

const AHEAD = 366;
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const HOUR = 3_600_000;

/** @throws HttpProblem 409 while no version is in force */
export async function showWorkingTime(query: Query, workspace: string, now: Instant): Promise<Shown> {
  const version = (await readTimeline(query, workspace)).at(now);
  if (version === null)
    throw new HttpProblem(409, 'no_pact', 'No version of a pact is in force yet: there is no working time.');
  const { pact, pact_id, number } = version;
  const { zone, hours } = pact.calendar;
  const calendar = await calendarOf(pact);
  const today = readDay(dayIn(zone, now))!;
  const days = Array.from({ length: AHEAD }, (_, i) => today + i);
  return {
    pact: pact_id,
    version: number,
    zone,
    hours: Object.fromEntries(Object.entries(hours).map(([day, spans]) => [day, spans.map(pair)])),
    holidays: days.flatMap((day) => {
      const own = hoursOn(calendar, day);
      const usual = joined(hours[WEEK[weekdayOf(day)]! as keyof WeekHours] ?? []);
      return JSON.stringify(own) === JSON.stringify(usual) ? [] : [{ date: sayDay(day), hours: own }];
    }),
    from: sayDay(today),
    until: sayDay(today + AHEAD - 1),
    open: isOpen(calendar, now),
    changes_at: new Date(nextTurn(calendar, now)).toISOString(),
  };
}

type Span = [from: string, to: string];
const pair = ([from, to]: readonly [string, string]): Span => [from, to];

/** Spans that touch are one, as the calendar has them. */
function joined(spans: readonly (readonly [string, string])[]): Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last?.[1] === span[0]) last[1] = span[1];
    else all.push(pair(span));
  }
  return all;
}

const hoursOn = (calendar: WorkCalendar, day: Day): Span[] =>
  calendar.hoursOn(day).map(({ open, close }): Span => [clock(open), clock(close)]);

const clock = (time: number): string =>
  [Math.floor(time / HOUR), (time % HOUR) / 60_000].map((part) => `${part}`.padStart(2, '0')).join(':');

/** When working time ends, or begins again. Spans that touch are one. */
function nextTurn(calendar: WorkCalendar, now: Instant): Instant {
  if (!isOpen(calendar, now)) return nextOpening(calendar, now);
  return openSpans(calendar, now, now + 400 * 24 * HOUR)[0]!.to;
}
