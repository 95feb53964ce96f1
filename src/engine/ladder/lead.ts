/** A lead on the ladder: all that happened to it, and where that leaves it. */
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Occurrence } from './occurrence.ts';
import type { Standing } from './standing.ts';

/** Plain data: it can be stored, sent and compared as it is. */
export type LeadState = {
  id: string;
  /** Everything that happened to it, in order of time, not of arrival. Only ever added to. */
  ledger: readonly Occurrence[];
  /** Null until something happened at an instant. */
  standing: Standing | null;
  /** How it stood before the last instant: more may be told of that one. */
  before: Standing | null;
  /** When to look again if nothing happens, null when there is no need. */
  next: Instant | null;
};

/** A lead of which nothing is known yet. */
export const newLead = (id: string): LeadState => ({
  id,
  ledger: [],
  standing: null,
  before: null,
  next: null,
});

/** What is known of a lead, for `judge`, `explain` and `replay`. */
export function factsOf({ id, ledger }: LeadState): Facts {
  const facts: Facts = { id, changes: [], activities: [] };
  for (const one of ledger) {
    if (one.kind === 'attributes') facts.changes.push({ at: one.at, values: one.values });
    if (one.kind !== 'activity') continue;
    const { at, type, properties, id: name } = one;
    facts.activities.push({ at, type, properties, ...(name !== undefined && { id: name }) });
  }
  return facts;
}
