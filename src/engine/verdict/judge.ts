/**
 * The plain interpreter: a lead's facts, looked at as of an instant. Everything quicker (the fast path over columns,
 * the ladder that folds occurrence by occurrence) is held to what this says, bit for bit.
 */
import { compilePact, type DidLeaf, type InterestRule, type Rules } from '#engine/criterion/compile.ts';
import { fold, type Value } from '#engine/criterion/value.ts';
import type { Activity, Facts, Instant } from '#engine/facts/facts.ts';
import { attributesAt, propertyOf } from '#engine/facts/seen.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { type Answers, decide } from './decide.ts';
import { capped, decayedSum } from './interest.ts';
import type { Verdict } from './verdict.ts';

/**
 * What a pact says of a lead at an instant.
 *
 * Attributes count as they stood at that instant, activities up to and including it.
 */
export function judge(pact: Pact, facts: Facts, at: Instant): Verdict {
  const rules = compilePact(pact);
  return decide(rules, new PlainAnswers(rules, facts, at));
}

/** Answers leaves from facts, each when it is asked. */
export class PlainAnswers implements Answers {
  readonly at: Instant;
  readonly rules: Rules;
  /** Activities up to the instant, by folded name, in order of time. */
  readonly #byType = new Map<string, Activity[]>();
  readonly #attributes: Map<string, Value>;

  constructor(rules: Rules, facts: Facts, at: Instant) {
    this.rules = rules;
    this.at = at;
    this.#attributes = attributesAt(facts, at);
    for (const activity of facts.activities) {
      if (activity.at > at) break;
      const type = fold(activity.type);
      const same = this.#byType.get(type);
      if (same === undefined) this.#byType.set(type, [activity]);
      else same.push(activity);
    }
  }

  /** The value of an attribute at the instant, null when it is missing. */
  value(attribute: string): Value | null {
    return this.#attributes.get(fold(attribute)) ?? null;
  }

  attribute(leaf: number) {
    const { attribute, test } = this.rules.attributes[leaf]!;
    return test(this.#attributes.get(attribute) ?? null);
  }

  did(leaf: number): boolean {
    return this.rules.dids[leaf]!.times(this.matching(leaf).length);
  }

  interestPoints(index: number): number {
    const rule = this.rules.interest[index]!;
    return capped(rule, decayedSum(rule, this.counting(rule), this.at));
  }

  /** The activities that match a `did` leaf, however old, in order. */
  everMatching(leaf: number): Activity[] {
    const did = this.rules.dids[leaf]!;
    return (this.#byType.get(did.type) ?? []).filter((activity) => matches(did, activity));
  }

  /** The activities that match a `did` leaf and are not too old for it, in order. */
  matching(leaf: number): Activity[] {
    const { within } = this.rules.dids[leaf]!;
    return this.everMatching(leaf).filter((activity) => this.at - activity.at <= within);
  }

  /**
   * The instants of the activities that give an interest criterion its points: each once, however many of its `did`
   * tests it matches, and only through a test whose `times` holds.
   */
  counting(rule: InterestRule): Instant[] {
    const counted = new Set<Activity>();
    for (const leaf of rule.dids) {
      const matching = this.matching(leaf);
      if (!this.rules.dids[leaf]!.times(matching.length)) continue;
      for (const activity of matching) if (this.at - activity.at <= rule.within) counted.add(activity);
    }
    return [...counted].map((activity) => activity.at).sort((a, b) => a - b);
  }
}

/** Whether an activity is one that a `did` test speaks of; a `where` that is unknown does not match. */
export function matches(did: DidLeaf, activity: Activity): boolean {
  if (fold(activity.type) !== did.type) return false;
  return did.where.every(({ property, test }) => test(propertyOf(activity, property)) === true);
}
