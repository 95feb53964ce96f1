/** A real lead as a golden one: what a pact asks of it, as of an instant, and nothing else. */
import { fold, type Value } from '#engine/criterion/value.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import { attributesAt, propertyOf } from '#engine/facts/seen.ts';
import { judge } from '#engine/verdict/judge.ts';
import { formatElapsed } from './duration.ts';
import { checkGolden } from './golden.ts';
import type { GoldenLead, Pact, Scalar } from './pact.ts';

const MINUTE = 60_000;
/** The most activities that are kept, the latest ones. */
const MOST = 200;

/**
 * The lead's facts at an instant, frozen. Kept is what some rule or the packet asks for: attributes by name, activities
 * by name with the properties that rules look at, their age in whole minutes. An e-mail keeps its domain alone, unless
 * the verdict hangs on the rest of it. Nobody's name is kept.
 */
export function goldenFrom(
  pact: Pact,
  facts: Facts,
  at: Instant,
  expected: Pick<GoldenLead, 'expect' | 'text'>,
): GoldenLead {
  const asked = askedBy(pact);
  const known = [...attributesAt(facts, at)].filter(([name]) => asked.attributes.has(name));
  const activities = facts.activities
    .filter((one) => one.at <= at && asked.activities.has(fold(one.type)))
    .slice(-MOST)
    .map((one) => {
      const properties = [...asked.activities.get(fold(one.type))!].flatMap((name) => {
        const value = propertyOf(one, name);
        return value === null ? [] : [[name, scalarOf(value)] as const];
      });
      const minutes = Math.floor((at - one.at) / MINUTE);
      const age = minutes === 0 ? {} : { ago: formatElapsed(minutes * MINUTE) };
      return { type: one.type, ...age, ...Object.fromEntries(properties) };
    });
  const golden = (hide: (text: string) => string): GoldenLead => ({
    lead: Object.fromEntries(known.map(([name, value]) => [name, hidden(value, hide)])),
    activities,
    ...expected,
  });
  const minimal = golden(withoutPerson);
  const verdict = judge(pact, facts, at).verdict;
  return saysOf(pact, minimal) === verdict ? minimal : golden((text) => text);
}

const saysOf = (pact: Pact, golden: GoldenLead) => checkGolden({ ...pact, golden: [golden] })[0]!.got;

const EMAIL = /^[^\s@]+@([^\s@]+\.[^\s@]+)$/;

/** An address as somebody's of the same house. */
const withoutPerson = (text: string): string => text.replace(EMAIL, 'somebody@$1');

function hidden(value: Value, hide: (text: string) => string): Scalar {
  const scalar = scalarOf(value);
  return typeof scalar === 'string' ? hide(scalar) : scalar;
}

const scalarOf = ({ text, number }: Value): Scalar => {
  if (number !== null && String(number) === text) return number;
  return text === 'true' || text === 'false' ? text === 'true' : text;
};

/** What rules and the packet ask for: attributes, and of each activity the properties. */
function askedBy(pact: Pact): { attributes: Set<string>; activities: Map<string, Set<string>> } {
  const attributes = new Set(pact.handoff.packet.map(fold));
  const activities = new Map<string, Set<string>>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { attribute, did, where } = value as { attribute?: unknown; did?: unknown; where?: object };
    if (typeof attribute === 'string') attributes.add(fold(attribute));
    if (typeof did === 'string') {
      const known = activities.get(fold(did)) ?? new Set();
      for (const name of Object.keys(where ?? {})) known.add(fold(name));
      activities.set(fold(did), known);
    }
    for (const part of Object.values(value)) walk(part);
  };
  const { golden: _golden, ...rules } = pact;
  walk(rules);
  return { attributes, activities };
}
