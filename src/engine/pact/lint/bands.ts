/** Profile criteria that divide one attribute between them: bands of size, lists of countries. */
import { holds, type Node, type Rules, type World } from '#engine/criterion/compile.ts';
import { candidates, isPlacing } from './candidates.ts';

export type Bands = {
  attribute: string;
  /** Places in the profile, ascending. */
  criteria: number[];
  /** For each value worth trying, the criteria that hold there, ascending; none left out that could hold together. */
  together: number[][];
};

/** The bands of a profile: criteria that ask about one attribute alone, and only where its value lies. */
export function bandsOf(rules: Rules): Bands[] {
  const byAttribute = new Map<string, number[]>();
  for (const [i, { when }] of rules.profile.entries()) {
    const attribute = onlyAttribute(rules, when);
    if (attribute === null) continue;
    const criteria = byAttribute.get(attribute);
    if (criteria === undefined) byAttribute.set(attribute, [i]);
    else criteria.push(i);
  }
  return [...byAttribute].flatMap(([attribute, criteria]) => {
    const values = valuesOf(rules, attribute);
    if (values.length * criteria.length > PATIENCE) return [];
    const together = values.map((value) => {
      const world = attributesOnly((leaf) => rules.attributes[leaf]!.test(value));
      return criteria.filter((i) => holds(rules.profile[i]!.when, world) === true);
    });
    return [{ attribute, criteria, together }];
  });
}

/** Questions asked of one attribute before giving up; then its criteria count as having nothing to do with each other. */
const PATIENCE = 2_000_000;

const valuesOf = (rules: Rules, attribute: string) =>
  candidates(
    rules.attributes
      .filter((leaf) => leaf.attribute === attribute)
      .map(({ source: { attribute: _, ...test } }) => test),
  ).map(({ value }) => value);

/** The attribute that a condition speaks of, when it speaks of one alone and only of where its value lies. */
function onlyAttribute(rules: Rules, node: Node): string | null {
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
