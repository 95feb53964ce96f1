import { compilePact, type Rules } from '#engine/criterion/compile.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { type Claim, isNotTrue, isTrue, Possibilities } from './possible.ts';
import { type Reach, reachOf } from './reach.ts';

/** A pact as the checks look at it. */
export type Study = {
  pact: Pact;
  rules: Rules;
  reach: Reach;
  /** Whether some lead could meet all the claims. */
  possible(claims: readonly Claim[]): boolean;
  /** What is so of everybody who gets as far as marketing's ladder: a lead, and not a bad one. */
  onLadder: Claim[];
};

export function study(pact: Pact): Study {
  const rules = compilePact(pact);
  const reach = reachOf(rules);
  const possibilities = new Possibilities(rules, reach);
  return {
    pact,
    rules,
    reach,
    possible: (claims) => possibilities.possible(claims),
    onLadder: [isTrue(rules.lead), ...rules.badLeads.map(isNotTrue)],
  };
}
