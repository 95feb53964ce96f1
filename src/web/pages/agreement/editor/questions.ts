/** What a page asks of the engine that reads beside it. */
import type { Edit } from '#engine/pact/edit/apply.ts';
import type { Edited } from '#engine/pact/edit/edit.ts';
import type { ExaminedText } from '#engine/pact/examine.ts';

export type Answers = {
  /** What is to be said of a text. */
  examine: { asked: { text: string }; answer: ExaminedText };
  /** Changes of parts; refused in words when the text is no pact. */
  edit: { asked: { text: string; edits: readonly Edit[] }; answer: Edited };
  /** From one text to another, as sentences. */
  compare: { asked: { from: string; to: string }; answer: string[] };
};

export type Question = { id: number; kind: keyof Answers; asked: unknown };
export type Reply = { id: number; answer: unknown; error: string | null };
