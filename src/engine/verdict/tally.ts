/**
 * What judging needs of a lead's facts, kept as they arrive in order of time, so that one more activity does not
 * mean looking at all of them again. Says what the plain interpreter says of the same facts, bit for bit.
 */
import { compilePact, type DidLeaf, type InterestRule, type Rules } from '#engine/criterion/compile.ts';
import { fold, type Value } from '#engine/criterion/value.ts';
import type { Activity, AttributeChange, Facts, Instant } from '#engine/facts/facts.ts';
import { applyChange } from '#engine/facts/seen.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { type Answers, decide } from './decide.ts';
import { type Carried, capped, carriedOver, carry, left } from './interest.ts';
import { matches } from './judge.ts';
import type { Truth, Verdict } from './verdict.ts';

/** An activity that an interest criterion may count, and the `did` leaves of it that it matches. */
type Match = { at: Instant; leaves: number[] };

const BEGINNING = Number.NEGATIVE_INFINITY;
const EVER = Number.POSITIVE_INFINITY;

export class Tally {
  readonly rules: Rules;
  readonly #attributes = new Map<string, Value>();
  /** What attribute leaves answered since the last change. */
  #answered: (Truth | undefined)[] = [];
  /** Of each `did` leaf the instants of the activities that match it, in order. */
  readonly #seen: Instant[][];
  /** Of each interest criterion its running sum, where nothing but time can change it; else what it may count. */
  readonly #sums: (Carried | null)[];
  readonly #matches: Match[][];

  constructor(pact: Pact) {
    this.rules = compilePact(pact);
    this.#seen = this.rules.dids.map(() => []);
    this.#matches = this.rules.interest.map(() => []);
    this.#sums = this.rules.interest.map((rule) =>
      counting(this.rules, rule) ? { count: 0, sum: 0, last: 0 } : null,
    );
  }

  /** The tally of a lead's facts up to an instant; of its activities only those after `since`. */
  static of(pact: Pact, facts: Facts, at: Instant, since: Instant = BEGINNING): Tally {
    const tally = new Tally(pact);
    for (const change of facts.changes) if (change.at === null || change.at <= at) tally.change(change);
    for (const activity of facts.activities)
      if (activity.at <= at && activity.at > since) tally.add(activity);
    return tally;
  }

  /** Takes in an attribute change, none earlier than those before it. */
  change(change: AttributeChange): void {
    applyChange(this.#attributes, change);
    this.#answered = [];
  }

  /** Takes in an activity, none earlier than those before it. */
  add(activity: Activity): void {
    const leaves = leavesOf(this.rules, activity);
    if (leaves.length === 0) return;
    for (const leaf of leaves) this.#seen[leaf]!.push(activity.at);
    this.rules.interest.forEach((rule, index) => {
      const own = leaves.filter((leaf) => rule.dids.includes(leaf));
      if (own.length === 0) return;
      const sum = this.#sums[index]!;
      if (sum === null) this.#matches[index]!.push({ at: activity.at, leaves: own });
      else carry(rule, sum, activity.at);
    });
  }

  /** What the pact says at an instant, none earlier than the last fact. */
  judge(at: Instant): Verdict {
    return decide(this.rules, this.#answers(at));
  }

  #answers(at: Instant): Answers {
    return {
      at,
      attribute: (leaf) => this.#attribute(leaf),
      did: (leaf) => this.#did(leaf, at),
      interestPoints: (index) => {
        const rule = this.rules.interest[index]!;
        return capped(rule, left(rule, this.sum(index, at), at));
      },
    };
  }

  #attribute(leaf: number): Truth {
    const known = this.#answered[leaf];
    if (known !== undefined) return known;
    const { attribute, test } = this.rules.attributes[leaf]!;
    const truth = test(this.#attributes.get(attribute) ?? null);
    this.#answered[leaf] = truth;
    return truth;
  }

  #did(leaf: number, at: Instant): boolean {
    return this.rules.dids[leaf]!.times(this.#seen[leaf]!.length - this.#first(leaf, at));
  }

  /** The place of the first activity that is not yet too old for a `did` leaf. */
  #first(leaf: number, at: Instant): number {
    const { within } = this.rules.dids[leaf]!;
    return within === EVER ? 0 : firstFrom(this.#seen[leaf]!, at - within, itself);
  }

  /** The running sum of an interest criterion over what it counts at an instant. */
  sum(index: number, at: Instant): Carried {
    const rule = this.rules.interest[index]!;
    return this.#sums[index] ?? carriedOver(rule, this.#counted(index, rule, at));
  }

  #counted(index: number, rule: InterestRule, at: Instant): Instant[] {
    // How far back each test sees, not at all where it is not met often enough.
    const reach: number[] = [];
    for (const leaf of rule.dids)
      reach[leaf] = this.#did(leaf, at) ? Math.min(rule.within, this.rules.dids[leaf]!.within) : -1;
    const furthest = Math.max(...rule.dids.map((leaf) => reach[leaf]!));
    const matches = this.#matches[index]!;
    const instants: Instant[] = [];
    for (let i = firstFrom(matches, at - furthest, ofMatch); i < matches.length; i++) {
      const match = matches[i]!;
      if (match.leaves.some((leaf) => at - match.at <= reach[leaf]!)) instants.push(match.at);
    }
    return instants;
  }

  /** The first instant after `at` at which a `did` test changes its answer because activities grow too old. */
  flip(at: Instant): Instant {
    let first = EVER;
    this.rules.dids.forEach(({ within, times }, leaf) => {
      if (within === EVER) return;
      const seen = this.#seen[leaf]!;
      const start = this.#first(leaf, at);
      const answer = times(seen.length - start);
      for (let gone = start + 1; gone <= seen.length; gone++) {
        if (times(seen.length - gone) === answer) continue;
        first = Math.min(first, seen[gone - 1]! + within + 1);
        break;
      }
    });
    return first;
  }

  /** The instants after `at` at which interest may lose an activity to a window, in order. */
  expiries(at: Instant): Instant[] {
    const instants = new Set<Instant>();
    this.rules.interest.forEach((rule, index) => {
      const matches = this.#matches[index]!;
      const windows = new Set([rule.within, ...rule.dids.map((leaf) => this.rules.dids[leaf]!.within)]);
      for (const window of windows) {
        if (window === EVER) continue;
        for (let i = firstFrom(matches, at - window, ofMatch); i < matches.length; i++)
          instants.add(matches[i]!.at + window + 1);
      }
    });
    return [...instants].sort((a, b) => a - b);
  }

  /** Whether anything counts that takes points off: only then may interest rise as time goes by. */
  mayRise(): boolean {
    return this.rules.interest.some(
      ({ points }, index) =>
        points < 0 && ((this.#sums[index]?.count ?? 0) > 0 || this.#matches[index]!.length > 0),
    );
  }
}

/** What was found of activities before, by their properties and their type, for as long as the properties are held. */
const found = new WeakMap<Rules, WeakMap<object, Map<string, readonly number[]>>>();

/** The `did` leaves that an activity matches. Looked for once where several activities share one `properties`. */
function leavesOf(rules: Rules, activity: Activity): readonly number[] {
  const ofRules = found.get(rules) ?? new WeakMap<object, Map<string, readonly number[]>>();
  found.set(rules, ofRules);
  const ofProperties = ofRules.get(activity.properties) ?? new Map<string, readonly number[]>();
  ofRules.set(activity.properties, ofProperties);
  let leaves = ofProperties.get(activity.type);
  if (leaves === undefined) {
    const type = fold(activity.type);
    leaves = rules.dids.flatMap((did, leaf) => (did.type === type && matches(did, activity) ? [leaf] : []));
    ofProperties.set(activity.type, leaves);
  }
  return leaves;
}

/** Whether all that ever matched a criterion counts for good: no window, and no number of times to reach. */
function counting(rules: Rules, rule: InterestRule): boolean {
  const always = ({ within, source: { times } }: DidLeaf): boolean =>
    within === EVER && Object.keys(times).length === 1 && times.gte === 1;
  return rule.within === EVER && rule.dids.every((leaf) => always(rules.dids[leaf]!));
}

/** The place of the first that is not before an instant. */
function firstFrom<T>(sorted: readonly T[], from: Instant, instantOf: (one: T) => Instant): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantOf(sorted[middle]!) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

const itself = (instant: Instant): Instant => instant;
const ofMatch = (match: Match): Instant => match.at;
