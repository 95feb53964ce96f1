/**
 * Random pacts and histories in which time matters: half-lives, windows, caps, points on and off, clauses that ask
 * for what was or was not done lately. Values are few and small, so that bounds are hit exactly and instants coincide.
 */
import fc from 'fast-check';
import type { Activity, AttributeChange, Facts } from '#engine/facts/facts.ts';
import type { Condition, DidTest, InterestCriterion, NumberTest, Pact } from '#engine/pact/pact.ts';
import { attribute, bad, buildPact, clause, DAY, HOUR, lane, profile, stage } from './build.ts';

export const START = Date.UTC(2026, 0, 1);

const types = fc.constantFrom('page', 'form', 'mail');
const durations = fc.constantFrom('1h', '1d', '2d', '7d', '10d', '14d', '4w');
const bounds = fc.constantFrom(0, 1, 2.5, 5, 8, 10, 16, 20, 30);

const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
  { weight: 4, arbitrary: bounds.map((gte) => ({ gte })) },
  bounds.map((gt) => ({ gt })),
  bounds.map((lt) => ({ lt })),
  bounds.map((lte) => ({ lte })),
  bounds.map((is) => ({ is })),
  fc
    .tuple(bounds, bounds)
    .map(([a, b]) => ({ between: [Math.min(a, b), Math.max(a, b)] as [number, number] })),
);

const times: fc.Arbitrary<NumberTest> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ gte: 1 }) },
  fc.integer({ min: 2, max: 4 }).map((gte) => ({ gte })),
  fc.integer({ min: 0, max: 3 }).map((lte) => ({ lte })),
  fc.integer({ min: 0, max: 3 }).map((is) => ({ is })),
);

const didTest: fc.Arbitrary<DidTest> = fc.record(
  {
    did: types,
    where: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      fc.constantFrom('a', 'b').map((is) => ({ path: { is } })),
    ),
    times,
    within: durations,
  },
  { requiredKeys: ['did', 'where', 'times'] },
);

const criterion = (points: fc.Arbitrary<number>): fc.Arbitrary<Omit<InterestCriterion, 'id'>> =>
  fc
    .record(
      {
        text: fc.constant('As agreed.'),
        owner: fc.constant('both' as const),
        when: fc.oneof(
          { weight: 3, arbitrary: didTest },
          fc.array(didTest, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
        ),
        points,
        half_life: durations,
        within: durations,
        cap: fc.integer({ min: 0, max: 25 }),
      },
      { requiredKeys: ['text', 'owner', 'when', 'points'] },
    )
    .map((one) => (one.cap !== undefined && one.points < 0 ? { ...one, cap: -one.cap } : one));

/** Asks for nothing derived from stages, so that it may stand in a stage. */
const plainTest: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: numberTest.map((interest) => ({ interest })) },
  { weight: 2, arbitrary: didTest },
  fc.constantFrom('A1', 'B2', 'C3', 'D4', 'A3').map((gte) => ({ grade: { gte } })),
  fc.constantFrom(20, 40).map((gte) => ({ fit: { gte } })),
  fc.constantFrom('x', 'y').map((is) => attribute('kind', { is })),
);
const plain: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: plainTest },
  fc.array(plainTest, { minLength: 1, maxLength: 2 }).map((all) => ({ all })),
  plainTest.map((not) => ({ not })),
);

/** Points on and off: interest may rise as time goes by. */
export const mixedPoints = fc.constantFrom(1, 2.5, 5, 8, 10, 20, 20, -1, -5, -8, -20);
export const positivePoints = fc.constantFrom(1, 2.5, 5, 8, 10, 20);

/** A pact in which time matters. */
export const timelyPact = (points: fc.Arbitrary<number>): fc.Arbitrary<Pact> =>
  fc
    .record({
      lead: fc.oneof({ weight: 4, arbitrary: fc.constant<Condition>({ all: [] }) }, plain),
      bads: fc.array(didTest, { maxLength: 1 }),
      profile: fc.array(fc.oneof(plainTest, didTest), { maxLength: 1 }),
      interest: fc.array(criterion(points), { minLength: 1, maxLength: 4 }),
      stages: fc.array(fc.tuple(plain, plain), { maxLength: 3 }),
      mql: plain,
      lanes: fc.array(didTest, { maxLength: 1 }),
    })
    .map((parts) =>
      buildPact({
        lead: clause(parts.lead),
        bad_leads: parts.bads.map((when, i) =>
          bad(`bad${i}`, { all: [when, attribute('kind', { is: 'y' })] }),
        ),
        profile: [
          profile('kind', 40, attribute('kind', { is: 'x' })),
          ...parts.profile
            .filter((when) => 'did' in when || 'attribute' in when)
            .map((when, i) => profile(`p${i}`, 20, when)),
        ],
        interest: parts.interest.map((one, i) => ({ ...one, id: `i${i}` })),
        stages: parts.stages.map(([when, hot], i) => stage(`s${i}`, when, { hot })),
        mql: clause(parts.mql),
        fast_lanes: parts.lanes.map((when, i) => lane(`lane${i}`, when)),
      }),
    );

/** Instants within ninety days, often whole days or hours, so that they coincide and hit windows exactly. */
export const instants = fc.oneof(
  fc.integer({ min: 0, max: 90 }).map((day) => START + day * DAY),
  fc.integer({ min: 0, max: 90 * 24 }).map((hour) => START + hour * HOUR),
  fc.integer({ min: 0, max: 90 * DAY }).map((ms) => START + ms),
);

export const activities: fc.Arbitrary<Activity> = fc.record({
  at: instants,
  type: types,
  properties: fc.oneof(
    fc.constant({}),
    fc.constantFrom('a', 'b', 'c').map((path) => ({ path })),
  ),
});

export const changes: fc.Arbitrary<AttributeChange> = fc.record({
  at: instants,
  values: fc.constantFrom('x', 'y', 'z', null).map((kind) => ({ kind })),
});

/** A lead's facts, in order. */
export const histories: fc.Arbitrary<Facts> = fc
  .tuple(fc.array(activities, { maxLength: 12 }), fc.array(changes, { maxLength: 3 }))
  .map(([did, became]) => ({
    id: 'ada',
    changes: became.sort((a, b) => a.at! - b.at!),
    activities: did.sort((a, b) => a.at - b.at),
  }));
