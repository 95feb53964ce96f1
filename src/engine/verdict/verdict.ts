import type { Instant } from '#engine/facts/facts.ts';

/** Kleene's three values: holds, does not hold, cannot be said. */
export type Truth = true | false | null;

export type VerdictName = 'visitor' | 'bad_lead' | 'mql' | 'not_mql';
export type ReasonKind = 'profile' | 'interest' | 'bad_lead' | 'mql' | 'fast_lane';

/** A criterion's share in a verdict. */
export type Reason = {
  /** The criterion's id; `mql` for the MQL clause itself. */
  criterion: string;
  kind: ReasonKind;
  /** What it added to fit or interest; 0 for the kinds that add nothing. */
  points: number;
  holds: Truth;
  /** In words a salesperson reads: "Read the pricing page 3 times, last 2 days ago: 19.2 of at most 24". */
  because: string;
};

/** What a version says of a lead at an instant. */
export type Verdict = {
  at: Instant;
  verdict: VerdictName;
  /** A1 … D4. */
  grade: string;
  /** Not rounded. Floored at 0, may pass 100. */
  fit: number;
  interest: number;
  /** `visitor`, `bad_lead`, `mql`, `conversion`, or the highest stage that holds, as `id` or `id/level`. */
  stage: string;
  /** The fast lane that made it an MQL, the first that holds. */
  fast_lane: string | null;
};
