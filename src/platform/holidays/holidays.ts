/**
 * The world's public holidays, from the library `date-holidays`.
 *
 * What counts is a public holiday of the region, on its day and on the day that stands in for it. Bank, school and
 * optional holidays and observances do not; a pact lists those it keeps by date. Holidays of less than a day
 * (Christmas Eve from 13:00 in Iceland) do not close it: a pact writes half days itself. Feasts by the moon are
 * the library's estimate, good to about a day; of some calendars it knows the years 1970 to 2076 alone.
 */
import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import type { HolidayBook } from '#engine/calendar/holidays.ts';
import { codeOf, regionNamed } from './regions.ts';

const DAY = 86_400_000;
/** What a day on which clocks are put forward lacks at most of 24 hours. */
const GAP = 2 * 3_600_000;
/** Years that the library answers for; it never comes back from some far ones. */
const [FIRST_YEAR, LAST_YEAR] = [1800, 2300];

/**
 * Opens the book. The library takes a tenth of a second to load, so it is loaded here and not on import.
 *
 * The book takes codes as `regionNamed` does and throws `UnknownRegion` for others; it works out each region's year
 * once.
 */
export async function openHolidayBook(): Promise<HolidayBook> {
  const { default: Library } = await import('date-holidays');
  const names = new Library();
  const regions = new Map<string, (year: number) => readonly string[]>();
  return (code, year) => {
    const parts = regionNamed(names, code);
    const key = codeOf(parts);
    const known = regions.get(key);
    if (known) return known(year);
    const [country = '', state, region] = parts;
    const yearOf = holidaysByYear(new Library({ country, state, region }, { types: ['public'] }));
    regions.set(key, yearOf);
    return yearOf(year);
  };
}

/** Each year's closed days, worked out once. */
function holidaysByYear(library: Holidays): (year: number) => readonly string[] {
  const years = new Map<number, readonly string[]>();
  return (year) => {
    const known = years.get(year);
    if (known) return known;
    if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR) {
      throw new RangeError(`found the year ${year}, wanted one from ${FIRST_YEAR} to ${LAST_YEAR}`);
    }
    // A feast of several days that begins in December may end in January.
    const days = [year - 1, year].flatMap((one) => library.getHolidays(one).flatMap(wholeDays));
    const ofTheYear = [...new Set(days)].filter((day) => day.startsWith(`${year}-`)).sort();
    years.set(year, ofTheYear);
    return ofTheYear;
  };
}

/** The dates that a holiday closes: from the one it is named for, as many as whole days fit between its ends. */
function wholeDays({ date, start, end }: HolidaysTypes.Holiday): string[] {
  const count = Math.floor((end.getTime() - start.getTime() + GAP) / DAY);
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  return Array.from({ length: count }, (_, i) => first.add({ days: i }).toString());
}
