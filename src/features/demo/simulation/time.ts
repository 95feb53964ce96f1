/** The company's time: Nuremberg, Monday to Thursday 8 to 17, Friday 8 to 15, Bavarian holidays. Instants are UTC milliseconds. */

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The history covers 18 months: 2025-01-01 up to, not including, 2026-07-01. */
export const START = Date.UTC(2025, 0, 1);
export const END = Date.UTC(2026, 6, 1);
export const DAYS = (END - START) / DAY;

const HOLIDAYS = new Set([
  ...['2025-01-01', '2025-01-06', '2025-04-18', '2025-04-21', '2025-05-01', '2025-05-29', '2025-06-09'],
  ...['2025-06-19', '2025-10-03', '2025-12-24', '2025-12-25', '2025-12-26', '2025-12-31'],
  ...['2026-01-01', '2026-01-06', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25'],
  ...['2026-06-04', '2026-10-03', '2026-12-24', '2026-12-25', '2026-12-26', '2026-12-31'],
]);

/** Summer time, changed at 01:00 UTC on the last Sundays of March and October. */
const SUMMER: [number, number][] = [
  [Date.UTC(2025, 2, 30, 1), Date.UTC(2025, 9, 26, 1)],
  [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)],
];

const offset = (instant: number): number =>
  SUMMER.some(([from, to]) => instant >= from && instant < to) ? 2 * HOUR : HOUR;

/** Local midnight of the day an instant falls on, as if local time were UTC. */
const localDay = (local: number): number => Math.floor(local / DAY) * DAY;
const toLocal = (instant: number): number => instant + offset(instant);
const toInstant = (local: number): number => local - offset(local - HOUR);

/** The instant of a local clock time, `hour` with its fraction, on the day number `day` of the history. */
export const localTime = (day: number, hour: number): number =>
  toInstant(START + day * DAY + Math.floor(hour * 60) * MINUTE);

/** 0 Sunday … 6 Saturday, in local time. */
export const weekday = (instant: number): number => new Date(toLocal(instant)).getUTCDay();

/** The day number of the history on which an instant falls, in local time. */
export const dayOf = (instant: number): number => (localDay(toLocal(instant)) - START) / DAY;

/** Whole milliseconds of opening and closing on a local day, or null when it is closed. */
function hours(localMidnight: number): [open: number, close: number] | null {
  const date = new Date(localMidnight);
  const day = date.getUTCDay();
  if (day === 0 || day === 6 || HOLIDAYS.has(date.toISOString().slice(0, 10))) return null;
  return [localMidnight + 8 * HOUR, localMidnight + (day === 5 ? 15 : 17) * HOUR];
}

/** The instant at which so many working minutes have passed. */
export function addWorkingMinutes(instant: number, minutes: number): number {
  let rest = Math.round(minutes) * MINUTE;
  let local = toLocal(instant);
  for (let day = localDay(local); ; day += DAY) {
    const open = hours(day);
    if (open) {
      const from = Math.max(local, open[0]);
      const room = open[1] - from;
      if (room > 0 && rest <= room) return toInstant(from + rest);
      if (room > 0) rest -= room;
    }
    local = day + DAY;
  }
}

/** Visitors by month (the fair in April, August away, December short), by weekday, and on holidays. */
const MONTHS = [0.95, 1, 1.1, 1.35, 1, 1, 0.85, 0.6, 1.15, 1.2, 1.1, 0.65];
const WEEKDAYS = [0.12, 1, 1.1, 1.1, 1, 0.8, 0.15];
const GROWTH_PER_MONTH = 1.012;

/** How busy a day of the history is, relative to others. */
export function season(day: number): number {
  const date = new Date(START + day * DAY);
  const holiday = HOLIDAYS.has(date.toISOString().slice(0, 10)) ? 0.2 : 1;
  return MONTHS[date.getUTCMonth()]! * WEEKDAYS[date.getUTCDay()]! * holiday * GROWTH_PER_MONTH ** (day / 30);
}

/** `2025-03-04T09:12Z`: to the minute, which is enough and keeps the files small. */
export function stamp(instant: number): string {
  const day = Math.floor(instant / DAY);
  const minutes = Math.floor((instant - day * DAY) / MINUTE);
  return `${date(day)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}Z`;
}

const dates = new Map<number, string>();

/** The ISO date of a day since 1970, remembered: a history has few days and many rows. */
function date(day: number): string {
  let text = dates.get(day);
  if (text === undefined) {
    text = new Date(day * DAY).toISOString().slice(0, 10);
    dates.set(day, text);
  }
  return text;
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);
