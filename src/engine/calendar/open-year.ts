/** The open time of one year as a table, so that asking what lies between two instants needs no walking. */
import type { Instant } from '#engine/facts/facts.ts';
import { DAY, type Day, dayNumber } from './civil.ts';
import type { DayHours } from './hours.ts';
import { countBelow } from './search.ts';
import { stretches, type Zone } from './zone.ts';

/** Open spans of a UTC year, cut at its ends; in order and apart. */
export type OpenYear = {
  readonly from: readonly Instant[];
  readonly to: readonly Instant[];
  /** Open milliseconds of the year before each span; one more item than spans, the last is the year's sum. */
  readonly before: readonly number[];
};

/**
 * Open time is real time that passes while the clock on the wall shows open hours. So a span that begins in a gap
 * begins when the gap ends, an hour that the clock shows twice is worked twice, and a day that the date line took
 * has no hours at all.
 */
export function openYear(zone: Zone, year: number, hoursOn: (day: Day) => DayHours): OpenYear {
  const from: Instant[] = [];
  const to: Instant[] = [];
  const add = (start: Instant, end: Instant): void => {
    if (start >= end) return;
    if (to.at(-1) === start) to[to.length - 1] = end;
    else {
      from.push(start);
      to.push(end);
    }
  };
  for (const stretch of stretches(zone, dayNumber(year, 1, 1) * DAY, dayNumber(year + 1, 1, 1) * DAY)) {
    const first = Math.floor((stretch.from + stretch.offset) / DAY);
    const last = Math.floor((stretch.to - 1 + stretch.offset) / DAY);
    for (let day = first; day <= last; day += 1) {
      const midnight = day * DAY - stretch.offset;
      for (const { open, close } of hoursOn(day)) {
        add(Math.max(stretch.from, midnight + open), Math.min(stretch.to, midnight + close));
      }
    }
  }
  const before = [0];
  for (let i = 0; i < from.length; i += 1) before.push(before[i]! + to[i]! - from[i]!);
  return { from, to, before };
}

/** How many spans begin before an instant. */
export const spansBegun = (year: OpenYear, instant: Instant): number => countBelow(year.from, instant);

/** Open milliseconds of the year up to an instant. */
export function openBefore(year: OpenYear, instant: Instant): number {
  const begun = spansBegun(year, instant);
  if (begun === 0) return 0;
  return year.before[begun - 1]! + Math.min(instant, year.to[begun - 1]!) - year.from[begun - 1]!;
}

/** Open milliseconds of the whole year. */
export const openInYear = (year: OpenYear): number => year.before.at(-1)!;

/** The first instant of the year by which so many open milliseconds (above 0, within the year's sum) have passed. */
export function instantAfter(year: OpenYear, open: number): Instant {
  const span = countBelow(year.before, open) - 1;
  return year.from[span]! + open - year.before[span]!;
}
