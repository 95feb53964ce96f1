/**
 * Leads as they were last folded, kept in memory by the worker that folded them: whoever comes back is folded from
 * there, and only what is new is read. What is kept of a lead holds as long as its state has the revision it was
 * written with; whether it has is looked at under the lock on the state.
 */
import { getHeapStatistics } from 'node:v8';
import type { Folded } from './fold.ts';

/** What a lead's fold came to when the state of this revision was written. */
export type KeptLead = { id: string; revision: number; folded: Pick<Folded, 'carried' | 'walk'> };

/** What one thing that happened to a lead takes up, in bytes, and the share of the memory at hand that is spent on it. */
const BYTES = 250;
const SHARE = 0.2;

/** The most that is kept, counted in what happened to leads. */
const mostThatFit = (): number => Math.floor((getHeapStatistics().heap_size_limit * SHARE) / BYTES);

/** What a lead takes up beside what happened to it, in the same measure. */
const ITSELF = 10;

export class KeptLeads {
  readonly #most: number;
  /** In order of use. */
  readonly #kept = new Map<string, { lead: KeptLead; size: number }>();
  #size = 0;

  constructor(most = mostThatFit()) {
    this.#most = most;
  }

  /** Hands leads out, which then are no longer kept: what they are folded with may not be committed. */
  take(workspace: string, leads: readonly number[]): Map<number, KeptLead> {
    const taken = new Map<number, KeptLead>();
    for (const lead of leads) {
      const name = nameOf(workspace, lead);
      const found = this.#kept.get(name);
      if (found === undefined) continue;
      taken.set(lead, found.lead);
      this.#forget(name, found.size);
    }
    return taken;
  }

  /** Keeps what was committed. Of others, those that were not used for the longest go. */
  keep(workspace: string, leads: ReadonlyMap<number, KeptLead>): void {
    for (const [lead, kept] of leads) {
      const name = nameOf(workspace, lead);
      const before = this.#kept.get(name);
      if (before !== undefined) this.#forget(name, before.size);
      const size = ITSELF + kept.folded.walk.ledger.length;
      this.#kept.set(name, { lead: kept, size });
      this.#size += size;
    }
    for (const [name, { size }] of this.#kept) {
      if (this.#size <= this.#most) break;
      this.#forget(name, size);
    }
  }

  #forget(name: string, size: number): void {
    this.#kept.delete(name);
    this.#size -= size;
  }
}

const nameOf = (workspace: string, lead: number): string => `${workspace} ${lead}`;
