/** What MQLs at given instants mean for those who work them: how many a week, and which first touches come too late. */
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { dueAt } from '#engine/calendar/clock.ts';
import { openTime } from '#engine/calendar/opening.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { WorkingTime } from '#engine/pact/duration.ts';

/** Weeks in a month, over four years. */
const WEEKS_A_MONTH = (365.25 * 4 + 1) / 7 / 48;

/** A capacity a month as one a week. */
export const perWeek = (perMonth: number): number => perMonth / WEEKS_A_MONTH;

/** How many instants fall in each week of a zone, by its Monday, from the first to the last, empty ones included. */
export function countByWeek(instants: Iterable<Instant>, zone: string): { week: string; count: number }[] {
  const weeks: { week: string; count: number }[] = [];
  let end = Number.NEGATIVE_INFINITY;
  let next: Temporal.PlainDate | null = null;
  for (const at of Float64Array.from(instants).sort()) {
    while (at >= end) {
      const monday: Temporal.PlainDate = next ?? mondayOf(at, zone);
      weeks.push({ week: monday.toString(), count: 0 });
      next = monday.add({ days: 7 });
      end = next.toZonedDateTime(zone).epochMilliseconds;
    }
    weeks.at(-1)!.count++;
  }
  return weeks;
}

function mondayOf(at: Instant, zone: string): Temporal.PlainDate {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return day.subtract({ days: day.dayOfWeek - 1 });
}

const WEEK = 7 * 86_400_000;
/** Open time a week is taken over so long: holidays and half days included. */
const YEAR = 52 * WEEK;

/**
 * How many first touches would come too late, if MQLs were worked in order of arrival and each took the same share of
 * the open hours, so many a week in all.
 *
 * @param capacity MQLs that can be worked in a week, all together
 * @param within how soon each is promised
 */
export function missedTouches(
  instants: Iterable<Instant>,
  calendar: WorkCalendar,
  capacity: number,
  within: WorkingTime,
): number {
  const sorted = Float64Array.from(instants).sort();
  if (sorted.length === 0) return 0;
  const first = sorted[0]!;
  const share = openTime(calendar, first, first + YEAR) / (YEAR / WEEK) / capacity;
  let free = 0;
  let missed = 0;
  for (const at of sorted) {
    const arrived = openTime(calendar, first, at);
    const begun = Math.max(free, arrived);
    if (begun > openTime(calendar, first, dueAt(calendar, at, within))) missed++;
    free = begun + share;
  }
  return missed;
}
