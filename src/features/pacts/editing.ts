/** A text changed by parts, with what cannot be done said to the caller. */
import { type Edit, EditError } from '#engine/pact/edit/apply.ts';
import { type Edited, editPact } from '#engine/pact/edit/edit.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { readText } from './drafting.ts';

/** @throws HttpProblem 422 when the text is no pact to begin with, or a change points at nothing */
export function edited(text: string, edits: readonly Edit[]): Edited {
  readText(text);
  try {
    return editPact(text, edits);
  } catch (error) {
    if (error instanceof EditError) throw new HttpProblem(422, 'no_such_part', error.message);
    throw error;
  }
}
