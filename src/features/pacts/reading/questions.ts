/** What is asked of a text, and how it is answered: the same in the thread that asks and in the one beside it. */
import { type Lessons, learn, type StudiedLead } from '#engine/calibration/lessons/lessons.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Edit } from '#engine/pact/edit/apply.ts';
import { type Edited, editPact } from '#engine/pact/edit/edit.ts';
import { type ExaminedText, examineFault, examinePact } from '#engine/pact/examine.ts';
import { rewrite } from '#engine/pact/merge/rewrite.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { type ParsedPact, parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import { calendarFindings } from '../calendar-findings.ts';

/** What is asked, with the text first of all. */
export type Questions = {
  /** The pact it says. @throws PactError */
  pact: { asked: { text: string }; answer: Pact };
  /** Everything there is to be said of it, whatever it is. */
  examine: { asked: { text: string }; answer: ExaminedText };
  /** What some edits make of it. @throws PactError or EditError */
  edit: { asked: { text: string; edits: readonly Edit[] }; answer: Edited };
  /** The text brought to say another pact. */
  rewrite: { asked: { text: string; wanted: Pact }; answer: string };
  /** What leads and their deals say of it. */
  learn: { asked: { text: string; leads: readonly StudiedLead[]; since: Instant }; answer: Lessons };
};

export const answers: {
  [K in keyof Questions]: (
    asked: Questions[K]['asked'],
  ) => Questions[K]['answer'] | Promise<Questions[K]['answer']>;
} = {
  pact: ({ text }) => read(text).pact,
  examine: ({ text }) => examineText(text),
  edit: ({ text, edits }) => editPact(text, edits, read),
  rewrite: ({ text, wanted }) => rewrite(text, wanted),
  learn: ({ text, leads, since }) => learn(read(text).pact, leads, since),
};

/** The texts read last: what was examined is edited next, and what an edit made of it examined. */
const last = new Map<string, ParsedPact>();
const FEW = 4;

function read(text: string): ParsedPact {
  const parsed = last.get(text) ?? parsePact(text);
  last.delete(text);
  last.set(text, parsed);
  for (const oldest of last.keys()) {
    if (last.size <= FEW) break;
    last.delete(oldest);
  }
  return parsed;
}

async function examineText(text: string): Promise<ExaminedText> {
  let parsed: ParsedPact;
  try {
    parsed = read(text);
  } catch (error) {
    if (error instanceof PactError) return examineFault(error);
    throw error;
  }
  return examinePact(parsed, await calendarFindings(parsed.pact));
}
