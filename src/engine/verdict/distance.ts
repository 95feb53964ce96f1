/** What is missing to an MQL: each way there, with all that does not hold on it, in words. */
import { compilePact, holds, type Node, type Rules } from '#engine/criterion/compile.ts';
import { sayActivity, sayDuration, sayNumber, sayTest, sayTimes } from '#engine/criterion/say.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { NumberTest, Pact } from '#engine/pact/pact.ts';
import { Sight, verdictName } from './decide.ts';
import { PlainAnswers } from './judge.ts';
import type { Truth, VerdictName } from './verdict.ts';

type Leaf = Exclude<Node, { kind: 'all' | 'any' | 'not' }>;

/** One thing that is missing. */
type Missing = {
  /** "interest is at least 50 (it is 34, 16 short)" */
  words: string;
  kind: Leaf['kind'];
  /** Null: not known, rather than not so. */
  holds: Truth;
  /** How much is missing of fit or interest, where a number says it. */
  short: number | null;
};

/** The same, with what is wanted in words of its own, that are alike for every lead. */
type Lack = Missing & { wants: string };

/** A criterion that brings nothing yet and could. */
type Chance = {
  criterion: string;
  kind: 'profile' | 'interest';
  text: string;
  points: number;
  holds: Truth;
};

export type Distance = {
  verdict: VerdictName;
  words: string;
  /** Bad leads that hold: these shut it out, whatever else does. */
  shutOutBy: { id: string; text: string }[];
  /** The shortest first; empty for an MQL. */
  ways: Missing[][];
  /** The most points first. */
  couldBring: Chance[];
};

/** More ways than this nobody reads; the shortest are kept at every step. */
const MOST_WAYS = 8;

/** How far a lead is from being an MQL under a pact, as of an instant. */
export function distance(pact: Pact, facts: Facts, at: Instant): Distance {
  const rules = compilePact(pact);
  const answers = new PlainAnswers(rules, facts, at);
  const sight = new Sight(rules, answers);
  const verdict = verdictName(rules, sight);
  const shutOutBy = pact.bad_leads
    .filter((_, i) => holds(rules.badLeads[i]!, sight) === true)
    .map(({ id, text }) => ({ id, text }));
  const ways = verdict === 'mql' ? [] : new Guide(rules, answers, sight).ways();
  return {
    verdict,
    words: sentence(verdict, shutOutBy, ways),
    shutOutBy,
    ways: ways.map((way) => way.map(({ wants: _, ...missing }) => missing)),
    couldBring: chances(pact, rules, answers, sight),
  };
}

/** What stood between a lead and an MQL. */
export type Obstacle = {
  /** The clause: `mql`, `lead`, or the bad lead that holds. */
  clause: string;
  /** What it wants, without what the lead has: "account.employees between 51 and 5000". */
  condition: string;
  /** Whether it is about who the lead is, or about what it did: that is not seen of somebody whom sales found. */
  about: 'who' | 'did';
};

/**
 * What kept a lead from being an MQL by the clause, as of an instant: the bad lead that holds, else every condition
 * that is missing on the shortest way, unknown ones too. None for an MQL. Fast lanes are not looked at: that nobody
 * asked for a demo keeps nobody out.
 */
export function keptOut(pact: Pact, facts: Facts, at: Instant): Obstacle[] {
  const rules = compilePact(pact);
  const answers = new PlainAnswers(rules, facts, at);
  const sight = new Sight(rules, answers);
  if (verdictName(rules, sight) === 'mql') return [];
  const bad = pact.bad_leads.find((_, i) => holds(rules.badLeads[i]!, sight) === true);
  if (bad !== undefined) return [{ clause: bad.id, condition: bad.text, about: 'who' }];
  const guide = new Guide(rules, answers, sight);
  const missing = (clause: 'lead' | 'mql'): Obstacle[] =>
    (guide.waysTo(rules[clause])[0] ?? []).map(({ wants, kind }) => ({
      clause,
      condition: wants,
      about: kind === 'attribute' || kind === 'fit' ? 'who' : 'did',
    }));
  return [...missing('lead'), ...missing('mql')];
}

function sentence(verdict: VerdictName, shutOutBy: Distance['shutOutBy'], ways: Lack[][]): string {
  if (verdict === 'mql') return 'It is an MQL: nothing is missing.';
  if (shutOutBy.length > 0) return `Shut out, whatever else holds: ${shutOutBy[0]!.text}`;
  const nearest = ways[0] ?? [];
  if (nearest.length === 0) return 'No behaviour and no attribute would make it an MQL.';
  const others = ways.length > 1 ? `, or ${ways.length - 1} other way${ways.length > 2 ? 's' : ''}` : '';
  return `Missing to an MQL: ${nearest.map(({ words }) => words).join(' and ')}${others}.`;
}

function chances(pact: Pact, rules: Rules, answers: PlainAnswers, sight: Sight): Chance[] {
  const profile = pact.profile.map(({ id, text, points }, i): Chance => {
    return { criterion: id, kind: 'profile', text, points, holds: holds(rules.profile[i]!.when, sight) };
  });
  const interest = pact.interest.map(({ id, text, points }, i): Chance => {
    const done = answers.counting(rules.interest[i]!).length > 0;
    return { criterion: id, kind: 'interest', text, points, holds: done };
  });
  return [...profile, ...interest]
    .filter(({ points, holds: truth }) => points > 0 && truth !== true)
    .toSorted((a, b) => b.points - a.points);
}

class Guide {
  readonly #rules: Rules;
  readonly #answers: PlainAnswers;
  readonly #sight: Sight;

  constructor(rules: Rules, answers: PlainAnswers, sight: Sight) {
    this.#rules = rules;
    this.#answers = answers;
    this.#sight = sight;
  }

  /** To be known as a lead, and then by the clause or a fast lane. */
  ways(): Lack[][] {
    const { lead, mql, fastLanes } = this.#rules;
    return this.waysTo({ kind: 'all', of: [lead, { kind: 'any', of: [mql, ...fastLanes] }] });
  }

  waysTo(node: Node): Lack[][] {
    return this.#waysOf(node, true);
  }

  /** Every way to make a condition hold, or not hold. */
  #waysOf(node: Node, wanted: boolean): Lack[][] {
    if (holds(node, this.#sight) === wanted) return [[]];
    if (node.kind === 'not') return this.#waysOf(node.of, !wanted);
    if (node.kind !== 'all' && node.kind !== 'any') return [[this.#missing(node, wanted)]];
    const parts = node.of.map((part) => this.#waysOf(part, wanted));
    const all = (node.kind === 'all') === wanted;
    return shortest(all ? parts.reduce(together, [[]]) : parts.flat());
  }

  #missing(leaf: Leaf, wanted: boolean): Lack {
    const truth = holds(leaf, this.#sight);
    const { wants, is } = this.#said(leaf);
    const short = wanted && 'test' in leaf ? this.#short(leaf) : null;
    const lacking = short === null ? '' : `, ${sayNumber(short, 1)} short`;
    const asked = `${wanted ? '' : 'not: '}${wants}`;
    return { words: `${asked} (${is}${lacking})`, wants: asked, kind: leaf.kind, holds: truth, short };
  }

  #said(leaf: Leaf): { wants: string; is: string } {
    switch (leaf.kind) {
      case 'attribute': {
        const { attribute, ...test } = this.#rules.attributes[leaf.leaf]!.source;
        const value = this.#answers.value(attribute);
        return {
          wants: `${attribute} ${sayTest(test)}`,
          is: value === null ? 'not known' : `it is ${value.text}`,
        };
      }
      case 'did': {
        const { did, where, times, within } = this.#rules.dids[leaf.leaf]!.source;
        const window = within === undefined ? '' : ` within ${sayDuration(within)}`;
        const done = this.#answers.matching(leaf.leaf).length;
        const often = sayTimes(times);
        return {
          wants: `${sayActivity(did, where)}${often && ` ${often}`}${window}`,
          is: done === 0 ? 'not done' : `done ${sayNumber(done)} time${done === 1 ? '' : 's'}`,
        };
      }
      case 'fit':
        return { wants: `fit ${sayTest(leaf.test)}`, is: `it is ${sayNumber(this.#sight.fit(), 1)}` };
      case 'interest':
        return {
          wants: `interest ${sayTest(leaf.test)}`,
          is: `it is ${sayNumber(this.#sight.interest(), 1)}`,
        };
      case 'grade':
        return { wants: `grade ${sayTest(leaf.test)}`, is: `it is ${this.#sight.grade()}` };
      case 'stage':
        return { wants: `stage ${sayTest(leaf.test)}`, is: `it is ${this.#sight.stage()}` };
    }
  }

  #short(leaf: Leaf): number | null {
    if (leaf.kind !== 'fit' && leaf.kind !== 'interest') return null;
    const least = leastOf(leaf.test);
    const short =
      least === null ? 0 : least - (leaf.kind === 'fit' ? this.#sight.fit() : this.#sight.interest());
    return short > 0 ? short : null;
  }
}

/** The least number that a test lets through, as far as it names one. */
function leastOf({ gte, gt, between, is }: NumberTest): number | null {
  const least = [gte, gt, between?.[0], is].find((bound) => typeof bound === 'number');
  return least ?? null;
}

/** Every way of one part with every way of another; what both miss is missing once. */
const together = (ways: Lack[][], others: Lack[][]): Lack[][] =>
  shortest(
    ways.flatMap((way) =>
      others.map((other) => [
        ...way,
        ...other.filter(({ words }) => way.every((one) => one.words !== words)),
      ]),
    ),
  );

const shortest = (ways: Lack[][]): Lack[][] =>
  ways.toSorted((a, b) => a.length - b.length).slice(0, MOST_WAYS);
