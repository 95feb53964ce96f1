/** The working-time calendar of a pact, ready to count with. */
import type { CalendarText } from '#engine/pact/pact.ts';
import { CalendarError, type CalendarFault } from './calendar-error.ts';
import { civilDate, type Day, readDay, weekdayOf } from './civil.ts';
import { type HolidayBook, holidaysOf, UnknownRegion } from './holidays.ts';
import { CLOSED, type DayHours, readHours } from './hours.ts';
import { type OpenYear, openYear } from './open-year.ts';
import { UnknownZone, type Zone, zoneNamed } from './zone.ts';

export type WorkCalendar = {
  readonly zone: Zone;
  /** Open hours of a local day. */
  readonly hoursOn: (day: Day) => DayHours;
  /** Open time of a UTC year. */
  readonly openYear: (year: number) => OpenYear;
};

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** Regions are asked for one year when the calendar is compiled, so that an unknown one shows then and not later. */
const ASKED_YEAR = 2000;

/**
 * Compiles a calendar. What a day's hours are, the first that applies: the hours its own date is listed with (none:
 * closed all day), closed when it is a holiday of a listed region, the hours of its day of the week.
 *
 * Throws a `CalendarError` with every fault: an unknown zone or region, a date that does not exist or is listed with
 * two different hours, spans that end before they begin or overlap, a week without any open time.
 */
export function compileCalendar(text: CalendarText, book: HolidayBook): WorkCalendar {
  const faults: CalendarFault[] = [];
  const zone = readZone(text.zone, faults);
  const week = readWeek(text.hours, faults);
  const { dates, regions } = readHolidays(text.holidays, book, faults);
  if (zone === null || faults.length > 0) throw new CalendarError(faults);

  const holidays = remember((year: number) => holidaysOf(regions, year, book));
  const hoursOn = (day: Day): DayHours => {
    const own = dates.get(day);
    if (own) return own;
    const hours = week[weekdayOf(day)]!;
    if (hours.length === 0 || regions.length === 0) return hours;
    return holidays(civilDate(day).year).has(day) ? CLOSED : hours;
  };
  return { zone, hoursOn, openYear: remember((year: number) => openYear(zone, year, hoursOn)) };
}

function readZone(name: string, faults: CalendarFault[]): Zone | null {
  try {
    return zoneNamed(name);
  } catch (error) {
    if (!(error instanceof UnknownZone)) throw error;
    faults.push({ path: 'calendar.zone', message: error.message });
    return null;
  }
}

function readWeek(hours: CalendarText['hours'], faults: CalendarFault[]): DayHours[] {
  const before = faults.length;
  const week = WEEK.map((day) => readHours(hours[day] ?? [], `calendar.hours.${day}`, faults));
  if (faults.length === before && week.every((day) => day.length === 0)) {
    faults.push({
      path: 'calendar.hours',
      message: 'found no open time on any day of the week, wanted some, for a clock to run in',
      hint: 'for instance mon-fri: 09:00-17:00',
    });
  }
  return week;
}

function readHolidays(
  entries: CalendarText['holidays'],
  book: HolidayBook,
  faults: CalendarFault[],
): { dates: Map<Day, DayHours>; regions: string[] } {
  const dates = new Map<Day, DayHours>();
  const regions: string[] = [];
  entries.forEach((entry, i) => {
    const path = `calendar.holidays[${i}]`;
    if (typeof entry === 'string' && !/^\d/.test(entry)) {
      readRegion(entry, path, book, faults);
      regions.push(entry);
      return;
    }
    const date = typeof entry === 'string' ? entry : entry.date;
    const hours = typeof entry === 'string' ? CLOSED : readHours(entry.hours, `${path}.hours`, faults);
    const day = readDay(date);
    if (day === null) {
      faults.push({
        path,
        message: `found ${JSON.stringify(date)}, wanted a date that exists, as 2026-12-24`,
      });
      return;
    }
    const known = dates.get(day);
    if (known && JSON.stringify(known) !== JSON.stringify(hours)) {
      faults.push({ path, message: `found ${date} again with other hours, wanted each date once` });
    }
    dates.set(day, hours);
  });
  return { dates, regions };
}

function readRegion(region: string, path: string, book: HolidayBook, faults: CalendarFault[]): void {
  try {
    book(region, ASKED_YEAR);
  } catch (error) {
    if (!(error instanceof UnknownRegion)) throw error;
    const hint = error.nearest.length > 0 ? `did you mean ${error.nearest.join(' or ')}?` : undefined;
    faults.push({ path, message: error.message, ...(hint === undefined ? {} : { hint }) });
  }
}

/** Answers of a pure function, each worked out once. Only for arguments that are few: years of the zones' tables. */
function remember<T>(answer: (year: number) => T): (year: number) => T {
  const answers = new Map<number, T>();
  return (year) => {
    const known = answers.get(year);
    if (known !== undefined) return known;
    const fresh = answer(year);
    answers.set(year, fresh);
    return fresh;
  };
}
