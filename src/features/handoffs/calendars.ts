/** The working time that handoffs run on. */
import { compileCalendar, type WorkCalendar } from '#engine/calendar/calendar.ts';
import type { HolidayBook } from '#engine/calendar/holidays.ts';
import { isOpen } from '#engine/calendar/opening.ts';
import { UnknownZone, zoneNamed } from '#engine/calendar/zone.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { openHolidayBook } from '#platform/holidays/holidays.ts';

let book: Promise<HolidayBook> | null = null;
/** By pact, then zone: a version's calendar never changes. */
const compiled = new WeakMap<Pact, Map<string, WorkCalendar>>();

/** The calendar of a pact. The book of holidays is opened when it is first asked for. */
export async function calendarOf(pact: Pact, zone = pact.calendar.zone): Promise<WorkCalendar> {
  const known = compiled.get(pact)?.get(zone);
  if (known !== undefined) return known;
  book ??= openHolidayBook();
  const calendar = compileCalendar({ ...pact.calendar, zone }, await book);
  const zones = compiled.get(pact) ?? new Map<string, WorkCalendar>();
  compiled.set(pact, zones.set(zone, calendar));
  return calendar;
}

/** Whether somebody's working hours are open: the pact's hours, by the clock on their own wall where that is known. */
export const isAtWork = async (pact: Pact, zone: string | null, at: Instant): Promise<boolean> =>
  isOpen(await calendarOf(pact, zone !== null && isZone(zone) ? zone : pact.calendar.zone), at);

function isZone(name: string): boolean {
  try {
    zoneNamed(name);
    return true;
  } catch (error) {
    if (error instanceof UnknownZone) return false;
    throw error;
  }
}
