/** A verdict opened: every criterion with its share, in words a salesperson reads. */
import { compilePact, holds, type InterestRule, type Node, type Rules } from '#engine/criterion/compile.ts';
import { sayActivity, sayDuration, sayNumber, sayTest, sayTimes } from '#engine/criterion/say.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact, Test } from '#engine/pact/pact.ts';
import { Sight } from './decide.ts';
import { PlainAnswers } from './judge.ts';
import type { Reason, ReasonKind, Truth } from './verdict.ts';

/**
 * The reasons for a verdict: each profile and interest criterion, each bad lead, each fast lane and the MQL clause,
 * in the pact's order, with what it added and why. Points are not rounded.
 */
export function explain(pact: Pact, facts: Facts, at: Instant): Reason[] {
  const rules = compilePact(pact);
  const speaker = new Speaker(rules, new PlainAnswers(rules, facts, at));
  return [
    ...pact.bad_leads.map((bad, i) => speaker.reason(bad.id, 'bad_lead', bad.text, rules.badLeads[i]!)),
    ...pact.profile.map(({ id, text, points }, i) => {
      const reason = speaker.reason(id, 'profile', text, rules.profile[i]!.when);
      return { ...reason, points: reason.holds === true ? points : 0 };
    }),
    ...pact.interest.map(({ text }, i) => speaker.interest(text, rules.interest[i]!, i)),
    ...pact.fast_lanes.map((lane, i) => speaker.reason(lane.id, 'fast_lane', lane.text, rules.fastLanes[i]!)),
    speaker.reason('mql', 'mql', pact.mql.text, rules.mql),
  ];
}

class Speaker {
  readonly #rules: Rules;
  readonly #answers: PlainAnswers;
  readonly #sight: Sight;

  constructor(rules: Rules, answers: PlainAnswers) {
    this.#rules = rules;
    this.#answers = answers;
    this.#sight = new Sight(rules, answers);
  }

  reason(criterion: string, kind: ReasonKind, text: string, when: Node): Reason {
    const truth = holds(when, this.#sight);
    return { criterion, kind, points: 0, holds: truth, because: `${title(text)}: ${this.#why(when, truth)}` };
  }

  /** "Read the pricing page 3 times, last 2 days ago: 19.2 of at most 24" */
  interest(text: string, rule: InterestRule, index: number): Reason {
    const instants = this.#answers.counting(rule);
    const points = this.#answers.interestPoints(index);
    const truth = instants.length > 0;
    const because = truth
      ? `${title(text)} ${often(instants.length)}, last ${ago(this.#answers.at - instants.at(-1)!)}: ${this.#worth(rule, points)}`
      : `${title(text)}: ${this.#notCounted(rule)}`;
    return { criterion: rule.id, kind: 'interest', points: truth ? points : 0, holds: truth, because };
  }

  #worth(rule: InterestRule, points: number): string {
    const said = sayNumber(points, 1);
    if (!Number.isFinite(rule.cap)) return `${said} point${said === '1' ? '' : 's'}`;
    return `${said} of at ${rule.points < 0 ? 'least' : 'most'} ${sayNumber(rule.cap)}`;
  }

  /** Why nothing counts: never done, done too long ago, or not done as often as agreed. */
  #notCounted(rule: InterestRule): string {
    const all = rule.dids.flatMap((leaf) => this.#answers.everMatching(leaf));
    if (all.length === 0) return 'not yet';
    const last = ago(this.#answers.at - Math.max(...all.map((activity) => activity.at)));
    const gate = rule.dids
      .map((leaf) => sayTimes(this.#rules.dids[leaf]!.source.times))
      .find((times) => times !== '');
    const done = `${often(all.length)}, last ${last}`;
    return gate === undefined
      ? `${done}, which is too long ago to count`
      : `${done}; counts when done ${gate}`;
  }

  /** Why a condition is what it is: the parts that made it so, and only these. */
  #why(node: Node, truth: Truth): string {
    switch (node.kind) {
      case 'all':
        return this.#parts(node.of, truth === true ? undefined : truth, ' and ');
      case 'any':
        return this.#parts(node.of, truth === false ? undefined : truth, ' and ');
      case 'not':
        return this.#why(node.of, truth === null ? null : !truth);
      case 'attribute':
        return this.#attribute(node.leaf, truth);
      case 'did':
        return this.#did(node.leaf, truth);
      case 'fit':
        return `fit is ${sayNumber(this.#sight.fit(), 1)}${wanting(node.test, truth)}`;
      case 'interest':
        return `interest is ${sayNumber(this.#sight.interest(), 1)}${wanting(node.test, truth)}`;
      case 'grade':
        return `grade is ${this.#sight.grade()}${wanting(node.test, truth)}`;
      case 'stage':
        return `stage is ${this.#sight.stage()}${wanting(node.test, truth)}`;
    }
  }

  /** The parts whose truth decided it, or all of them. */
  #parts(parts: Node[], deciding: Truth | undefined, joint: string): string {
    return parts
      .map((part) => ({ part, truth: holds(part, this.#sight) }))
      .filter(({ truth }) => deciding === undefined || truth === deciding)
      .map(({ part, truth }) => this.#why(part, truth))
      .join(joint);
  }

  #attribute(leaf: number, truth: Truth): string {
    const { source } = this.#rules.attributes[leaf]!;
    const { attribute, ...test } = source;
    const value = this.#answers.value(attribute);
    if (value === null) return `${attribute} is not known`;
    if (truth === true) return `${attribute} is ${value.text}`;
    if (truth === false) return `${attribute} is ${value.text}${wanting(test, truth)}`;
    return `${attribute} is "${value.text}", which cannot be compared${wanting(test, false)}`;
  }

  #did(leaf: number, truth: Truth): string {
    const { source } = this.#rules.dids[leaf]!;
    const matching = this.#answers.matching(leaf);
    const window = source.within === undefined ? '' : ` within ${sayDuration(source.within)}`;
    const times = sayTimes(source.times);
    const what = sayActivity(source.did, source.where);
    const done =
      matching.length === 0
        ? `no ${what}${window}`
        : `${what} ${often(matching.length)}${window}, last ${ago(this.#answers.at - matching.at(-1)!.at)}`;
    return truth === true || times === '' ? done : `${done}, wanted ${times}`;
  }
}

/** How a test is said after "wanted": its beginning, and what stands there instead. */
const wants: [beginning: RegExp, instead: string][] = [
  [/^is not known/, 'it not to be known'],
  [/^is not /, 'anything but '],
  [/^is (?=neither )/, ''],
  [/^is /, ''],
  [/^(?=contains|does not contain|starts|ends|matches)/, 'text that '],
];

/** What was asked for, where it was not met: ", wanted at least 40". */
function wanting(test: Test, truth: Truth): string {
  if (truth === true) return '';
  const said = sayTest(test);
  const [beginning, instead] = wants.find(([one]) => one.test(said)) ?? [/^/, ''];
  return `, wanted ${said.replace(beginning, instead)}`;
}

/** A clause's words as the start of a sentence that goes on. */
const title = (text: string): string => text.trim().replace(/\s*[.!]+$/, '');

const often = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${sayNumber(n)} times`);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const spans: [limit: number, unit: number, name: string][] = [
  [HOUR, MINUTE, 'minute'],
  [DAY, HOUR, 'hour'],
  [60 * DAY, DAY, 'day'],
  [730 * DAY, 30.4375 * DAY, 'month'],
  [Number.POSITIVE_INFINITY, 365.25 * DAY, 'year'],
];

/** An age in words: "2 days ago". */
export function ago(age: number): string {
  if (age < MINUTE) return 'just now';
  const [, unit, name] = spans.find(([limit]) => age < limit)!;
  const n = Math.floor(age / unit);
  return `${n} ${name}${n === 1 ? '' : 's'} ago`;
}
