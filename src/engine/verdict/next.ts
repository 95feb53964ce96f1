/**
 * When to ask again: what a lead's verdict is may change because time goes by, as interest decays, activities grow
 * too old for a window, and facts dated later come to count. Nobody needs to look at every lead every minute to find
 * out; the next such instant can be worked out.
 */
import type { Node, Rules } from '#engine/criterion/compile.ts';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { NumberTest, Pact } from '#engine/pact/pact.ts';
import { Curve } from './curve.ts';
import { Tally } from './tally.ts';
import type { Verdict } from './verdict.ts';

/**
 * The next instant after `at` at which verdict, grade, stage or fast lane may be another, if nothing new happens;
 * null when they will stay as they are for good.
 *
 * It may be early (nothing changed; ask again from there, each answer is later than the last), and is never late.
 */
export function nextInstant(pact: Pact, facts: Facts, at: Instant): Instant | null {
  const dated = [...facts.changes, ...facts.activities].map((fact) => fact.at);
  const known = dated.reduce<Instant>(
    (first, one) => (one !== null && one > at && one < first ? one : first),
    NEVER,
  );
  const next = nextChange(Tally.of(pact, facts, at), at, known);
  return next === NEVER ? null : next;
}

/** No instant at all. */
export const NEVER: Instant = Number.POSITIVE_INFINITY;

/** How many passages, and how many stretches for each, are looked at before settling for an early answer. */
const PATIENCE = 16;
/** The last instant there is a date for. */
const END_OF_TIME = 8.64e15;

/** As `nextInstant`, of a tally that is up to date at `at`, and no later than `limit`. */
export function nextChange(tally: Tally, at: Instant, limit: Instant): Instant {
  const now = tally.judge(at);
  let instant = at;
  for (let tries = 0; tries < PATIENCE; tries++) {
    instant = nextPassage(tally, instant, limit);
    if (instant >= limit) return limit;
    if (isAnother(tally.judge(instant), now)) return instant;
  }
  return instant;
}

const isAnother = (a: Verdict, b: Verdict): boolean =>
  a.verdict !== b.verdict || a.grade !== b.grade || a.stage !== b.stage || a.fast_lane !== b.fast_lane;

/** The next instant at which a `did` test flips or interest passes a bound that the pact asks about. */
function nextPassage(tally: Tally, at: Instant, limit: Instant): Instant {
  const end = Math.min(tally.flip(at), limit);
  const bounds = boundsOf(tally.rules);
  const place = placeOf(bounds, new Curve(tally, at).at(at));
  const passed = (interest: number) => placeOf(bounds, interest) !== place;
  const expiries = tally.expiries(at).filter((instant) => instant < end);
  const stops = [at, ...expiries];
  const next = tally.mayRise() ? walk(tally, stops, end, passed) : fall(tally, stops, end, passed);
  return next ?? end;
}

type Passed = (interest: number) => boolean;

/** The first instant from a stop on, before the next, at which interest has passed. */
function within(tally: Tally, stop: Instant, next: Instant, passed: Passed): Instant | null {
  const curve = new Curve(tally, stop);
  if (passed(curve.at(stop))) return stop;
  return curve.first(stop, Math.min(next - 1, END_OF_TIME), passed);
}

/** Where interest may rise and fall each stretch between two stops is looked at; after some, an early answer. */
function walk(tally: Tally, stops: readonly Instant[], end: Instant, passed: Passed): Instant | null {
  for (let i = 0; i < stops.length; i++) {
    if (i === PATIENCE) return stops[i]!;
    const first = within(tally, stops[i]!, stops[i + 1] ?? end, passed);
    if (first !== null) return first;
  }
  return null;
}

/** Where interest only falls the stretch is found by halving. */
function fall(tally: Tally, stops: readonly Instant[], end: Instant, passed: Passed): Instant | null {
  let [low, high] = [0, stops.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const stop = stops[middle]!;
    if (passed(new Curve(tally, stop).at(stop))) high = middle;
    else low = middle;
  }
  return within(tally, stops[low]!, stops[high] ?? end, passed) ?? stops[high] ?? null;
}

/** Where interest stands among the bounds: below all of them 0, on the first 1, above it 2 … */
function placeOf(bounds: readonly number[], interest: number): number {
  let place = 0;
  for (const bound of bounds) {
    if (interest < bound) break;
    place += interest === bound ? 1 : 2;
  }
  return place;
}

const remembered = new WeakMap<Rules, number[]>();

/** The numbers that interest is held against anywhere in a pact, in order. */
function boundsOf(rules: Rules): number[] {
  let bounds = remembered.get(rules);
  if (bounds === undefined) {
    const { interest } = rules.pact.grades;
    const all = new Set([interest[1], interest[2], interest[3]]);
    for (const node of nodesOf(rules))
      if (node.kind === 'interest') for (const bound of operands(node.test)) all.add(bound);
    bounds = [...all].sort((a, b) => a - b);
    remembered.set(rules, bounds);
  }
  return bounds;
}

const operands = (test: NumberTest): number[] =>
  Object.values(test)
    .filter((operand) => operand !== undefined)
    .flat()
    .map(Number);

function nodesOf(rules: Rules): Node[] {
  const whole = [
    rules.lead,
    ...rules.badLeads,
    ...rules.profile.map(({ when }) => when),
    ...rules.stages.flatMap(({ when, levels }) => [when, ...levels.map((level) => level.when)]),
    rules.mql,
    ...rules.fastLanes,
  ];
  const parts = (node: Node): Node[] => {
    if (node.kind === 'all' || node.kind === 'any') return node.of.flatMap(parts);
    return node.kind === 'not' ? parts(node.of) : [node];
  };
  return whole.flatMap(parts);
}
