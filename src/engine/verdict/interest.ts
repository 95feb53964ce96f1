import type { InterestRule } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { decay } from './decay.ts';

/** The sum of an interest criterion as of the last activity that counted. Begins as `{ count: 0, sum: 0, last: 0 }`. */
export type Carried = { count: number; sum: number; last: Instant };

/** Carries a sum on over one more activity that counts, in place. */
export function carry(rule: InterestRule, carried: Carried, instant: Instant): void {
  const left = carried.count === 0 ? 0 : carried.sum * decay(instant - carried.last, rule.halfLife);
  carried.sum = left + rule.points;
  carried.count++;
  carried.last = instant;
}

/** What is left of a sum at an instant, before its cap. */
export function left(rule: InterestRule, { count, sum, last }: Carried, at: Instant): number {
  if (rule.halfLife === Number.POSITIVE_INFINITY) return rule.points * count;
  return count === 0 ? 0 : sum * decay(at - last, rule.halfLife);
}

/**
 * The sum of an interest criterion at an instant, before its cap: `points × 0.5^(age / half_life)` over its matching
 * activities. With a half-life it is worked out as the recurrence S ← S·decay(Δ) + points, which an engine that
 * meets the activities one by one can carry along without looking back; so it is the definition for all of them.
 *
 * `instants` are those of the matching activities that count, in order, none after `at`.
 */
export function decayedSum(rule: InterestRule, instants: readonly Instant[], at: Instant): number {
  return left(rule, carriedOver(rule, instants), at);
}

/** The sum as of the last of these instants. */
export function carriedOver(rule: InterestRule, instants: readonly Instant[]): Carried {
  const carried = { count: 0, sum: 0, last: 0 };
  for (const instant of instants) carry(rule, carried, instant);
  return carried;
}

/** `cap` bounds the sum after decay: from above when the points are positive, from below when they are negative. */
export const capped = (rule: InterestRule, sum: number): number =>
  rule.points < 0 ? Math.max(sum, rule.cap) : Math.min(sum, rule.cap);
