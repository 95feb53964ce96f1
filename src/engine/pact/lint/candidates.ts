/**
 * The values worth trying when asking whether tests can hold together: those that the tests name, one between each
 * two neighbours, one beyond each end, one text that nobody names, and nothing at all. Between them lie no further
 * cases: a test with these operators answers alike throughout each gap.
 */
import { readValue, type Value } from '#engine/criterion/value.ts';
import type { Operator, Test } from '#engine/pact/pact.ts';

/** `exact` values stand for themselves, the others for every value in their gap. */
export type Candidate = { value: Value | null; exact: boolean };

/** Operators that only ask where a value lies amongst the values they name. */
const PLACING: Record<Operator, boolean> = {
  is: true,
  is_not: true,
  in: true,
  not_in: true,
  gt: true,
  gte: true,
  lt: true,
  lte: true,
  between: true,
  before: true,
  after: true,
  exists: true,
  contains: false,
  not_contains: false,
  starts_with: false,
  ends_with: false,
  matches: false,
};

/** Whether a test only asks where a value lies, so that the candidates answer for all values. */
export const isPlacing = (test: Test): boolean =>
  (Object.keys(test) as Operator[]).every((operator) => test[operator] === undefined || PLACING[operator]);

/** The candidates for tests on one value. */
export function candidates(tests: readonly Test[]): Candidate[] {
  const named = distinct(
    tests
      .flatMap((test) => Object.entries(test))
      .filter(([operator]) => operator !== 'exists')
      .flatMap(([, operand]) => operand)
      .map(readValue)
      .filter((value) => value !== null),
  );
  const numbers = gaps(named.map(({ number }) => number));
  const instants = gaps(named.map(({ instant }) => instant)).map((instant) =>
    new Date(instant).toISOString(),
  );
  return [
    { value: null, exact: true },
    ...named.map((value) => ({ value, exact: true })),
    ...[...numbers, ...instants, unnamed(named)].map((raw) => ({ value: readValue(raw), exact: false })),
  ];
}

const distinct = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [value.folded, value])).values(),
];

/** One number in each gap between the given ones, and beyond both ends. */
export function gaps(numbers: readonly (number | null)[]): number[] {
  const sorted = [...new Set(numbers.filter((n) => n !== null))].sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const between = sorted.slice(1).map((n, i) => (sorted[i]! + n) / 2);
  return [sorted[0]! - 1, ...between, sorted.at(-1)! + 1];
}

function unnamed(named: readonly Value[]): string {
  let text = 'something else';
  while (named.some(({ folded }) => folded === text)) text += ' still';
  return text;
}
