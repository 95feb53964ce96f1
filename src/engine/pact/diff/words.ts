/** How values and conditions read in a difference. */
import { sayCondition, sayDuration, sayNumber, sayTest } from '#engine/criterion/say.ts';
import type { Condition, NumberTest } from '#engine/pact/pact.ts';
import { type Change, change, type Place, same } from './change.ts';

/** "20 → 25"; an absent value is "none". */
export const arrow = (before: unknown, after: unknown): string => `${sayValue(before)} → ${sayValue(after)}`;

export const sayValue = (value: unknown): string => {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'number') return sayNumber(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(sayValue).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

export const durations = (before: string | undefined, after: string | undefined): string =>
  arrow(before && sayDuration(before), after && sayDuration(after));

export const points = (n: number): string => `${sayNumber(n)} point${Math.abs(n) === 1 ? '' : 's'}`;

export const percent = (share: number): string => `${sayNumber(share * 100, 2)} %`;

/** "A person at a business." quoted; what it was, in brackets. */
export const reads = (name: string, before: string, after: string): string =>
  `${name} now reads "${after}" (was "${before}")`;

export const belongs = (name: string, before: string, after: string): string =>
  `${name} now belongs to ${after} (was ${before})`;

/** Differences of two conditions, part by part where both want several things at once. */
export function compareConditions(place: Place, name: string, before: Condition, after: Condition): Change[] {
  if (same(before, after)) return [];
  const [gone, fresh] = [without(partsOf(before), partsOf(after)), without(partsOf(after), partsOf(before))];
  if (gone.length === 0 && fresh.length === 0) {
    if (same(before, after)) return [];
    return [
      change(place, before, after, `${name} wants the same, written otherwise: ${sayCondition(after)}`),
    ];
  }
  const pairs = paired(gone, fresh);
  return pairs.map(([old, now]) => change(place, old, now, sayPart(name, old, now)));
}

/** Old and new parts that speak of the same, then those left over as they come. */
function paired(gone: Condition[], fresh: Condition[]): [Condition | undefined, Condition | undefined][] {
  const left = [...gone];
  const known = fresh.map((now) => {
    const index = left.findIndex((old) => subject(old) === subject(now));
    return index < 0 ? undefined : left.splice(index, 1)[0];
  });
  const pairs = fresh.map((now, i): [Condition | undefined, Condition] => [known[i] ?? left.shift(), now]);
  return [...pairs, ...left.map((old): [Condition, undefined] => [old, undefined])];
}

function sayPart(name: string, before: Condition | undefined, after: Condition | undefined): string {
  if (after === undefined) return `${name} no longer wants ${sayWant(before!)}`;
  if (before === undefined) return `${name} now also wants ${sayWant(after)}`;
  const [old, now] = [scoreTest(before), scoreTest(after)];
  const was = old && now && sameOperator(old, now) ? sayValue(Object.values(old)[0]) : sayWant(before);
  return `${name} now wants ${sayWant(after)} (was ${was})`;
}

const partsOf = (condition: Condition): Condition[] => ('all' in condition ? condition.all : [condition]);

function without(parts: Condition[], others: Condition[]): Condition[] {
  const known = new Set(others.map((other) => JSON.stringify(other)));
  return parts.filter((part) => !known.has(JSON.stringify(part)));
}

/** What a condition speaks of; two parts with one subject are taken for an old and a new one. */
function subject(condition: Condition): string {
  if ('attribute' in condition) return `attribute ${condition.attribute}`;
  if ('did' in condition) return `did ${condition.did}`;
  if ('not' in condition) return `not ${subject(condition.not)}`;
  return Object.keys(condition)[0] ?? '';
}

const scoreTest = (condition: Condition): NumberTest | null =>
  'fit' in condition ? condition.fit : 'interest' in condition ? condition.interest : null;

const sameOperator = (a: NumberTest, b: NumberTest): boolean =>
  Object.keys(a).length === 1 && same(Object.keys(a), Object.keys(b));

/** "interest of at least 25"; anything else as a clause: "that email is known". */
function sayWant(condition: Condition): string {
  const test = scoreTest(condition);
  const said = test && sayTest(test);
  if (said?.startsWith('is at ')) return `${Object.keys(condition)[0]} of ${said.slice(3)}`;
  return `that ${sayCondition(condition)}`;
}
