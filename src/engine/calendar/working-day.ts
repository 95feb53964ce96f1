/**
 * Counting in working days.
 *
 * One working day after Friday 16:30 is Monday 16:30: the same time on the next day that is worked. Where days are
 * equally long that is also one day's worth of open time; where they are not, people still mean the time on the
 * clock, so a half day does not push a promise into the day after it.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { WorkCalendar } from './calendar.ts';
import { DAY, type Day } from './civil.ts';
import { NoOpening, nextOpening, openSpans, openTime, SEARCH_YEARS } from './opening.ts';
import type { Span } from './span.ts';
import { instantOf, settledLocal } from './zone.ts';

const SEARCH_DAYS = SEARCH_YEARS * 366;

/**
 * The instant so many working days (1 or more) after another.
 *
 * Counting starts at `from` when the calendar is open then, else at the next opening. A local day is a working day
 * when it has any open time. The result is the starting local time on the last day counted, brought into that day's
 * open hours: to its opening when earlier, to the close before it when in a break or after the last close. So a
 * later `from` never gives an earlier result.
 *
 * Throws `NoOpening` when there are not so many working days within ten years.
 */
export function afterWorkingDays(calendar: WorkCalendar, from: Instant, days: number): Instant {
  const start = settledLocal(calendar.zone, nextOpening(calendar, from));
  const startDay = Math.floor(start / DAY);
  let [day, time] = [startDay, start - startDay * DAY];
  const next = (): void => {
    do day += 1;
    while (day <= startDay + SEARCH_DAYS && !isWorkingDay(calendar, day));
    if (day > startDay + SEARCH_DAYS) throw new NoOpening(calendar, from, `${days} working days`);
  };
  if (!isWorkingDay(calendar, day)) {
    // Clocks put back just after midnight show minutes of a day that has, in whole, not begun yet.
    next();
    time = 0;
  }
  for (let counted = 0; counted < days; counted += 1) next();
  return intoHours(openSpans(calendar, ...bounds(calendar, day)), instantOf(calendar.zone, day * DAY + time));
}

function isWorkingDay(calendar: WorkCalendar, day: Day): boolean {
  return calendar.hoursOn(day).length > 0 && openTime(calendar, ...bounds(calendar, day)) > 0;
}

/** The instants of a local day; equal when the date line or a gap took it whole. */
function bounds({ zone }: WorkCalendar, day: Day): [Instant, Instant] {
  return [instantOf(zone, day * DAY), instantOf(zone, (day + 1) * DAY)];
}

/** The instant, brought into a day's open spans, of which there is at least one. */
function intoHours(spans: readonly Span[], instant: Instant): Instant {
  const begun = spans.findLast((span) => span.from <= instant);
  return begun ? Math.min(instant, begun.to) : spans[0]!.from;
}
