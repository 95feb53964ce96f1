import type { InterestRule } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { decay } from './decay.ts';

/**
 * The sum of an interest criterion at an instant, before its cap: `points × 0.5^(age / half_life)` over its matching
 * activities. With a half-life it is worked out as the recurrence S ← S·decay(Δ) + points, which an engine that
 * meets the activities one by one can carry along without looking back; so it is the definition for all of them.
 *
 * `instants` are those of the matching activities that count, in order, none after `at`.
 */
export function decayedSum(rule: InterestRule, instants: readonly Instant[], at: Instant): number {
  if (rule.halfLife === Number.POSITIVE_INFINITY) return rule.points * instants.length;
  let sum = 0;
  let last = 0;
  for (const instant of instants) {
    sum = sum * decay(instant - last, rule.halfLife) + rule.points;
    last = instant;
  }
  return instants.length === 0 ? 0 : sum * decay(at - last, rule.halfLife);
}

/** `cap` bounds the sum after decay: from above when the points are positive, from below when they are negative. */
export const capped = (rule: InterestRule, sum: number): number =>
  rule.points < 0 ? Math.max(sum, rule.cap) : Math.min(sum, rule.cap);
