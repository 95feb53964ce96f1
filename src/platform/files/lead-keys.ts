/** How files speak of a lead: by its id, or by its e-mail address. */
import { fold } from '#engine/criterion/value.ts';
import type { Refusal } from './leads.ts';
import { quoted } from './rejects.ts';

/** What an id or an address is looked up by: ids as they are written, addresses without regard to case. */
export const leadKey = (text: string): string => (text.includes('@') ? fold(text) : text.trim());

const ADDRESS = /[^\s<>()[\];,"]+@[^\s<>()[\];,"]+/g;

/** The leads a cell speaks of: `42`, `42;43`, `ada@acme.example`, `Ada Byron (ada@acme.example)`. */
export function leadKeys(cell: string): string[] {
  if (cell.includes('@')) return (cell.match(ADDRESS) ?? []).map(leadKey);
  return cell
    .split(';')
    .map(leadKey)
    .filter((key) => key !== '');
}

/** Whether a key names a lead that is known. */
export type Knows = (key: string) => boolean;

/**
 * Why a row is not taken that names nobody there is.
 *
 * @param leads what messages call the leads file
 */
export const stranger = (column: string, key: string, leads: string): Refusal => ({
  column,
  found: quoted(key),
  wanted: `a lead of ${leads}`,
  stranger: true,
});

/** For where it is not known yet who there is. */
export const anybody: Knows = () => true;
