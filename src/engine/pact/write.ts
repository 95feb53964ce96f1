/** A pact as a person would write it. */
import { language } from './language/language.ts';
import type { Pact } from './pact.ts';
import { layOut } from './source/layout.ts';

/**
 * The pact as readable YAML: shorthands used, what goes without saying left out, one clause a line where it fits,
 * and a word on what each part is. `parsePact` reads the same pact back.
 */
export function writePact(pact: Pact): string {
  const written = language.brief(pact) as Record<string, unknown>;
  const properties = language.schema(new Map()).properties as Record<string, { description?: string }>;
  return layOut(written, (key) => properties[key]?.description);
}
