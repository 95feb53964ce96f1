/** A text changed by parts, with what cannot be done said to the caller. */
import { type Edit, EditError } from '#engine/pact/edit/apply.ts';
import type { Edited } from '#engine/pact/edit/edit.ts';
import { PactError } from '#engine/pact/problem.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { notAPact } from './drafting.ts';
import { ask } from './reading/reading.ts';

/** @throws HttpProblem 422 when the text is no pact to begin with, or a change points at nothing */
export async function edited(text: string, edits: readonly Edit[]): Promise<Edited> {
  try {
    return await ask('edit', { text, edits });
  } catch (error) {
    if (error instanceof PactError) throw notAPact(error);
    if (error instanceof EditError) throw new HttpProblem(422, 'no_such_part', error.message);
    throw error;
  }
}
