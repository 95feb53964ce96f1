/** Days, weeks and months as a calendar's zone has them. */

import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { openSpans } from '#engine/calendar/opening.ts';
import type { Instant } from '#engine/facts/facts.ts';

const dayOf = (at: Instant, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
const begin = (day: Temporal.PlainDate, zone: string): Instant => day.toZonedDateTime(zone).epochMilliseconds;

export const endOfToday = (now: Instant, zone: string): Instant =>
  begin(dayOf(now, zone).add({ days: 1 }), zone);
export const yesterday = (now: Instant, zone: string): Instant =>
  begin(dayOf(now, zone).subtract({ days: 1 }), zone);

/** Monday's beginning. */
export function thisWeek(now: Instant, zone: string): Instant {
  const today = dayOf(now, zone);
  return begin(today.subtract({ days: today.dayOfWeek - 1 }), zone);
}

export const thisMonth = (now: Instant, zone: string): Instant =>
  begin(dayOf(now, zone).with({ day: 1 }), zone);

/** How many days of the month are worked, and how many of these have begun. */
export function workingDays(
  calendar: WorkCalendar,
  now: Instant,
  zone: string,
): { days: number; inMonth: number } {
  const first = dayOf(now, zone).with({ day: 1 });
  const [from, until] = [begin(first, zone), begin(first.add({ months: 1 }), zone)];
  const worked = (to: Instant): number =>
    new Set(openSpans(calendar, from, to).map((span) => dayOf(span.from, zone).toString())).size;
  return { days: worked(now), inMonth: worked(until) };
}
