/** The open time of a calendar as columns, so that a statement can count working time for every row by itself. */
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { openSpans } from '#engine/calendar/opening.ts';
import type { Instant } from '#engine/facts/facts.ts';

/** When each span begins, how much was open before it, how long it is. Milliseconds. */
export type OpenTime = { from: number[]; before: number[]; length: number[] };

export function openTimeOf(calendar: WorkCalendar, from: Instant, to: Instant): OpenTime {
  const open: OpenTime = { from: [], before: [], length: [] };
  let before = 0;
  for (const span of openSpans(calendar, from, to)) {
    open.from.push(span.from);
    open.before.push(before);
    open.length.push(span.to - span.from);
    before += span.to - span.from;
  }
  return open;
}
