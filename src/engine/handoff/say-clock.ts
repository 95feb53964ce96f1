/** A clock in words, with the zone it runs in: nobody has to work out whose Monday it is. */
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { civilDate, DAY, weekdayOf } from '#engine/calendar/civil.ts';
import { elapsed } from '#engine/calendar/clock.ts';
import { offsetAt } from '#engine/calendar/zone.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Clock } from './priority.ts';

const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const YEAR = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const MINUTE = 60_000;
const two = (n: number): string => String(n).padStart(2, '0');

/** "Mon 9 Mar 2026, 12:30 (America/New_York)" */
export function sayWhen({ zone }: WorkCalendar, instant: Instant): string {
  const local = instant + offsetAt(zone, instant);
  const date = Math.floor(local / DAY);
  const { year, month, day } = civilDate(date);
  const minutes = Math.floor((local - date * DAY) / MINUTE);
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${WEEK[weekdayOf(date)]} ${day} ${YEAR[month - 1]} ${year}, ${time} (${zone.name})`;
}

/** Working time as a stopwatch shows it: "2 h 45 min". Begun minutes do not count. */
export function sayOpen(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Working time left until a deadline, in milliseconds; below zero what has gone by since. */
export function workingLeft(calendar: WorkCalendar, { due, stops }: Clock, now: Instant): number {
  return Math.round(now > due ? -elapsed(calendar, due, now, stops) : elapsed(calendar, now, due, stops));
}

/** How a deadline stands: "due Mon 9 Mar 2026, 12:30 (America/New_York), 1 h 15 min of working time left". */
export function sayDeadline(
  calendar: WorkCalendar,
  { from, due, stops }: Clock,
  met: Instant | null,
  now: Instant,
): string {
  if (met !== null) {
    const took = `after ${sayOpen(elapsed(calendar, from, met, stops))} of working time`;
    return met <= due ? `met ${took}` : `met late, ${took}; it was due ${sayWhen(calendar, due)}`;
  }
  const when = sayWhen(calendar, due);
  const stopped = stops.find((stop) => stop.from <= now && now < stop.to);
  if (now > due)
    return `late by ${sayOpen(elapsed(calendar, due, now, stops))} of working time; it was due ${when}`;
  const left = `${sayOpen(elapsed(calendar, now, due, stops))} of working time left`;
  return stopped === undefined
    ? `due ${when}, ${left}`
    : `on hold until ${sayWhen(calendar, stopped.to)}; due ${when}, ${left}`;
}
