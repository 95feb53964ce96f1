/** When a calendar is open. */
import type { Instant } from '#engine/facts/facts.ts';
import type { WorkCalendar } from './calendar.ts';
import { civilDate, DAY } from './civil.ts';
import { openBefore, openInYear, spansBegun } from './open-year.ts';
import type { Span } from './span.ts';
import { FIRST_YEAR, LAST_YEAR, ZONE_END, ZONE_START } from './zone.ts';

/** How many years on a search gives up: past them a promise is a slip of the finger. */
export const SEARCH_YEARS = 10;

/** A calendar that does not open, or not for long enough, before the search gives up. */
export class NoOpening extends RangeError {
  override readonly name = 'NoOpening';

  constructor(calendar: WorkCalendar, from: Instant, wanted: string) {
    super(
      `the calendar in ${calendar.zone.name} has no ${wanted} within ${SEARCH_YEARS} years of ${sayInstant(from)}; ` +
        'check its hours and holidays, and how long the promise is',
    );
  }
}

/** Whether the calendar is open at an instant. */
export function isOpen(calendar: WorkCalendar, instant: Instant): boolean {
  const year = calendar.openYear(yearOf(instant));
  const begun = spansBegun(year, instant + 1);
  return begun > 0 && instant < year.to[begun - 1]!;
}

/** The first open instant at or after an instant. Throws `NoOpening` when none comes within ten years. */
export function nextOpening(calendar: WorkCalendar, from: Instant): Instant {
  if (isOpen(calendar, from)) return from;
  for (const year of yearsFrom(yearOf(from))) {
    const open = calendar.openYear(year);
    const next = open.from[spansBegun(open, from)];
    if (next !== undefined) return next;
  }
  throw new NoOpening(calendar, from, 'opening');
}

/** The open spans between two instants, cut to them, in order and apart. None when `to` is not after `from`. */
export function openSpans(calendar: WorkCalendar, from: Instant, to: Instant): Span[] {
  const spans: Span[] = [];
  const last = yearOf(to);
  for (let at = yearOf(from); at <= last; at += 1) {
    const year = calendar.openYear(at);
    for (let i = Math.max(0, spansBegun(year, from) - 1); i < spansBegun(year, to); i += 1) {
      const span = { from: Math.max(from, year.from[i]!), to: Math.min(to, year.to[i]!) };
      if (span.from >= span.to) continue;
      const before = spans.at(-1);
      if (before?.to === span.from) before.to = span.to;
      else spans.push(span);
    }
  }
  return spans;
}

/** Open milliseconds between two instants; 0 when `to` is not after `from`. */
export function openTime(calendar: WorkCalendar, from: Instant, to: Instant): number {
  const [first, last] = [yearOf(from), yearOf(to)];
  if (to <= from) return 0;
  let open = openBefore(calendar.openYear(last), to) - openBefore(calendar.openYear(first), from);
  for (let year = first; year < last; year += 1) open += openInYear(calendar.openYear(year));
  return open;
}

/** The years that a search starting in one looks through. */
export function* yearsFrom(year: number): Generator<number> {
  for (let at = year; at <= Math.min(year + SEARCH_YEARS, LAST_YEAR); at += 1) yield at;
}

/** The UTC year of an instant. Throws a `RangeError` outside of the years that zones have tables for. */
export function yearOf(instant: Instant): number {
  if (!Number.isInteger(instant) || instant < ZONE_START || instant >= ZONE_END) {
    throw new RangeError(
      `found ${sayInstant(instant)}, wanted an instant of the years ${FIRST_YEAR} to ${LAST_YEAR}: ` +
        'working time is not defined outside of them',
    );
  }
  return civilDate(Math.floor(instant / DAY)).year;
}

function sayInstant(instant: Instant): string {
  return Number.isInteger(instant) && Math.abs(instant) <= 8.64e15
    ? Temporal.Instant.fromEpochMilliseconds(instant).toString()
    : `${instant} milliseconds`;
}
