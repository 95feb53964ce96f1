/** What only the world's zones and holidays can tell of a pact's calendar. */
import { compileCalendar } from '#engine/calendar/calendar.ts';
import { CalendarError } from '#engine/calendar/calendar-error.ts';
import type { Finding } from '#engine/pact/lint/lint.ts';
import type { Pact } from '#engine/pact/pact.ts';

/** The book of holidays is opened when a region is named. */
export async function calendarFindings({ calendar }: Pact): Promise<Finding[]> {
  const named = calendar.holidays.some((day) => typeof day === 'string' && !/^\d/.test(day));
  const book = named ? await (await import('#platform/holidays/holidays.ts')).openHolidayBook() : () => [];
  try {
    compileCalendar(calendar, book);
    return [];
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    return error.faults.map(({ path, message, hint = 'see the calendar in the guide' }) => ({
      level: 'error',
      code: 'calendar',
      path,
      message,
      hint,
    }));
  }
}
