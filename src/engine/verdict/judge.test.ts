import { describe, expect, test } from 'vitest';
import type { Activity, Raw } from '#engine/facts/facts.ts';
import type { Condition, InterestCriterion, Pact } from '#engine/pact/pact.ts';
import {
  activity,
  attribute,
  bad,
  buildPact,
  clause,
  DAY,
  did,
  factsOf,
  HOUR,
  interest,
  lane,
  profile,
  stage,
} from '#tests/support/build.ts';
import { judge } from './judge.ts';

const NOW = Date.UTC(2026, 2, 31);
const ago = (days: number, type = 'page', properties: Activity['properties'] = {}) =>
  activity(NOW - days * DAY, type, properties);

describe('fit', () => {
  const fitOf = (criteria: Pact['profile'], values: Record<string, Raw>) =>
    judge(buildPact({ profile: criteria }), factsOf(values), NOW).fit;
  const size = (points: number) => profile('size', points, attribute('size', { gte: 50 }));
  const land = (points: number) => profile('land', points, attribute('land', { is: 'DE' }));

  test.each<[what: string, criteria: Pact['profile'], values: Record<string, Raw>, fit: number]>([
    ['nothing asked', [], { size: 60 }, 0],
    ['one holds', [size(20), land(15)], { size: 60 }, 20],
    ['both hold', [size(20), land(15)], { size: 60, land: 'de' }, 35],
    ['one does not', [size(20), land(15)], { size: 10, land: 'de' }, 15],
    ['unknown gives no points', [size(20), land(15)], { size: 'many', land: 'de' }, 15],
    ['missing gives no points', [size(20)], {}, 0],
    ['not of unknown gives none either', [profile('p', 20, { not: attribute('size', { gte: 50 }) })], {}, 0],
    ['points may be taken off', [size(20), land(-5)], { size: 60, land: 'de' }, 15],
    ['never below 0', [size(20), land(-50)], { size: 60, land: 'de' }, 0],
    ['may pass 100', [size(80), land(70)], { size: 60, land: 'de' }, 150],
    ['tenths add up as doubles do', [size(0.1), land(0.2)], { size: 60, land: 'de' }, 0.1 + 0.2],
  ])('%s', (_, criteria, values, fit) => {
    expect(fitOf(criteria, values)).toBe(fit);
  });
});

describe('interest', () => {
  const interestOf = (criteria: InterestCriterion[], activities: Activity[], at = NOW) =>
    judge(buildPact({ interest: criteria }), factsOf({}, activities), at).interest;
  const page = (points: number, more: Parameters<typeof interest>[2] = {}) => interest('page', points, more);
  const pricing = did('page', { where: { path: { starts_with: '/pricing' } } });
  const atPricing = { path: '/pricing' };

  test.each<[what: string, criteria: InterestCriterion[], activities: Activity[], points: number]>([
    ['nothing done', [page(8)], [], 0],
    ['done once', [page(8)], [ago(3)], 8],
    ['done three times', [page(8)], [ago(3), ago(2), ago(1)], 24],
    ['done as others write it', [page(8)], [ago(3, ' PAGE ')], 8],
    ['something else done', [page(8)], [ago(3, 'form')], 0],
    ['done at the very instant', [page(8)], [ago(0)], 8],
    // half-life: 20 points after two half-lives are 5
    ['20 points, half-life 14d, age 28d', [page(20, { half_life: '14d' })], [ago(28)], 5],
    ['age 14d', [page(20, { half_life: '14d' })], [ago(14)], 10],
    ['age 0', [page(20, { half_life: '14d' })], [ago(0)], 20],
    ['two of different age: 5 + 10', [page(20, { half_life: '14d' })], [ago(28), ago(14)], 15],
    ['two at one instant', [page(20, { half_life: '14d' })], [ago(14), ago(14)], 20],
    ['two weeks are fourteen days', [page(20, { half_life: '2w' })], [ago(28)], 5],
    // cap: after decay
    ['cap above', [page(8, { cap: 30 })], [ago(2), ago(1)], 16],
    ['cap reached', [page(8, { cap: 20 })], [ago(3), ago(2), ago(1)], 20],
    ['cap after decay', [page(20, { half_life: '14d', cap: 12 })], [ago(28), ago(14)], 12],
    ['decayed under the cap', [page(20, { half_life: '14d', cap: 12 })], [ago(28)], 5],
    ['cap 0', [page(8, { cap: 0 })], [ago(1)], 0],
    // negative points: the cap bounds them from below
    ['taken off', [interest('form', 20), page(-5)], [ago(3, 'form'), ago(2)], 15],
    ['negative cap', [interest('form', 20), page(-5, { cap: -8 })], [ago(3, 'form'), ago(2), ago(1)], 12],
    ['negative, above its cap', [interest('form', 20), page(-5, { cap: -8 })], [ago(3, 'form'), ago(1)], 15],
    ['never below 0', [page(-5)], [ago(1)], 0],
    ['floored only in the sum', [page(-5), interest('form', 20)], [ago(1), ago(1, 'form')], 15],
    [
      'negative points decay as well',
      [interest('form', 20), page(-8, { half_life: '7d' })],
      [ago(9, 'form'), ago(7)],
      16,
    ],
    // window: age ≤ within counts
    ['inside the window', [page(8, { within: '30d' })], [ago(29)], 8],
    ['on its edge', [page(8, { within: '30d' })], [ago(30)], 8],
    ['a millisecond outside', [page(8, { within: '30d' })], [activity(NOW - 30 * DAY - 1, 'page')], 0],
    ['the window of the test', [page(8, { when: did('page', { within: '30d' }) })], [ago(31), ago(30)], 8],
    [
      'the narrower window',
      [page(8, { within: '10d', when: did('page', { within: '30d' }) })],
      [ago(20), ago(5)],
      8,
    ],
    // where
    [
      'where holds',
      [page(8, { when: pricing })],
      [ago(1, 'page', atPricing), ago(1, 'page', { path: '/' })],
      8,
    ],
    ['where on a missing property does not match', [page(8, { when: pricing })], [ago(1)], 0],
    [
      'where not on a missing property does not match',
      [page(8, { when: did('page', { where: { path: { is_not: '/' } } }) })],
      [ago(1)],
      0,
    ],
    [
      'where a property is absent',
      [page(8, { when: did('page', { where: { path: { exists: false } } }) })],
      [ago(1), ago(1, 'page', atPricing)],
      8,
    ],
    [
      'where several hold',
      [page(8, { when: did('page', { where: { path: { is: '/pricing' }, n: { gt: 3 } } }) })],
      [ago(3, 'page', { path: '/pricing', n: 4 }), ago(2, 'page', { path: '/pricing', n: 3 })],
      8,
    ],
    // any of several: an activity counts once
    [
      'either',
      [page(8, { when: { any: [did('page'), did('form')] } })],
      [ago(2), ago(1, 'form'), ago(1, 'mail')],
      16,
    ],
    ['both, once', [page(8, { when: { any: [did('page'), pricing] } })], [ago(2, 'page', atPricing)], 8],
    // times gates the criterion
    ['times not reached', [page(8, { when: did('page', { times: { gte: 3 } }) })], [ago(2), ago(1)], 0],
    [
      'times reached: all count',
      [page(8, { when: did('page', { times: { gte: 2 } }) })],
      [ago(2), ago(1)],
      16,
    ],
    [
      'times within its window',
      [page(8, { when: did('page', { times: { gte: 2 }, within: '10d' }) })],
      [ago(11), ago(1)],
      0,
    ],
    [
      'times is asked of each of several',
      [page(8, { when: { any: [did('page', { times: { gte: 2 } }), did('form')] } })],
      [ago(2), ago(1, 'form')],
      8,
    ],
    ['times at most', [page(8, { when: did('page', { times: { lte: 1 } }) })], [ago(2), ago(1)], 0],
    // later than the instant judged
    ['activities after the instant do not count', [page(8)], [ago(1), ago(-1)], 8],
    // many criteria
    ['criteria add up', [page(8), interest('form', 20)], [ago(1), ago(1, 'form')], 28],
    [
      'one activity, two criteria',
      [page(8), interest('p', 3, { when: pricing })],
      [ago(1, 'page', atPricing)],
      11,
    ],
  ])('%s', (_, criteria, activities, points) => {
    expect(interestOf(criteria, activities)).toBe(points);
  });

  test('before 1970 as after', () => {
    const instant = Date.UTC(1950, 0, 1);
    const early = [activity(instant, 'page'), activity(instant + 14 * DAY, 'page')];
    expect(interestOf([page(20, { half_life: '14d' })], early, instant + 28 * DAY)).toBe(15);
  });

  test('is worked out as the recurrence, not as the sum, to the last bit', () => {
    const criteria = [page(1, { half_life: '3d' })];
    const half = judge(buildPact({ interest: criteria }), factsOf({}, [ago(1.5)]), NOW).interest;
    expect(interestOf(criteria, [ago(3), ago(1.5)])).toBe((1 * half + 1) * half);
  });
});

describe('the grade', () => {
  const graded = (fit: number, points: number) =>
    judge(
      buildPact({
        profile: [profile('p', fit, { all: [] })],
        interest: [interest('page', points)],
      }),
      factsOf({}, [ago(1)]),
      NOW,
    ).grade;
  // fit A ≥ 60, B ≥ 40, C ≥ 20; interest 1 ≥ 50, 2 ≥ 30, 3 ≥ 10
  test.each<[fit: number, interest: number, grade: string]>([
    [60, 50, 'A1'],
    [59.999999, 49.999999, 'B2'],
    [40, 30, 'B2'],
    [39.999999, 29.999999, 'C3'],
    [20, 10, 'C3'],
    [19.999999, 9.999999, 'D4'],
    [0, 0, 'D4'],
    [1000, 0, 'A4'],
    [0, 1000, 'D1'],
  ])('fit %d, interest %d: %s', (fit, points, grade) => {
    expect(graded(fit, points)).toBe(grade);
  });
});

describe('the verdict, the first that applies', () => {
  const pact = buildPact({
    lead: clause(attribute('email', { exists: true })),
    bad_leads: [
      bad('rival', attribute('company', { is: 'Rival' })),
      bad('student', attribute('title', { is: 'Student' })),
    ],
    profile: [profile('size', 40, attribute('size', { gte: 50 }))],
    interest: [interest('page', 10)],
    mql: clause({ all: [{ fit: { gte: 40 } }, { interest: { gte: 30 } }] }),
    fast_lanes: [lane('demo', did('demo')), lane('call', did('call'))],
  });
  const three = [ago(3), ago(2), ago(1)];
  const ada = { email: 'ada@acme.example', size: 60 };

  test.each<
    [what: string, values: Record<string, Raw>, did: Activity[], verdict: string, lane: string | null]
  >([
    ['not a lead', { size: 60 }, three, 'visitor', null],
    ['not a lead, whatever it asks for', {}, [ago(1, 'demo')], 'visitor', null],
    ['not a lead, however bad', { company: 'Rival' }, [], 'visitor', null],
    ['bad before anything else', { ...ada, company: 'Rival' }, three, 'bad_lead', null],
    ['bad, though it asks for a demo', { ...ada, title: 'student' }, [ago(1, 'demo')], 'bad_lead', null],
    ['both halves hold', ada, three, 'mql', null],
    ['by a fast lane', { email: 'a@b' }, [ago(1, 'demo')], 'mql', 'demo'],
    ['by the second fast lane', { email: 'a@b' }, [ago(1, 'call')], 'mql', 'call'],
    ['by both: the first is named', { email: 'a@b' }, [ago(2, 'call'), ago(1, 'demo')], 'mql', 'demo'],
    ['by clause and lane: the lane is named', ada, [...three, ago(1, 'demo')], 'mql', 'demo'],
    ['too little interest', ada, [ago(1)], 'not_mql', null],
    ['too little fit', { email: 'a@b', size: 10 }, three, 'not_mql', null],
    ['unknown fit satisfies nothing', { email: 'a@b', size: 'many' }, three, 'not_mql', null],
  ])('%s', (_, values, activities, verdict, fastLane) => {
    const said = judge(pact, factsOf(values, activities), NOW);
    expect([said.verdict, said.fast_lane]).toEqual([verdict, fastLane]);
    expect(said.stage).toBe(verdict === 'not_mql' ? 'conversion' : verdict);
  });
});

describe('the stage', () => {
  const ladder = [
    stage(
      'prospect',
      { interest: { gte: 5 } },
      { warm: { interest: { gte: 10 } }, hot: { interest: { gte: 20 } } },
    ),
    stage('researcher', did('download', { times: { gte: 3 } })),
    stage('investigator', { all: [{ interest: { gte: 20 } }, did('compare')] }),
    stage('influencer', attribute('role', { is: 'influencer' })),
  ];
  const stageOf = (values: Record<string, Raw>, activities: Activity[], stages = ladder, mql?: Condition) =>
    judge(
      buildPact({ stages, interest: [interest('page', 5)], ...(mql && { mql: clause(mql) }) }),
      factsOf(values, activities),
      NOW,
    ).stage;
  const pages = (n: number) => Array.from({ length: n }, () => ago(2));
  const downloads = [ago(1, 'download'), ago(1, 'download'), ago(1, 'download')];

  test.each<[what: string, values: Record<string, Raw>, did: Activity[], stage: string]>([
    ['none holds', {}, [], 'conversion'],
    ['a stage without a level that holds', {}, pages(1), 'prospect'],
    ['its first level', {}, pages(2), 'prospect/warm'],
    ['the last level that holds', {}, pages(4), 'prospect/hot'],
    ['the highest that holds', {}, [...pages(4), ...downloads], 'researcher'],
    ['higher still', {}, [...pages(4), ...downloads, ago(1, 'compare')], 'investigator'],
    ['the highest, whatever is below it', { role: 'Influencer' }, [], 'influencer'],
    ['unknown does not hold', {}, [], 'conversion'],
  ])('%s', (_, values, activities, expected) => {
    expect(stageOf(values, activities)).toBe(expected);
  });

  test('a level counts only on a stage that holds', () => {
    const stages = [stage('prospect', did('form'), { hot: did('page') })];
    expect(stageOf({}, pages(1), stages)).toBe('conversion');
    expect(stageOf({}, [...pages(1), ago(1, 'form')], stages)).toBe('prospect/hot');
  });

  test('the last level listed that holds, not the last that could', () => {
    const stages = [stage('prospect', { all: [] }, { a: did('a'), b: did('b'), c: did('c') })];
    expect(stageOf({}, [ago(2, 'a'), ago(1, 'b')], stages)).toBe('prospect/b');
  });

  test.each<[mql: Condition, activities: Activity[], stage: string]>([
    [{ stage: { is: 'prospect' } }, pages(4), 'mql'],
    [{ stage: { is: 'prospect/hot' } }, pages(2), 'prospect/warm'],
    [{ stage: { gte: 'researcher' } }, pages(4), 'prospect/hot'],
    [{ stage: { gte: 'researcher' } }, downloads, 'mql'],
    [{ stage: { is: 'conversion' } }, [], 'mql'],
    [{ grade: { in: ['D3', 'D2'] } }, pages(2), 'mql'],
    [{ grade: { gte: 'D3' } }, pages(1), 'prospect'],
    [{ grade: { gte: 'D3' } }, pages(10), 'mql'],
    [{ grade: { lt: 'C4' } }, pages(10), 'mql'],
  ])('an MQL by %j', (mql, activities, expected) => {
    expect(stageOf({}, activities, ladder, mql)).toBe(expected);
  });
});

describe('as of an instant', () => {
  const pact = buildPact({
    lead: clause(attribute('email', { exists: true })),
    profile: [profile('size', 40, attribute('size', { gte: 50 }))],
    interest: [interest('page', 10)],
  });
  const created = NOW - 10 * DAY;
  const facts = {
    id: 'ada',
    changes: [
      { at: created, values: { email: 'ada@acme.example', size: 20 } },
      { at: created + DAY, values: { size: 60 } },
      { at: created + 2 * DAY, values: { email: null } },
    ],
    activities: [activity(created - HOUR, 'page'), activity(created + DAY, 'page')],
  };
  test.each<[when: string, at: number, verdict: string, fit: number, interest: number]>([
    ['before it was created nothing is known', created - 1, 'visitor', 0, 10],
    ['at its creation', created, 'not_mql', 0, 10],
    ['before the change', created + DAY - 1, 'not_mql', 0, 10],
    ['at the change', created + DAY, 'not_mql', 40, 20],
    ['unset again', created + 2 * DAY, 'visitor', 40, 20],
  ])('%s', (_, at, verdict, fit, points) => {
    const said = judge(pact, facts, at);
    expect([said.at, said.verdict, said.fit, said.interest]).toEqual([at, verdict, fit, points]);
  });
});
