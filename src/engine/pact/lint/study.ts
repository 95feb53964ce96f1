import { compilePact, type Rules } from '#engine/criterion/compile.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { type Bands, bandsOf } from './bands.ts';
import { type Claim, isNotTrue, isTrue, Possibilities } from './possible.ts';
import { type Reach, reachOf } from './reach.ts';

/** A pact as the checks look at it. */
export type Study = {
  pact: Pact;
  rules: Rules;
  bands: Bands[];
  reach: Reach;
  /** Whether some lead could meet all the claims. */
  possible(claims: readonly Claim[]): boolean;
  /** The same, were there criteria enough to reach any fit and interest. */
  possibleWithMorePoints(claims: readonly Claim[]): boolean;
  /** What is so of everybody who gets as far as marketing's ladder: a lead, and not a bad one. */
  onLadder: Claim[];
};

const BOUNDLESS: Reach = { fit: Number.POSITIVE_INFINITY, interest: Number.POSITIVE_INFINITY };

export function study(pact: Pact): Study {
  const rules = compilePact(pact);
  const bands = bandsOf(rules);
  const reach = reachOf(rules, bands);
  const possibilities = new Possibilities(rules, reach);
  const unbounded = new Possibilities(rules, BOUNDLESS);
  return {
    pact,
    rules,
    bands,
    reach,
    possible: (claims) => possibilities.possible(claims),
    possibleWithMorePoints: (claims) => unbounded.possible(claims),
    onLadder: [isTrue(rules.lead), ...rules.badLeads.map(isNotTrue)],
  };
}
