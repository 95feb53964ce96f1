/** A pact's text, changed by parts: cards and text stay in step, and what people wrote beside them stays. */
import { digestPact } from '../digest.ts';
import { language } from '../language/language.ts';
import type { Pact } from '../pact.ts';
import { parsePact, readPactValues } from '../parse.ts';
import { PactError } from '../problem.ts';
import { layOut } from '../source/layout.ts';
import { writePact } from '../write.ts';
import { applyEdit, copyOf, type Edit, partAt, type Way } from './apply.ts';
import { spliceEdit } from './splice.ts';

export type Edited = {
  text: string;
  /** Whether everything else stayed as it was written; false when the whole had to be written anew. */
  kept: boolean;
};

type Read = (text: string) => { pact: Pact };

/** Letters that are read again, in all: a long text is not read for every one of many changes. */
const MOST_READ = 2_000_000;

/**
 * Makes changes, one after the other. Comments, order and spelling of everything else stay as they are; where the text
 * is written in a way that does not allow it (aliases, merge keys), the whole is written anew.
 *
 * The result need not be a pact: whoever is in the middle of writing gets what they have written.
 *
 * @param read reads a text, for whoever keeps what was read
 * @throws PactError when the text is no pact to begin with
 * @throws EditError when a change points at nothing
 */
export function editPact(text: string, edits: readonly Edit[], read: Read = parsePact): Edited {
  const before = read(text).pact;
  const wanted = copyOf<unknown>(before) as Record<string, unknown>;
  const order = Object.keys(before);
  let made: string | null = text.length * edits.length > MOST_READ ? null : text;
  for (const edit of edits) {
    applyEdit(wanted, edit);
    if (made === null) continue;
    const saying = (way: Way): unknown => partAt(briefly(wanted), way) ?? partAt(wanted, way);
    made = spliceEdit(made, edit, saying, order);
  }
  const pact = pactSaid(() => readPactValues(wanted));
  if (made !== null && isMeant(made, pact, read)) return { text: made, kept: true };
  return { text: pact === null ? layOut(wanted) : writePact(pact), kept: false };
}

/** The pact as a person would write it, as plain values; as it is when it is none. */
function briefly(wanted: unknown): unknown {
  const pact = pactSaid(() => readPactValues(wanted));
  return pact === null ? wanted : language.brief(pact);
}

/** Whether a text says what was wanted. Of what is no pact (yet) only that is known. */
function isMeant(text: string, wanted: Pact | null, read: Read): boolean {
  const found = pactSaid(() => read(text).pact);
  if (wanted === null || found === null) return wanted === found;
  return digestPact(found) === digestPact(wanted);
}

/** Null where there is none (yet). */
function pactSaid(read: () => Pact): Pact | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof PactError) return null;
    throw error;
  }
}
