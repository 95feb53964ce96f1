/**
 * The clock of a promise: how much working time has gone, and when a promise falls due.
 *
 * Methods: sales' half of the agreement: `elapsed = overlap of [handoff, touch] with open hours - pauses`.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { WorkingTime } from '#engine/pact/duration.ts';
import type { WorkCalendar } from './calendar.ts';
import { instantAfter, openBefore, openInYear } from './open-year.ts';
import { NoOpening, openTime, yearOf, yearsFrom } from './opening.ts';
import type { Span } from './span.ts';
import { afterWorkingDays } from './working-day.ts';

/** A time in which the clock stands still; `to` is null while it lasts. */
export type Pause = { from: Instant; to: Instant | null };

const MINUTE = 60_000;

/**
 * Open milliseconds from one instant to another, less those of the pauses (which may overlap one another and stick
 * out at the ends). 0 when `to` is not after `from`: what was answered before it was asked took no time.
 *
 * Throws a `RangeError` on instants outside of 1900 to 2199.
 */
export function elapsed(
  calendar: WorkCalendar,
  from: Instant,
  to: Instant,
  pauses: readonly Pause[] = [],
): number {
  return merged(pauses, from, to).reduce(
    (open, pause) => open - openTime(calendar, pause.from, pause.to),
    openTime(calendar, from, to),
  );
}

/**
 * The instant by which a promise made at `from` must be kept: after its working days (`afterWorkingDays`), then the
 * first instant by which its minutes of open time have passed. Minutes of a promise made outside of open hours start
 * with the next opening; minutes that end with the day fall due at its close, not at the next opening.
 *
 * `elapsed(calendar, from, dueAt(calendar, from, { days: 0, minutes }))` is those minutes, to the millisecond.
 *
 * Throws `NoOpening` when the calendar does not leave so much open time within ten years, a `RangeError` on a
 * negative or fractional duration and on instants outside of 1900 to 2199.
 */
export function dueAt(calendar: WorkCalendar, from: Instant, { days, minutes }: WorkingTime): Instant {
  if (!isCount(days) || !isCount(minutes)) {
    throw new RangeError(`found ${days} days and ${minutes} minutes, wanted whole numbers from 0`);
  }
  const start = days === 0 ? from : afterWorkingDays(calendar, from, days);
  return afterOpenTime(calendar, start, minutes * MINUTE);
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

function afterOpenTime(calendar: WorkCalendar, from: Instant, wanted: number): Instant {
  const first = yearOf(from);
  if (wanted === 0) return from;
  let due = wanted + openBefore(calendar.openYear(first), from);
  for (const at of yearsFrom(first)) {
    const year = calendar.openYear(at);
    const sum = openInYear(year);
    if (due <= sum) return instantAfter(year, due);
    due -= sum;
  }
  throw new NoOpening(calendar, from, `${wanted / MINUTE} minutes of open time`);
}

/** Pauses cut to a time, in order and apart. */
function merged(pauses: readonly Pause[], from: Instant, to: Instant): Span[] {
  const spans: Span[] = [];
  const inOrder = pauses
    .map((pause) => ({ from: Math.max(from, pause.from), to: Math.min(to, pause.to ?? to) }))
    .filter((span) => span.from < span.to)
    .sort((a, b) => a.from - b.from);
  for (const span of inOrder) {
    const last = spans.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else spans.push(span);
  }
  return spans;
}
