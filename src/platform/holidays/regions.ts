/** Region codes: a country (`DE`), a state of it (`DE-BY`), a place in that (`DE-BY-A`). */
import type Holidays from 'date-holidays';
import { UnknownRegion } from '#engine/calendar/holidays.ts';
import { nearest } from '#engine/pact/shape/nearest.ts';

/** The parts of a region's code as the library spells them: country, state, place. */
export type Region = readonly string[];

/** What people write for a region whose code is another. */
const HABITS: Record<string, string> = { UK: 'GB', USA: 'US', UAE: 'AE', EN: 'GB-ENG', EL: 'GR' };
const SHOWN = 24;

/**
 * The region that a code names, in any capitals, its parts after `-` or `.`. Throws `UnknownRegion` with the codes
 * that look or sound alike.
 */
export function regionNamed(library: Holidays, code: string): Region {
  const region: string[] = [];
  for (const part of code.trim().split(/[-.]/)) {
    const known = partsBelow(library, region).find((one) => one.toUpperCase() === part.toUpperCase());
    if (known === undefined) throw new UnknownRegion(code, alike(library, code, region));
    region.push(known);
  }
  return region;
}

export const codeOf = (region: Region): string => region.join('-').toUpperCase();

/** The next parts of a code whose first parts are known. */
const partsBelow = (library: Holidays, region: Region): string[] => Object.keys(below(library, region));

/** The next parts of a code, and what they are called: in English, or in their own language where it is not known. */
function below(library: Holidays, [country, state, place]: Region): Record<string, string> {
  if (place !== undefined) return {};
  if (country === undefined) return library.getCountries('en');
  if (state === undefined) return library.getStates(country, 'en') ?? {};
  return library.getRegions(country, state, 'en') ?? {};
}

/** Of a known country its parts, or itself when it has none; else what people mean by it, or what is spelled alike. */
function alike(library: Holidays, code: string, known: Region): string[] {
  if (known.length > 0) {
    const parts = partsBelow(library, known).map((part) => codeOf([...known, part]));
    return parts.length === 0 ? [codeOf(known)] : parts.slice(0, SHOWN);
  }
  const meant = HABITS[code.trim().toUpperCase()];
  if (meant !== undefined) return [meant];
  const names = namedRegions(library);
  const byName = names.get(nearest(code, names.keys()) ?? '');
  const byCode = nearest(code, names.values());
  return [...new Set([byName ?? [], byCode ?? []].flat())];
}

/** Countries and their states by name. */
function namedRegions(library: Holidays): Map<string, string> {
  const names = new Map<string, string>();
  for (const [country, name] of Object.entries(below(library, []))) {
    names.set(name, country);
    for (const [state, stateName] of Object.entries(below(library, [country]))) {
      if (!names.has(stateName)) names.set(stateName, codeOf([country, state]));
    }
  }
  return names;
}
