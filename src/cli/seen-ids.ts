/** Ids of leads met so far, and on which line: a lead is never written over by another of the same id. */
import type { LeadPlan, Refusal } from '#platform/files/leads.ts';
import { quoted } from '#platform/files/rejects.ts';
import { IdLines } from './id-lines.ts';

export class SeenIds {
  readonly #plan: LeadPlan;
  readonly #lines = new IdLines();

  constructor(plan: LeadPlan) {
    this.#plan = plan;
  }

  /** Why a row with this id is refused, undefined when it is the first with it. Row numbers are all different. */
  see(id: string, line: number): Refusal | undefined {
    const { id: column } = this.#plan;
    if (column === null || id === '') return undefined; // a row without an id is refused as such
    const before = this.#lines.lineOf(id, line);
    if (before === null) return undefined;
    return {
      column: column.name,
      found: `${quoted(id)}, which line ${before} has already`,
      wanted: 'an id of its own',
    };
  }
}
