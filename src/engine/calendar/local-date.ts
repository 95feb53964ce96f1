/** Which month or day it is somewhere, quick enough to ask for every activity of a history. */
import type { Instant } from '#engine/facts/facts.ts';
import { civilDate, DAY, type Day, sayDay, sayMonth } from './civil.ts';
import { FIRST_YEAR, LAST_YEAR, offsetAt, type Zone, zoneNamed } from './zone.ts';

/** The local day of an instant. */
const localDay = (zone: Zone, instant: Instant): Day => Math.floor((instant + offsetAt(zone, instant)) / DAY);

/** The months said so far, by `year * 12 + month`; only of the years of the zones' tables, so they stay few. */
const months = new Map<number, string>();

/** The month that an instant falls in, `2026-01`, by the clocks of a zone. Throws `UnknownZone`. */
export function monthIn(zone: string, instant: Instant): string {
  const { year, month } = civilDate(localDay(zoneNamed(zone), instant));
  if (year < FIRST_YEAR || year > LAST_YEAR) return sayMonth(year, month);
  const key = year * 12 + month;
  const known = months.get(key);
  if (known !== undefined) return known;
  const said = sayMonth(year, month);
  months.set(key, said);
  return said;
}

/** The day that an instant falls on, `2026-01-31`, by the clocks of a zone. Throws `UnknownZone`. */
export const dayIn = (zone: string, instant: Instant): string => sayDay(localDay(zoneNamed(zone), instant));
