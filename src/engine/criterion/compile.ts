/**
 * A pact, ready to judge: its conditions as trees over numbered leaves.
 *
 * A leaf is one question about a lead (an attribute test, a `did` test), asked once however often the pact repeats
 * it. Whoever can answer the leaves can judge: the plain interpreter answers them from a lead's facts, the fast
 * path from columns. The trees and what is decided from them are the same for both.
 */

import { parseElapsed } from '#engine/pact/duration.ts';
import type {
  AttributeTest,
  Condition,
  DidTest,
  InterestCriterion,
  NameTest,
  NumberTest,
  Pact,
} from '#engine/pact/pact.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import { type CompiledTest, compileNameTest, compileNumberTest, compileTest } from './test.ts';
import { fold } from './value.ts';

/** A question about an attribute. */
type AttributeLeaf = { attribute: string; test: CompiledTest; source: AttributeTest };

/** A question about behaviour: which activities match, how old they may be, how many there must be. */
export type DidLeaf = {
  type: string;
  where: { property: string; test: CompiledTest }[];
  /** Milliseconds; Infinity without a window. */
  within: number;
  times: (n: number) => boolean;
  source: DidTest;
};

export type Node =
  | { kind: 'all'; of: Node[] }
  | { kind: 'any'; of: Node[] }
  | { kind: 'not'; of: Node }
  | { kind: 'attribute'; leaf: number }
  | { kind: 'did'; leaf: number }
  | { kind: 'fit'; holds: (fit: number) => boolean; test: NumberTest }
  | { kind: 'interest'; holds: (interest: number) => boolean; test: NumberTest }
  | { kind: 'grade'; holds: (grade: string) => boolean; test: NameTest }
  | { kind: 'stage'; holds: (stage: string) => boolean; test: NameTest };

export type InterestRule = {
  id: string;
  points: number;
  /** Milliseconds; Infinity without a half-life. */
  halfLife: number;
  /** Milliseconds; Infinity without a window. */
  within: number;
  /** Bound of the sum after decay: upper when the points are positive, lower when negative; else ±Infinity. */
  cap: number;
  /** The `did` leaves any of which an activity may match. */
  dids: number[];
};

export type Rules = {
  pact: Pact;
  attributes: AttributeLeaf[];
  dids: DidLeaf[];
  lead: Node;
  badLeads: Node[];
  profile: { points: number; when: Node }[];
  interest: InterestRule[];
  stages: { id: string; when: Node; levels: { name: string; when: Node }[] }[];
  mql: Node;
  fastLanes: Node[];
};

const compiled = new WeakMap<Pact, Rules>();

/** The compiled form of a pact (remembered per pact object, which is frozen). */
export function compilePact(pact: Pact): Rules {
  let rules = compiled.get(pact);
  if (rules === undefined) {
    rules = compile(pact);
    compiled.set(pact, rules);
  }
  return rules;
}

/** Compiles a condition that is not the pact's own (a routing rule), over the pact's stages and further leaves. */
export function compileCondition(condition: Condition, rules: Rules): { rules: Rules; when: Node } {
  const leaves = new Leaves(rules.pact, [...rules.attributes], [...rules.dids]);
  const when = leaves.node(condition);
  return { rules: { ...rules, attributes: leaves.attributes, dids: leaves.dids }, when };
}

function compile(pact: Pact): Rules {
  const leaves = new Leaves(pact);
  return {
    pact,
    attributes: leaves.attributes,
    dids: leaves.dids,
    lead: leaves.node(pact.lead.when),
    badLeads: pact.bad_leads.map((bad) => leaves.node(bad.when)),
    profile: pact.profile.map(({ points, when }) => ({ points, when: leaves.node(when) })),
    interest: pact.interest.map((criterion) => leaves.interest(criterion)),
    stages: pact.stages.map(({ id, when, levels }) => ({
      id,
      when: leaves.node(when),
      levels: Object.entries(levels).map(([name, level]) => ({ name, when: leaves.node(level) })),
    })),
    mql: leaves.node(pact.mql.when),
    fastLanes: pact.fast_lanes.map((lane) => leaves.node(lane.when)),
  };
}

/** Numbers the leaves of conditions, giving equal ones one number. */
class Leaves {
  readonly attributes: AttributeLeaf[];
  readonly dids: DidLeaf[];
  readonly #pact: Pact;
  readonly #numbers = new Map<string, number>();

  constructor(pact: Pact, attributes: AttributeLeaf[] = [], dids: DidLeaf[] = []) {
    this.#pact = pact;
    this.attributes = attributes;
    this.dids = dids;
    attributes.forEach(({ source }, number) => {
      this.#numbers.set(JSON.stringify(source), number);
    });
    dids.forEach(({ source }, number) => {
      this.#numbers.set(JSON.stringify(source), number);
    });
  }

  node(condition: Condition): Node {
    if ('all' in condition) return { kind: 'all', of: condition.all.map((part) => this.node(part)) };
    if ('any' in condition) return { kind: 'any', of: condition.any.map((part) => this.node(part)) };
    if ('not' in condition) return { kind: 'not', of: this.node(condition.not) };
    if ('attribute' in condition) return { kind: 'attribute', leaf: this.#attribute(condition) };
    if ('did' in condition) return { kind: 'did', leaf: this.did(condition) };
    if ('fit' in condition) {
      return { kind: 'fit', holds: compileNumberTest(condition.fit), test: condition.fit };
    }
    if ('interest' in condition) {
      return { kind: 'interest', holds: compileNumberTest(condition.interest), test: condition.interest };
    }
    if ('grade' in condition) {
      return { kind: 'grade', holds: compileNameTest(condition.grade, gradeRank), test: condition.grade };
    }
    if ('stage' in condition) {
      const test = condition.stage;
      return { kind: 'stage', holds: compileNameTest(test, stageRank(this.#pact)), test };
    }
    throw new TypeError(`unknown condition ${JSON.stringify(condition)}`);
  }

  interest(criterion: InterestCriterion): InterestRule {
    const { id, points, half_life, within, cap } = criterion;
    const dids = 'any' in criterion.when ? criterion.when.any : [criterion.when];
    return {
      id,
      points,
      halfLife: half_life === undefined ? Number.POSITIVE_INFINITY : parseElapsed(half_life),
      within: within === undefined ? Number.POSITIVE_INFINITY : parseElapsed(within),
      cap: cap ?? (points < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY),
      dids: dids.map((did) => this.did(did)),
    };
  }

  did(source: DidTest): number {
    return this.#numbered(source, this.dids, () => ({
      type: fold(source.did),
      where: Object.entries(source.where).map(([property, test]) => ({
        property: fold(property),
        test: compileTest(test),
      })),
      within: source.within === undefined ? Number.POSITIVE_INFINITY : parseElapsed(source.within),
      times: compileNumberTest(source.times),
      source,
    }));
  }

  #attribute(source: AttributeTest): number {
    return this.#numbered(source, this.attributes, () => {
      const { attribute, ...test } = source;
      return { attribute: fold(attribute), test: compileTest(test), source };
    });
  }

  #numbered<Leaf>(source: object, leaves: Leaf[], make: () => Leaf): number {
    const key = JSON.stringify(source);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = leaves.push(make()) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

/** A stage's place on marketing's ladder: `conversion` 0, each stage above it, its levels in between. */
function stageRank(pact: Pact): (name: string) => number {
  const ranks = new Map<string, number>([['conversion', 0]]);
  for (const stage of pact.stages) {
    ranks.set(fold(stage.id), ranks.size);
    for (const level of Object.keys(stage.levels)) ranks.set(fold(`${stage.id}/${level}`), ranks.size);
  }
  return (name) => ranks.get(fold(name)) ?? -1;
}

/** A4 < A3 < … does not compare letters with digits: D4 is lowest, fit first. */
function gradeRank(grade: string): number {
  const [letter = '', digit = ''] = fold(grade);
  return ('dcba'.indexOf(letter) + 1) * 10 + ('4321'.indexOf(digit) + 1);
}

/** Asks a node of somebody who can answer leaves, by Kleene's strong logic. */
export function holds(node: Node, world: World): Truth {
  switch (node.kind) {
    case 'all': {
      let truth: Truth = true;
      for (const part of node.of) {
        const one = holds(part, world);
        if (one === false) return false;
        if (one === null) truth = null;
      }
      return truth;
    }
    case 'any': {
      let truth: Truth = false;
      for (const part of node.of) {
        const one = holds(part, world);
        if (one === true) return true;
        if (one === null) truth = null;
      }
      return truth;
    }
    case 'not': {
      const truth = holds(node.of, world);
      return truth === null ? null : !truth;
    }
    case 'attribute':
      return world.attribute(node.leaf);
    case 'did':
      return world.did(node.leaf);
    case 'fit':
      return node.holds(world.fit());
    case 'interest':
      return node.holds(world.interest());
    case 'grade':
      return node.holds(world.grade());
    case 'stage':
      return node.holds(world.stage());
  }
}

/** What conditions may ask about a lead at an instant. */
export type World = {
  attribute(leaf: number): Truth;
  did(leaf: number): boolean;
  fit(): number;
  interest(): number;
  grade(): string;
  /** Marketing's ladder alone: a stage that holds, else `conversion`. */
  stage(): string;
};
