/**
 * From answered leaves to a verdict. The plain interpreter and the fast path both end here: this is the one place
 * that knows the order of verdicts, how points add up and who stands where on the ladder.
 */
import { holds, type Node, type Rules, type World } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { gradeOf } from './grade.ts';
import type { Truth, Verdict, VerdictName } from './verdict.ts';

/** Who can answer a pact's leaves for one lead at one instant. */
export type Answers = {
  at: Instant;
  attribute(leaf: number): Truth;
  did(leaf: number): boolean;
  /** Points of interest criterion `index`, after decay and cap. */
  interestPoints(index: number): number;
};

/** A lead seen through a pact at an instant; each part is worked out when it is first asked for. */
export class Sight implements World {
  readonly #rules: Rules;
  readonly #answers: Answers;
  #fit: number | undefined;
  #interest: number | undefined;
  #stage: string | undefined;

  constructor(rules: Rules, answers: Answers) {
    this.#rules = rules;
    this.#answers = answers;
  }

  attribute(leaf: number): Truth {
    return this.#answers.attribute(leaf);
  }

  did(leaf: number): boolean {
    return this.#answers.did(leaf);
  }

  /** Points of the profile criteria that are true, floored at 0. */
  fit(): number {
    if (this.#fit === undefined) {
      let sum = 0;
      for (const { points, when } of this.#rules.profile) if (holds(when, this) === true) sum += points;
      this.#fit = Math.max(0, sum);
    }
    return this.#fit;
  }

  interest(): number {
    this.#interest ??= interestOf(this.#rules, this.#answers);
    return this.#interest;
  }

  grade(): string {
    return gradeOf(this.#rules.pact.grades, this.fit(), this.interest());
  }

  stage(): string {
    this.#stage ??= this.#ladder();
    return this.#stage;
  }

  /** The highest stage that holds, with the last listed of its levels that holds. */
  #ladder(): string {
    const { stages } = this.#rules;
    for (let i = stages.length - 1; i >= 0; i--) {
      const { id, when, levels } = stages[i]!;
      if (!this.is(when)) continue;
      const level = levels.findLast((one) => this.is(one.when));
      return level === undefined ? id : `${id}/${level.name}`;
    }
    return 'conversion';
  }

  /** Unknown satisfies no clause. */
  is(node: Node): boolean {
    return holds(node, this) === true;
  }
}

/** Points of the interest criteria, floored at 0. */
export function interestOf(rules: Rules, answers: Pick<Answers, 'interestPoints'>): number {
  let sum = 0;
  for (let index = 0; index < rules.interest.length; index++) sum += answers.interestPoints(index);
  return Math.max(0, sum);
}

/** The first that applies: visitor, bad lead, MQL (by a fast lane or by the clause), not MQL. */
export function verdictName(rules: Rules, sight: Sight): VerdictName {
  if (!sight.is(rules.lead)) return 'visitor';
  if (rules.badLeads.some((bad) => sight.is(bad))) return 'bad_lead';
  if (rules.fastLanes.some((lane) => sight.is(lane)) || sight.is(rules.mql)) return 'mql';
  return 'not_mql';
}

/** Everything a version says of a lead at an instant. */
export function decide(rules: Rules, answers: Answers): Verdict {
  const sight = new Sight(rules, answers);
  const verdict = verdictName(rules, sight);
  const lane = verdict === 'mql' ? rules.fastLanes.findIndex((one) => sight.is(one)) : -1;
  return {
    at: answers.at,
    verdict,
    grade: sight.grade(),
    fit: sight.fit(),
    interest: sight.interest(),
    stage: verdict === 'not_mql' ? sight.stage() : verdict,
    fast_lane: lane === -1 ? null : rules.pact.fast_lanes[lane]!.id,
  };
}
