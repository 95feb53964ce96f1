/** Days on which nobody works, whatever day of the week they are. */
import { civilDate, type Day, readDay } from './civil.ts';

/**
 * The public holidays of a region (`US`, `DE-BY`) in a year, as ISO dates of that year. Throws `UnknownRegion` for a
 * code it does not know. The book is handed in, because a world of holidays is too much for a browser to carry.
 */
export type HolidayBook = (region: string, year: number) => readonly string[];

/** A region code that a holiday book does not know. */
export class UnknownRegion extends RangeError {
  override readonly name = 'UnknownRegion';
  readonly region: string;
  /** Codes it does know that look or sound alike. */
  readonly nearest: readonly string[];

  constructor(region: string, nearest: readonly string[]) {
    super(`found ${JSON.stringify(region)}, wanted the code of a region whose public holidays are known`);
    this.region = region;
    this.nearest = nearest;
  }
}

/** The holidays of several regions in a year. Throws a `RangeError` on a date that is none of that year. */
export function holidaysOf(regions: readonly string[], year: number, book: HolidayBook): ReadonlySet<Day> {
  const days = new Set<Day>();
  for (const region of regions) {
    for (const date of book(region, year)) {
      const day = readDay(date);
      if (day === null || civilDate(day).year !== year) {
        throw new RangeError(
          `the holiday book gave ${JSON.stringify(date)} for ${region} in ${year}, wanted a date of that year`,
        );
      }
      days.add(day);
    }
  }
  return days;
}
