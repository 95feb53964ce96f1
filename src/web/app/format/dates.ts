/** Instants as the reader's own language and clock say them. */
import { locale, timeZone } from './reader.ts';

const day = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
const dayThisYear = new Intl.DateTimeFormat(locale, {
  timeZone,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
const full = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full', timeStyle: 'long' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' });

type When = string | number | Date;

export const dateOf = (at: When): string => {
  const date = new Date(at);
  return (date.getFullYear() === new Date().getFullYear() ? dayThisYear : day).format(date);
};
/** A date that stands for itself, such as a holiday: in every zone it is the same day. */
export const calendarDay = (date: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(`${date}T12:00:00Z`));
/** The day that an instant falls on in a zone that is not the reader's. */
export const dayIn = (at: When, zone: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(new Date(at));
export const timeOf = (at: When): string => clock.format(new Date(at));
export const dateAndTime = (at: When): string => `${dateOf(at)}, ${timeOf(at)}`;
/** With the year, the weekday and the zone: for whoever wants it exactly. */
export const exactly = (at: When): string => full.format(new Date(at));

const STEPS: [limit: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [60, 'second', 1],
  [3_600, 'minute', 60],
  [86_400, 'hour', 3_600],
  [30 * 86_400, 'day', 86_400],
  [365 * 86_400, 'month', 30.44 * 86_400],
  [Number.POSITIVE_INFINITY, 'year', 365.25 * 86_400],
];

/** "3 hours ago", "in 20 minutes". */
export function ago(at: When, now: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1_000;
  const [, unit, size] = STEPS.find(([limit]) => Math.abs(seconds) < limit)!;
  return unit === 'second' ? relative.format(0, 'second') : relative.format(Math.round(seconds / size), unit);
}

/** Working time: its days are not the clock's, so hours it is. "2 h 45 min", "26 h". */
export function working(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** How long, in at most two units: "2 h 45 min", "3 d 4 h". */
export function lasting(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}
