/** What the pact promises for a period: months of any length, and the working days of it. */
import { openTime } from '#engine/calendar/opening.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { calendarOf } from '#features/handoffs/calendars.ts';
import { dayAt, type Scope } from './scope.ts';

/** How many months a period has: a quarter 3, half of June 0.5. */
function monthsIn({ from, to, zone }: Pick<Scope, 'from' | 'to' | 'zone'>): number {
  let months = 0;
  for (
    let first = dayAt(from, zone).with({ day: 1 });
    instant(first, zone) < to;
    first = first.add({ months: 1 })
  ) {
    const [begin, end] = [instant(first, zone), instant(first.add({ months: 1 }), zone)];
    months += (Math.min(end, to) - Math.max(begin, from)) / (end - begin);
  }
  // A period of whole months is a whole number of them, whatever is lost to rounding.
  return Math.abs(months - Math.round(months)) < 1e-9 ? Math.round(months) : months;
}

const instant = (day: Temporal.PlainDate, zone: string): Instant =>
  day.toZonedDateTime(zone).epochMilliseconds;

/** So much a month, over the period; null where nothing is promised. */
export const overPeriod = (scope: Scope, perMonth: number | undefined): number | null =>
  perMonth === undefined ? null : perMonth * monthsIn(scope);

/** The working days of a period, in order; every day of it where there is no calendar to go by. */
export async function workingDays(scope: Scope): Promise<string[]> {
  const { from, to, zone, version } = scope;
  const calendar = version === null ? null : await calendarOf(version.pact);
  const days: string[] = [];
  for (let day = dayAt(from, zone); instant(day, zone) < to; day = day.add({ days: 1 })) {
    const [begin, end] = [instant(day, zone), instant(day.add({ days: 1 }), zone)];
    if (calendar === null || openTime(calendar, begin, end) > 0) days.push(day.toString());
  }
  return days;
}
