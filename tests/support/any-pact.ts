/**
 * Random pacts that use the whole language: every operator, all three truths, windows, gates, caps, half-lives,
 * levels, lanes, and tests on fit, interest, grade and stage where they are allowed. Names and values are few and are
 * those of `any-history.ts`, so that conditions often hold and bounds are often hit exactly.
 */
import fc from 'fast-check';
import type {
  Condition,
  DidTest,
  InterestCriterion,
  NameTest,
  NumberTest,
  Pact,
  Test,
} from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { bad, buildPact, clause, lane, profile, stage } from './build.ts';

const TEXTS = ['DE', 'us', 'Acme GmbH', 'west', '100'];
const NUMBERS = [-5, 0, 2.5, 10, 51, 100];
const DATES = ['2026-01-10', '2026-02-01T12:00:00Z'];
const ATTRIBUTES = ['country', 'employees', 'account.name', 'since', 'Region'];
const PROPERTIES = ['path', 'form', 'page.title', 'price'];
const TYPES = ['page', 'Page', 'Form Submitted', 'FORM submitted', 'mail'];

const scalar = fc.constantFrom<string | number | boolean>(...TEXTS, ...NUMBERS, ...DATES, true);
const bound = fc.constantFrom<string | number>(...NUMBERS, ...DATES);
const part = fc.constantFrom('a', 'ac', 'us', '1', 'de', 'mb');
const date = fc.constantFrom(...DATES);

const operators: { [O in keyof Test]-?: fc.Arbitrary<NonNullable<Test[O]>> } = {
  is: scalar,
  is_not: scalar,
  in: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  not_in: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  gt: bound,
  gte: bound,
  lt: bound,
  lte: bound,
  between: fc.constantFrom<[number | string, number | string]>(
    [0, 51],
    [10, 100],
    ['2026-01-01', '2026-02-01'],
  ),
  contains: part,
  not_contains: part,
  starts_with: part,
  ends_with: part,
  matches: fc.constantFrom('^a', '[0-9]+', 'd|u'),
  exists: fc.boolean(),
  before: date,
  after: date,
};

/** A test on a value: mostly one operator, sometimes two. */
const test: fc.Arbitrary<Test> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.oneof(
      ...Object.entries(operators).map(([name, of]) => of.map((operand) => ({ [name]: operand }))),
    ),
  },
  fc.record({ gte: bound, lt: bound }),
  fc.record({ exists: fc.constant(true), contains: part }),
);

const amount = fc.constantFrom(0, 1, 2.5, 5, 8, 10, 20, 30);
const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
  { weight: 5, arbitrary: amount.map((gte) => ({ gte })) },
  amount.map((gt) => ({ gt })),
  amount.map((lt) => ({ lt })),
  amount.map((lte) => ({ lte })),
  amount.map((is) => ({ is })),
  amount.map((is_not) => ({ is_not })),
  fc.array(amount, { minLength: 1, maxLength: 2 }).map((one) => ({ in: one })),
  fc.constantFrom<[number, number]>([0, 10], [5, 20]).map((between) => ({ between })),
  fc.constant({ gt: 2.5, lte: 20 }),
);

const times: fc.Arbitrary<NumberTest> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ gte: 1 }) },
  fc.integer({ min: 2, max: 3 }).map((gte) => ({ gte })),
  fc.integer({ min: 0, max: 3 }).map((lte) => ({ lte })),
  fc.integer({ min: 0, max: 2 }).map((is) => ({ is })),
);
const durations = fc.constantFrom('1h', '1d', '2d', '7d', '14d', '30d');

const didTest: fc.Arbitrary<DidTest> = fc
  .record({
    did: fc.constantFrom(...TYPES),
    where: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      fc.dictionary(fc.constantFrom(...PROPERTIES), test, { maxKeys: 2 }),
    ),
    times,
    within: fc.option(durations, { nil: undefined }),
  })
  .map(pruned);

const attributeTest: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom(...ATTRIBUTES), test)
  .map(([attribute, one]) => ({ attribute, ...one }));

const gained = fc.constantFrom(1, 2.5, 5, 8, 10, 20, 0.1);
const lost = fc.constantFrom(-1, -2.5, -8, -20);

const interestCriterion: fc.Arbitrary<Omit<InterestCriterion, 'id'>> = fc
  .record({
    text: fc.constant('Did something.'),
    owner: fc.constant('both' as const),
    when: fc.oneof(
      { weight: 2, arbitrary: didTest },
      fc.array(didTest, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    ),
    points: fc.oneof({ weight: 4, arbitrary: gained }, lost),
    half_life: fc.option(durations, { nil: undefined }),
    within: fc.option(durations, { nil: undefined, freq: 1 }),
    cap: fc.option(fc.constantFrom(1, 7.5, 12, 25), { nil: undefined }),
  })
  .map((one) => pruned({ ...one, cap: one.cap && Math.sign(one.points) * one.cap }));

const gradeTest: fc.Arbitrary<NameTest> = fc.oneof(
  fc.constantFrom('A1', 'B2', 'C3', 'D4').map((gte) => ({ gte })),
  fc.subarray(['A1', 'A4', 'B2', 'C1', 'D1', 'D3'], { minLength: 1 }).map((one) => ({ in: one })),
  fc.constantFrom('A1', 'D4').map((is_not) => ({ is_not })),
);
const stageTest: fc.Arbitrary<NameTest> = fc.oneof(
  fc.constantFrom('s0', 'conversion').map((is) => ({ is })),
  fc.constantFrom('s0', 's0/hot').map((gte) => ({ gte })),
  fc.constantFrom('s0').map((lt) => ({ lt })),
);

/** Which derived tests a condition may make: a profile makes none, a stage none on stages. */
type Derived = 'none' | 'points' | 'all';

const derivedTests: Record<Derived, fc.Arbitrary<Condition>[]> = {
  none: [],
  points: [
    numberTest.map((interest) => ({ interest })),
    numberTest.map((fit) => ({ fit })),
    gradeTest.map((grade) => ({ grade })),
  ],
  get all() {
    return [...this.points, stageTest.map((stage) => ({ stage }))];
  },
};

const condition = (derived: Derived, depth = 2): fc.Arbitrary<Condition> => {
  const leaf = fc.oneof(attributeTest, attributeTest, didTest, ...derivedTests[derived]);
  if (depth === 0) return leaf;
  const deeper = condition(derived, depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    fc.array(deeper, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(deeper, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    deeper.map((not) => ({ not })),
  );
};

const ANYBODY: Condition = { attribute: 'nothing', exists: false };

/** What most pacts ask of an MQL: enough interest, and something besides. */
const ripe: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom(2.5, 5, 8, 10, 12, 20), fc.oneof(fc.constant(ANYBODY), condition('points', 1)))
  .map(([gte, besides]) => ({ all: [{ interest: { gte } }, besides] }));

const few = (of: fc.Arbitrary<Condition>): fc.Arbitrary<Condition[]> =>
  fc.oneof(fc.constant<Condition[]>([]), fc.array(of, { maxLength: 2 }));

/** Any pact, as its file would be read. */
export const anyPact: fc.Arbitrary<Pact> = fc
  .record({
    lead: fc.oneof({ weight: 4, arbitrary: fc.constant(ANYBODY) }, condition('all')),
    bads: fc.oneof(few(attributeTest), few(condition('all'))),
    profile: fc.array(
      fc.tuple(
        fc.oneof({ weight: 6, arbitrary: gained }, lost),
        fc.oneof({ weight: 6, arbitrary: attributeTest }, condition('none')),
      ),
      { maxLength: 5 },
    ),
    interest: fc.array(interestCriterion, { minLength: 1, maxLength: 5 }),
    stages: fc.array(condition('points'), { minLength: 1, maxLength: 3 }),
    warm: condition('points', 1),
    mql: fc.oneof(ripe, condition('all')),
    lanes: few(condition('all', 1)),
  })
  .map(({ lead, bads, profile: criteria, interest, stages, warm, mql, lanes }) => {
    const levels = { warm, hot: { interest: { gte: 10 } } };
    return asRead(
      buildPact({
        lead: clause(lead),
        bad_leads: bads.map((when, i) => bad(`bad${i}`, when)),
        profile: criteria.map(([points, when], i) => profile(`p${i}`, points, when)),
        interest: interest.map((one, i) => ({ ...one, id: `i${i}` })),
        grades: { fit: { A: 20, B: 10, C: 2.5 }, interest: { 1: 20, 2: 8, 3: 1 } },
        stages: stages.map((when, i) => stage(`s${i}`, when, i === 0 ? levels : {})),
        mql: clause(mql),
        fast_lanes: lanes.map((when, i) => lane(`lane${i}`, when)),
        reasons: bads.map((_, i) => ({ id: `bad${i}`, text: 'Not for us.', next: 'disqualify' })),
      }),
    );
  });

/** A pact as it would be read, had it been written in a file. */
function asRead(draft: Pact): Pact {
  const calendar = { zone: 'UTC', hours: { 'mon-fri': '09:00-17:00' } };
  return parsePact(JSON.stringify({ ...draft, calendar, sql: { text: 'Has a need.' } })).pact;
}

/** Leaves out what is undefined, as JSON would. */
function pruned<T extends object>(one: T): T {
  return Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as T;
}
