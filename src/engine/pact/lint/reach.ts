/** How high fit and interest can climb under a pact. */
import { holds, type Node, type Rules, type World } from '#engine/criterion/compile.ts';
import { candidates, isPlacing } from './candidates.ts';

/** The most points a lead can have; Infinity where nothing bounds them. Never less than the truth. */
export type Reach = { fit: number; interest: number };

export function reachOf(rules: Rules): Reach {
  return { fit: mostFit(rules), interest: mostInterest(rules) };
}

/** Bands over one attribute exclude each other: only the best lot of them that one value gives is counted. */
function mostFit(rules: Rules): number {
  const byAttribute = new Map<string, Rules['profile']>();
  let most = 0;
  for (const criterion of rules.profile) {
    const attribute = onlyAttribute(rules, criterion.when);
    if (attribute === null) most += Math.max(0, criterion.points);
    else byAttribute.set(attribute, [...(byAttribute.get(attribute) ?? []), criterion]);
  }
  for (const [attribute, criteria] of byAttribute) {
    const tests = rules.attributes
      .filter((leaf) => leaf.attribute === attribute)
      .map(({ source: { attribute: _, ...test } }) => test);
    const sums = candidates(tests).map(({ value }) => {
      const world = attributesOnly((leaf) => rules.attributes[leaf]!.test(value));
      return criteria.reduce((sum, { points, when }) => sum + (holds(when, world) === true ? points : 0), 0);
    });
    most += Math.max(0, ...sums);
  }
  return most;
}

/** The attribute that a condition speaks of, when it speaks of one alone and only of where its value lies. */
export function onlyAttribute(rules: Rules, node: Node): string | null {
  if (node.kind === 'not') return onlyAttribute(rules, node.of);
  if (node.kind === 'all' || node.kind === 'any') {
    const names = new Set(node.of.map((part) => onlyAttribute(rules, part)));
    const [name] = names;
    return names.size === 1 ? (name ?? null) : null;
  }
  if (node.kind !== 'attribute') return null;
  const { attribute, source } = rules.attributes[node.leaf]!;
  const { attribute: _, ...test } = source;
  return isPlacing(test) ? attribute : null;
}

/** A world for conditions that ask about attributes alone. */
function attributesOnly(attribute: World['attribute']): World {
  const unasked = (): never => {
    throw new TypeError('only attributes were to be asked');
  };
  return { attribute, did: unasked, fit: unasked, interest: unasked, grade: unasked, stage: unasked };
}

function mostInterest(rules: Rules): number {
  let most = 0;
  for (const { points, cap } of rules.interest) if (points > 0) most += cap;
  return most;
}
