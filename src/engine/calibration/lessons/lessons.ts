/**
 * What the leads and deals of those who signed a pact say of it: what has changed since, and what it should say
 * instead. Learnt from the older leads, tried on the newer ones; and where the evidence does not carry it, that is said.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Edit } from '#engine/pact/edit/apply.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import { tooFew } from '../enough.ts';
import { changed, type Drifted } from './changed.ts';
import { propose } from './propose.ts';
import { tryOn } from './trying.ts';

/** A lead as it stood when it was decided upon. */
export type StudiedLead = {
  createdAt: Instant;
  /** For each criterion of the pact's profile, in its order. */
  holds: readonly Truth[];
  /** What was known of it then, as text, by folded name. */
  attributes: Readonly<Record<string, string>>;
  /** Null while nothing is won or lost. */
  outcome: 'won' | 'lost' | null;
  /** When that was decided; null when it is not known. */
  closedAt: Instant | null;
};

export type Suggestion = {
  /** The clause it changes, or the one it adds: `profile.size`. */
  clause: string;
  /** In one sentence, the numbers it rests on included. */
  said: string;
  /** Older leads that meet it and those that do not, and how many of each won. */
  meets: { n: number; won: number };
  others: { n: number; won: number };
  /** The points now, 0 for what is new; and the points that follow from the evidence. */
  points: { now: number; suggested: number };
  edits: Edit[];
};

export type Trial = {
  /** Leads learnt from, and leads tried on. */
  older: number;
  newer: number;
  /** How well newer leads are ranked by the points in force and by the suggested ones. */
  auc: { now: number; suggested: number };
  /** By how much the suggested ones rank better at least, in nine of ten samples. */
  gain: number;
};

export type Lessons = {
  leads: number;
  decided: number;
  won: number;
  /** Whether and how leads differ since the given instant. */
  drift: Drifted[];
  /** Why nothing is suggested; null when something is. */
  refusal: string | null;
  trial: Trial | null;
  /** The weightiest first. */
  suggestions: Suggestion[];
};

/** @param since leads from here on are held against those before */
export function learn(pact: Pact, leads: readonly StudiedLead[], since: Instant): Lessons {
  const decided = leads
    .filter(({ outcome }) => outcome !== null)
    .toSorted((a, b) => a.createdAt - b.createdAt);
  const won = decided.filter(({ outcome }) => outcome === 'won').length;
  const common = {
    leads: leads.length,
    decided: decided.length,
    won,
    drift: changed(pact, leads, since),
  };
  const few = tooFew(won, decided.length - won, decided.length);
  if (few !== null) return { ...common, refusal: few.message, trial: null, suggestions: [] };

  const cut = Math.floor((decided.length * 2) / 3);
  const proposed = propose(pact, decided.slice(0, cut));
  if ('refusal' in proposed) return { ...common, refusal: proposed.refusal, trial: null, suggestions: [] };
  const { suggestions } = proposed;
  if (suggestions.length === 0) {
    const refusal =
      'The points in force are about what won and lost leads say they should be: nothing to change.';
    return { ...common, refusal, trial: null, suggestions };
  }
  const trial = tryOn(pact, suggestions, decided.slice(cut), cut);
  if (trial === null || trial.gain <= 0) {
    const refusal =
      trial === null
        ? `The newest ${decided.length - cut} leads all ended alike: what the older ones suggest cannot be tried on them.`
        : `The newest ${trial.newer} leads do not bear out what the older ${trial.older} suggest: the points in force rank them with an AUC of ${trial.auc.now.toFixed(2)}, the suggested ones with ${trial.auc.suggested.toFixed(2)}, and that is not surely more.`;
    return { ...common, refusal, trial, suggestions: [] };
  }
  return { ...common, refusal: null, trial, suggestions };
}
