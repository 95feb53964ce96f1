/** The open hours of a day, by the clock on the wall. */
import type { CalendarFault } from './calendar-error.ts';

/**
 * Open spans of a day in milliseconds of local time since its midnight, in order and apart; a span's end is closed.
 * None: the day is closed.
 */
export type DayHours = readonly { readonly open: number; readonly close: number }[];

export const CLOSED: DayHours = [];

const MINUTE = 60_000;
const MIDNIGHT = 24 * 60;

/**
 * Reads spans such as `["09:00", "12:00"]`, adding what is wrong with them to `faults`. A span ends after it begins,
 * at `24:00` at the latest; spans that touch are one.
 */
export function readHours(
  spans: readonly (readonly [string, string])[],
  path: string,
  faults: CalendarFault[],
): DayHours {
  const hours: { open: number; close: number }[] = [];
  for (const [i, [from, to]] of spans.entries()) {
    const [open, close] = [readClock(from), readClock(to)];
    const last = hours.at(-1);
    if (open === null || close === null) faults.push(notAClock(open === null ? from : to, `${path}[${i}]`));
    else if (open >= close) faults.push(notForward(from, to, `${path}[${i}]`));
    else if (last && open < last.close) faults.push(notApart(from, to, `${path}[${i}]`));
    else if (last && open === last.close) last.close = close;
    else hours.push({ open, close });
  }
  return hours;
}

/** Milliseconds since midnight of `09:30`; `24:00` is the end of the day. */
function readClock(text: string): number | null {
  const match = /^(\d\d):(\d\d)$/.exec(text);
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  const minutes = hour * 60 + minute;
  return minute > 59 || minutes > MIDNIGHT ? null : minutes * MINUTE;
}

const notAClock = (text: string, path: string): CalendarFault => ({
  path,
  message: `found ${JSON.stringify(text)}, wanted a time of day from 00:00 to 24:00`,
});

function notForward(from: string, to: string, path: string): CalendarFault {
  const hint =
    to === '00:00'
      ? `the end of the day is 24:00: write ${from}-24:00`
      : `for hours past midnight write ${from}-24:00 on the one day and 00:00-${to} on the next`;
  return { path, message: `found ${from}-${to}, wanted an end after its beginning`, hint };
}

const notApart = (from: string, to: string, path: string): CalendarFault => ({
  path,
  message: `found ${from}-${to} beginning before the span above it has ended, wanted spans in order and apart`,
});
