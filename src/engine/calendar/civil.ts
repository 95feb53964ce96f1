/** Days of the Gregorian calendar as whole numbers, so that counting days is adding. */

/** Days since 1970-01-01 (a Thursday). */
export type Day = number;
/** Milliseconds of a day of 24 hours. */
export const DAY = 86_400_000;

export type CivilDate = { year: number; month: number; day: number };

/** Four hundred years have always this many days; the rest of the arithmetic hangs on it. */
const ERA = 146_097;
/** 0000-03-01: counting years from March puts the leap day last. */
const MARCH_0000 = -719_468;

/**
 * The number of a date; months from 1. A day past the month's end runs on into the next.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
 */
export function dayNumber(year: number, month: number, day: number): Day {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA + dayOfEra + MARCH_0000;
}

/** The date of a number. Source: as above, `civil_from_days`. */
export function civilDate(number: Day): CivilDate {
  const shifted = number - MARCH_0000;
  const era = Math.floor(shifted / ERA);
  const dayOfEra = shifted - era * ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** 0 is Monday, 6 is Sunday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** The day that `2026-12-24` names, or null when the text is not a date, or names a day that does not exist. */
export function readDay(text: string): Day | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1) return null;
  const number = dayNumber(year, month, day);
  return civilDate(number).month === month ? number : null;
}

/** `2026-12-24`. */
export function sayDay(number: Day): string {
  const { year, month, day } = civilDate(number);
  return `${sayMonth(year, month)}-${String(day).padStart(2, '0')}`;
}

/** `2026-12`; years before 0 or past 9999 with sign and six digits, as ISO 8601 has it. */
export function sayMonth(year: number, month: number): string {
  const sign = year < 0 ? '-' : '+';
  const digits = String(Math.abs(year));
  const written = year < 0 || year > 9999 ? sign + digits.padStart(6, '0') : digits.padStart(4, '0');
  return `${written}-${String(month).padStart(2, '0')}`;
}
