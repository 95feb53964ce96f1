/**
 * The operators of a test on a value: one table from operator to what it means.
 *
 * A missing value is answered before any operator is asked (`test.ts`), so each of these sees a value that is
 * there and says `true`, `false`, or `null` when the value cannot be compared (text where a number is wanted).
 */
import { RE2JS } from 're2js';
import type { Operator, Scalar, Test } from '#engine/pact/pact.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import { readValue, sameValue, type Value } from './value.ts';

/** Says whether a value that is there passes. */
export type Check = (value: Value) => Truth;

type Operand<O extends Operator> = NonNullable<Test[O]>;
type Operators = { [O in Exclude<Operator, 'exists'>]: (operand: Operand<O>) => Check };

export const operators: Operators = {
  is: (operand) => equals(operand),
  is_not: (operand) => not(equals(operand)),
  in: (operands) => amongst(operands),
  not_in: (operands) => not(amongst(operands)),
  gt: (operand) => compare(operand, (order) => order > 0),
  gte: (operand) => compare(operand, (order) => order >= 0),
  lt: (operand) => compare(operand, (order) => order < 0),
  lte: (operand) => compare(operand, (order) => order <= 0),
  between: ([low, high]) => {
    const above = compare(low, (order) => order >= 0);
    const below = compare(high, (order) => order <= 0);
    return (value) => {
      const atLeast = above(value);
      return atLeast === true ? below(value) : atLeast;
    };
  },
  contains: (operand) => text(operand, (folded, part) => folded.includes(part)),
  not_contains: (operand) => text(operand, (folded, part) => !folded.includes(part)),
  starts_with: (operand) => text(operand, (folded, part) => folded.startsWith(part)),
  ends_with: (operand) => text(operand, (folded, part) => folded.endsWith(part)),
  matches: (operand) => {
    const pattern = RE2JS.compile(operand.normalize('NFC'), RE2JS.CASE_INSENSITIVE);
    return (value) => pattern.matcher(value.text.normalize('NFC')).find();
  },
  before: (operand) => moment(operand, (instant, bound) => instant < bound),
  after: (operand) => moment(operand, (instant, bound) => instant > bound),
};

const not =
  (check: Check): Check =>
  (value) => {
    const truth = check(value);
    return truth === null ? null : !truth;
  };

/** An operand as a value. The parser lets no operand through that reads as missing. */
function known(operand: Scalar): Value {
  const value = readValue(operand);
  if (value === null) throw new TypeError(`a test compares with a value; found ${JSON.stringify(operand)}`);
  return value;
}

function equals(operand: Scalar): Check {
  const wanted = known(operand);
  return (value) => sameValue(value, wanted);
}

function amongst(operands: Scalar[]): Check {
  const wanted = operands.map(known);
  const folded = new Set(wanted.map((value) => value.folded));
  const typed = wanted.filter((value) => value.number !== null || value.instant !== null);
  return (value) => folded.has(value.folded) || typed.some((one) => sameValue(value, one));
}

function compare(operand: number | string, holds: (order: number) => boolean): Check {
  const bound = known(operand);
  if (bound.number !== null) {
    const limit = bound.number;
    return ({ number }) => (number === null ? null : holds(number - limit));
  }
  if (bound.instant !== null) {
    const limit = bound.instant;
    return ({ instant }) => (instant === null ? null : holds(instant - limit));
  }
  throw new TypeError(`gt, gte, lt, lte and between compare with a number or a date; found "${operand}"`);
}

function text(operand: Scalar, holds: (folded: string, part: string) => boolean): Check {
  const part = known(operand).folded;
  return (value) => holds(value.folded, part);
}

function moment(operand: string, holds: (instant: number, bound: number) => boolean): Check {
  const bound = known(operand).instant;
  if (bound === null) throw new TypeError(`before and after compare with a date; found "${operand}"`);
  return ({ instant }) => (instant === null ? null : holds(instant, bound));
}
