/** Conditions: what can be asked of a lead. */
import type { AttributeTest, Condition, DidTest, NameTest, NumberTest, Scalar, Test } from '../pact.ts';
import { byKey } from '../shape/by-key.ts';
import { byKind, list, map } from '../shape/collections.ts';
import { defaulted, type Fields, optional, required } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import { word } from '../shape/scalars.ts';
import { converted, define, type Shape } from '../shape/shape.ts';
import { countTest, nameTest, pointsTest, someOperator, valueOperators, valueTest } from './operators.ts';
import { elapsed, factName, knownId, scalar, upperCase } from './words.ts';

/** Conditions within conditions. */
const DEEPEST = 64;

const GRADES = ['A', 'B', 'C', 'D'].flatMap((letter) => [1, 2, 3, 4].map((digit) => `${letter}${digit}`));
const grade = upperCase(word(...GRADES, ...GRADES.map((cell) => cell.toLowerCase())));
const stage = knownId({ spaces: ['ladder', 'level'], what: 'stages' });

const attributeTest: Shape<AttributeTest> = object<AttributeTest>(
  {
    attribute: required(factName('the name of an attribute'), {
      title: 'Attribute',
      description: 'What is known of a lead; names compare without regard to case.',
      examples: ['account.employees', 'email', 'country'],
    }),
    ...valueOperators,
  } as Fields<AttributeTest>,
  { title: 'a test on an attribute', some: someOperator(valueOperators) },
);

const bare: Shape<Test> = converted(
  scalar,
  (value) => ({ is: value }),
  (test) => test.is as Scalar,
);
const isBare = (test: Test): boolean => test.is !== undefined && Object.keys(test).length === 1;

const property: Shape<Test> = byKind<Test>(
  'a value or a test',
  { scalar: bare, map: valueTest },
  (test) => (isBare(test) ? bare.brief(test) : valueTest.brief(test)),
  { list: 'write { in: […] }' },
);

/** A test on behaviour. */
const didTest: Shape<DidTest> = define('did', 'a test on behaviour', () =>
  object<DidTest>(
    {
      did: required(factName('the name of an activity'), {
        title: 'Activity',
        description: '`page` for page views, else the name it is tracked under.',
        examples: ['page', 'Form Submitted'],
      }),
      where: defaulted(
        map(factName('the name of a property'), property, { wanted: 'properties and what they must be' }),
        {},
        {
          title: 'Where',
          description: 'Properties of the activity, each a value or a test; all must hold.',
          examples: [{ path: { starts_with: '/pricing' } }, { form: 'demo' }],
        },
      ),
      times: defaulted(countTest, { gte: 1 }, { title: 'How many times', examples: [{ gte: 3 }] }),
      within: optional(elapsed, {
        title: 'Within',
        description: 'Only activities at most this old count.',
        examples: ['30d'],
      }),
    },
    { title: 'a test on behaviour' },
  ),
);

/** A test on something the pact itself works out; its place is noted, so that cycles are found. */
function derived<T>(what: string, test: Shape<T>): Shape<T> {
  return {
    ...test,
    read(node, path, reading) {
      reading.marks.push({ what, at: node.at, path });
      return test.read(node, path, reading);
    },
  };
}

const parts: Shape<Condition[]> = list<Condition>(
  {
    wanted: 'a condition',
    read: (node, path, reading) => condition.read(node, path, reading),
    schema: (definitions) => condition.schema(definitions),
    brief: (value) => condition.brief(value),
  },
  { wanted: 'a list of at least one condition', least: 1, most: 1_000 },
);

const ELSEWHERE: Record<string, string> = {
  where: '`where` goes with `did`',
  times: '`times` goes with `did`',
  within: '`within` goes with `did`',
  ...Object.fromEntries(
    Object.keys(valueOperators).map((key) => [key, `\`${key}\` goes with an \`attribute\``]),
  ),
};

/** Anything that can be asked of a lead; at most sixty-four deep. */
export const condition: Shape<Condition> = define<Condition>(
  'condition',
  'a condition',
  () =>
    byKey<Condition>(
      'a condition',
      {
        all: object<{ all: Condition[] }>(
          { all: required(parts, { title: 'All', description: 'Every one of these holds.' }) },
          { title: 'all of several conditions' },
        ),
        any: object<{ any: Condition[] }>(
          { any: required(parts, { title: 'Any', description: 'At least one of these holds.' }) },
          { title: 'any of several conditions' },
        ),
        not: object<{ not: Condition }>(
          { not: required(condition, { title: 'Not', description: 'This does not hold.' }) },
          { title: 'the opposite of a condition' },
        ),
        attribute: attributeTest,
        did: didTest,
        fit: object<{ fit: NumberTest }>(
          {
            fit: required(derived('fit', pointsTest), {
              title: 'Fit',
              description: 'The sum of the points of the profile.',
              examples: [{ gte: 40 }],
            }),
          },
          { title: 'a test on fit' },
        ),
        interest: object<{ interest: NumberTest }>(
          {
            interest: required(derived('interest', pointsTest), {
              title: 'Interest',
              description: 'The sum of the points of behaviour, after decay.',
              examples: [{ gte: 30 }],
            }),
          },
          { title: 'a test on interest' },
        ),
        grade: object<{ grade: NameTest }>(
          {
            grade: required(derived('grade', nameTest('grade_test', 'a test on a grade', grade)), {
              title: 'Grade',
              description: 'The cell A1 … D4: fit by letter, interest by digit.',
              examples: [{ in: ['A1', 'A2', 'B1'] }],
            }),
          },
          { title: 'a test on a grade' },
        ),
        stage: object<{ stage: NameTest }>(
          {
            stage: required(derived('stage', nameTest('stage_test', 'a test on a stage', stage)), {
              title: 'Stage',
              description:
                "A stage of marketing's ladder: an id, `id/level`, or `conversion`. `gt` … `lte` follow the ladder.",
              examples: [{ gte: 'investigator' }],
            }),
          },
          { title: 'a test on a stage' },
        ),
      },
      { both: 'to ask for several things: { all: [ …, … ] }', elsewhere: ELSEWHERE },
    ),
  DEEPEST,
);

/** What an interest criterion may ask: one `did`, or any of several. */
export const behaviour: Shape<DidTest | { any: DidTest[] }> = byKey<DidTest | { any: DidTest[] }>(
  'behaviour',
  {
    did: didTest,
    any: object<{ any: DidTest[] }>(
      {
        any: required(list(didTest, { wanted: 'a list of at least one `did`', least: 1, most: 1_000 }), {
          title: 'Any',
          description: 'An activity that matches any of these counts, once.',
        }),
      },
      { title: 'any of several `did`' },
    ),
  },
  {
    elsewhere: {
      attribute: 'interest is behaviour; a test on an attribute belongs under `profile`',
      all: 'interest is one `did`, or `any` of several; further properties go under `where`',
      not: 'interest is one `did`, or `any` of several',
    },
  },
);
