/** The escalation ladder: what happens when a promise is about to be broken, and when it is. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Term } from './deadlines.ts';

/** Remind whose it is; tell the lead of sales that it is late; give it to somebody else; take it for unanswered. */
export type Action = 'remind' | 'tell_lead' | 'reassign' | 'lapse';

/** A step, and at what share of the promise's working time it is taken: 1 is when it falls due. */
export type Step = { action: Action; share: number };

/**
 * The steps of each promise, in order. Late is not lost: between the due time and the lapse an answer still counts,
 * as late, and somebody else of sales gets a turn first.
 */
export const LADDER: Record<Term, readonly Step[]> = {
  accept: [
    { action: 'remind', share: 0.75 },
    { action: 'tell_lead', share: 1 },
    { action: 'reassign', share: 1.5 },
    { action: 'lapse', share: 3 },
  ],
  first_touch: [
    { action: 'remind', share: 0.75 },
    { action: 'tell_lead', share: 1 },
  ],
  decide: [
    { action: 'remind', share: 0.75 },
    { action: 'tell_lead', share: 1 },
  ],
};

export type Taken = { step: number; action: Action; due: Instant };
export type Climb = {
  taken: Taken[];
  /** The step to take next, and when; null at the top of the ladder. */
  next: { step: number; at: Instant } | null;
};

/**
 * The steps that are due, when `from` is the first not yet taken. A reminder is of no use once the promise is broken:
 * after a standstill it is left out. Everything else is taken, however late, and once.
 */
export function climb(term: Term, steps: readonly Instant[], from: number, now: Instant): Climb {
  const ladder = LADDER[term];
  const due = steps.findIndex((_, i) => ladder[i]!.share >= 1);
  const broken = now >= steps[due]!;
  const taken: Taken[] = [];
  for (let step = from; step < ladder.length; step++) {
    const at = steps[step]!;
    if (at > now) return { taken, next: { step, at } };
    const { action } = ladder[step]!;
    if (!(action === 'remind' && broken)) taken.push({ step, action, due: at });
  }
  return { taken, next: null };
}
