/** The operators of a test: one table from operator to what it is compared with. */
import { RE2JS, RE2JSException } from 're2js';
import { readInstant } from '#engine/criterion/value.ts';
import type { NameTest, NumberTest, Operator, Test } from '../pact.ts';
import { list, pair } from '../shape/collections.ts';
import { type Field, type Fields, optional } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import { number, yesNo } from '../shape/scalars.ts';
import { checked, define, type Shape, unwanted } from '../shape/shape.ts';
import { instant, letters, measure, scalar } from './words.ts';

/** Programs that RE2 builds of a pattern: a pattern within this runs on any text in a moment. */
const LARGEST_PROGRAM = 5_000;
const LONGEST_PATTERN = 1_000;

/** A regular expression that RE2 takes. Its spaces count, so it is not trimmed. */
const pattern: Shape<string> = {
  wanted: 'a regular expression (RE2)',
  read(node, path, reading) {
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') {
      return unwanted(this, node, path, reading);
    }
    const { value } = node;
    if (value.length > LONGEST_PATTERN) {
      const most = { wanted: `at most ${LONGEST_PATTERN.toLocaleString('en')}` };
      const found = `a pattern of ${value.length.toLocaleString('en')} characters`;
      return unwanted(most, node, path, reading, { found, hint: 'a list of words is shorter with `in`' });
    }
    try {
      const size = RE2JS.compile(value, RE2JS.CASE_INSENSITIVE).programSize();
      if (size <= LARGEST_PROGRAM) return value;
      const most = { wanted: `one of at most ${LARGEST_PROGRAM.toLocaleString('en')}` };
      const found = `a pattern that unfolds to ${size.toLocaleString('en')} steps`;
      return unwanted(most, node, path, reading, { found, hint: 'repeat fewer times' });
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error;
      const why = error.message.replace('error parsing regexp: ', '').replaceAll('(?i)', '');
      const hint = `${why}; RE2 has no lookaround and no back-references`;
      return unwanted(this, node, path, reading, { hint });
    }
  },
  schema: () => ({ type: 'string', minLength: 1, maxLength: LONGEST_PATTERN }),
  brief: (value) => value,
};

/** Two ends, both numbers or both dates, the lower one first. */
const ends = <T extends number | string>(end: Shape<T>): Shape<[T, T]> =>
  checked(pair(end, 'two ends: [LOWEST, HIGHEST]'), ([low, high]) => {
    if (typeof low !== typeof high) return { wanted: 'two numbers or two dates' };
    const order = place(low) <= place(high);
    return order
      ? null
      : { found: `[${low}, ${high}]`, wanted: 'the lower end first', hint: `[${high}, ${low}]` };
  });

const place = (end: number | string): number => (typeof end === 'number' ? end : (readInstant(end) ?? 0));

const several = <T>(item: Shape<T>, example: string): Shape<T[]> =>
  list(item, { wanted: 'a list of at least one value', least: 1, hint: `write [${example}]` });

const DOCS: Record<Operator, string> = {
  is: 'Is this value (text without regard to case).',
  is_not: 'Is there, and is not this value.',
  in: 'Is one of these values.',
  not_in: 'Is there, and is none of these values.',
  gt: 'Above this number, or after this date.',
  gte: 'This number or above, this date or after.',
  lt: 'Below this number, or before this date.',
  lte: 'This number or below, this date or before.',
  between: 'From the first to the second, both included.',
  contains: 'Has this text in it.',
  not_contains: 'Is there, and has not this text in it.',
  starts_with: 'Starts with this text.',
  ends_with: 'Ends with this text.',
  matches: 'Matches this regular expression (RE2, anywhere in the text, without regard to case).',
  exists: 'true: has a value. false: has none.',
  before: 'Before this date or instant.',
  after: 'After this date or instant.',
};

const operator = <T>(name: Operator, shape: Shape<T>): Field<T, 'optional'> =>
  optional(shape, { title: name, description: DOCS[name] });

/** The operators of a test on an attribute or a property. */
export const valueOperators: Fields<Test> = {
  is: operator('is', scalar),
  is_not: operator('is_not', scalar),
  in: operator('in', several(scalar, 'a, b')),
  not_in: operator('not_in', several(scalar, 'a, b')),
  gt: operator('gt', measure),
  gte: operator('gte', measure),
  lt: operator('lt', measure),
  lte: operator('lte', measure),
  between: operator('between', ends(measure)),
  contains: operator('contains', letters),
  not_contains: operator('not_contains', letters),
  starts_with: operator('starts_with', letters),
  ends_with: operator('ends_with', letters),
  matches: operator('matches', pattern),
  exists: operator('exists', yesNo),
  before: operator('before', instant),
  after: operator('after', instant),
};

const numberOperators = (operand: Shape<number>): Fields<NumberTest> =>
  ({
    is: operator('is', operand),
    is_not: operator('is_not', operand),
    in: operator('in', several(operand, '1, 2')),
    not_in: operator('not_in', several(operand, '1, 2')),
    gt: operator('gt', operand),
    gte: operator('gte', operand),
    lt: operator('lt', operand),
    lte: operator('lte', operand),
    between: operator('between', ends(operand)),
  }) as Fields<NumberTest>;

const nameOperators = (operand: Shape<string>): Fields<NameTest> =>
  ({
    is: operator('is', operand),
    is_not: operator('is_not', operand),
    in: operator('in', several(operand, 'a, b')),
    not_in: operator('not_in', several(operand, 'a, b')),
    gt: operator('gt', operand),
    gte: operator('gte', operand),
    lt: operator('lt', operand),
    lte: operator('lte', operand),
  }) as Fields<NameTest>;

/** "At least one operator", for the operators of a test. */
export const someOperator = (fields: object): { of: string; among: string[] } => ({
  of: 'operator',
  among: Object.keys(fields),
});

/** A test: at least one of some operators. `name` is what the schema calls it, `such` an example of one. */
const test = <T extends object>(name: string, title: string, such: string, fields: Fields<T>): Shape<T> =>
  define(name, title, () => object(fields, { title, instead: such, some: someOperator(fields) }));

/** A test on a value that may be missing. */
export const valueTest: Shape<Test> = test('value_test', 'a test', 'such as { is: DE }', valueOperators);
/** A test on points. */
export const pointsTest: Shape<NumberTest> = test(
  'points_test',
  'a test on a number',
  'such as { gte: 40 }',
  numberOperators(number()),
);
/** A test on how many times. */
export const countTest: Shape<NumberTest> = test(
  'count_test',
  'a test on how many times',
  'such as { gte: 3 }',
  numberOperators(number({ least: 0, whole: true })),
);
/** A test on a name with a place in an order. */
export const nameTest = (name: string, title: string, operand: Shape<string>): Shape<NameTest> =>
  test(name, title, 'such as { is: NAME } or { in: [NAME, NAME] }', nameOperators(operand));
