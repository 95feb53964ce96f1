import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import {
  activity,
  attribute,
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
import {
  histories,
  instants,
  mixedPoints,
  positivePoints,
  START,
  timelyPact,
} from '#tests/support/timely.ts';
import { judge } from './judge.ts';
import { nextInstant } from './next.ts';
import type { Verdict } from './verdict.ts';

const said = ({ verdict, grade, stage, fast_lane }: Verdict) => `${verdict} ${grade} ${stage} ${fast_lane}`;
const NOW = START;
/** The first whole millisecond after so many days. */
const firstAfter = (days: number) => Math.floor(days * DAY) + 1;
const page = (day: number, properties = {}) => activity(NOW + day * DAY, 'page', properties);

describe('the next instant', () => {
  const half = (points: number) => interest('page', points, { half_life: '14d' });
  test.each<[what: string, pact: Partial<Pact>, facts: Facts, next: number | null]>([
    ['nothing can change', {}, factsOf({}), null],
    ['nothing decays', { interest: [interest('page', 20)] }, factsOf({}, [page(0)]), null],
    ['nothing is left to decay', { interest: [half(8)] }, factsOf({}, []), null],
    ['too little to pass a bound', { interest: [half(8)] }, factsOf({}, [page(0)]), null],
    // 20 points reach 10 after one half-life, and 10 is still grade 3: the millisecond after it is below
    ['a bound of the grade', { interest: [half(20)] }, factsOf({}, [page(0)]), 14 * DAY + 1],
    ['the same, asked a day later', { interest: [half(20)] }, factsOf({}, [page(-1)]), 13 * DAY + 1],
    [
      '40 points to 30: 14d × log2(40/30)',
      { interest: [half(40)] },
      factsOf({}, [page(0)]),
      firstAfter(14 * Math.log2(40 / 30)),
    ],
    [
      'a bound of a stage',
      { interest: [half(8)], stages: [stage('warm', { interest: { gte: 4 } })] },
      factsOf({}, [page(0)]),
      14 * DAY + 1,
    ],
    [
      'a bound of a level',
      { interest: [half(8)], stages: [stage('s', { all: [] }, { hot: { interest: { gt: 4 } } })] },
      factsOf({}, [page(0)]),
      14 * DAY,
    ],
    [
      'an exact bound: the one millisecond at which it is 5',
      { interest: [half(20)], mql: clause({ interest: { is: 5 } }) },
      factsOf({}, [page(-20)]),
      8 * DAY,
    ],
    [
      'under the cap for long: 100 points fall under 12 and then under 10',
      { interest: [interest('page', 100, { half_life: '14d', cap: 12 })] },
      factsOf({}, [page(0)]),
      firstAfter(14 * Math.log2(100 / 10)),
    ],
    [
      'a window of a did test: it is kept for its last millisecond',
      { mql: clause(did('page', { within: '30d' })) },
      factsOf({}, [page(0)]),
      30 * DAY + 1,
    ],
    [
      'times within a window: the second to last must go',
      { mql: clause(did('page', { within: '30d', times: { gte: 2 } })) },
      factsOf({}, [page(-3), page(-2), page(-1)]),
      28 * DAY + 1,
    ],
    [
      'what was not done lately',
      { mql: clause({ not: did('page', { within: '7d' }) }) },
      factsOf({}, [page(-1)]),
      6 * DAY + 1,
    ],
    [
      'a window of an interest criterion',
      { interest: [interest('page', 10, { within: '30d' })] },
      factsOf({}, [page(-1)]),
      29 * DAY + 1,
    ],
    [
      'a window that changes nothing: three of five pages are enough',
      { interest: [interest('page', 10, { within: '30d', cap: 10 })] },
      factsOf({}, [page(-5), page(-4), page(-3)]),
      27 * DAY + 1,
    ],
    ['a fact dated later', { interest: [interest('page', 20)] }, factsOf({}, [page(3)]), 3 * DAY],
    [
      'an attribute dated later',
      { profile: [profile('land', 20, attribute('land', { is: 'DE' }))] },
      factsOf({}, [], [{ at: NOW + HOUR, values: { land: 'DE' } }]),
      HOUR,
    ],
    [
      'points taken off wear off: interest rises',
      { interest: [interest('form', 20), interest('page', -16, { half_life: '7d' })] },
      // 20 − 16 = 4 rises to 10 when 10 of the 16 are left
      factsOf({}, [activity(NOW, 'form'), page(0)]),
      firstAfter(7 * Math.log2(16 / 10)),
    ],
    [
      'the same against a cap that later no longer holds: 12 − 8 rises to 10, long before 12 falls',
      {
        interest: [
          interest('form', 100, { half_life: '2d', cap: 12 }),
          interest('page', -8, { half_life: '1d' }),
        ],
      },
      factsOf({}, [activity(NOW, 'form'), page(0)]),
      2 * DAY,
    ],
    [
      'a fast lane closes',
      { fast_lanes: [lane('demo', did('page', { within: '2d' }))] },
      factsOf({}, [page(-1)]),
      DAY + 1,
    ],
  ])('%s', (_, pact, facts, next) => {
    expect(nextInstant(buildPact(pact), facts, NOW)).toBe(next === null ? null : NOW + next);
  });

  test('interest that falls, rises and falls again: every passage is found, to the millisecond', () => {
    const pact = buildPact({
      interest: [
        interest('a', 24, { half_life: '4w' }),
        interest('b', 30, { half_life: '2d' }),
        interest('c', -30, { half_life: '7d' }),
      ],
    });
    const facts = factsOf({}, [activity(NOW, 'a'), activity(NOW, 'b'), activity(NOW, 'c')]);
    // day 0: 24 + 30 − 30. Day 4: 21.7 + 7.5 − 20.2 = 9.0. Day 20: 14.6 + 0.0 − 4.1 = 10.5. Day 35: 10.1 − 0.9 = 9.1
    const way = [judge(pact, facts, NOW).grade];
    for (let at = nextInstant(pact, facts, NOW); at !== null; at = nextInstant(pact, facts, at)) {
      const [before, after] = [judge(pact, facts, at - 1).grade, judge(pact, facts, at).grade];
      expect(before).toBe(way.at(-1));
      way.push(after);
    }
    expect(way).toEqual(['D3', 'D4', 'D3', 'D4']);
  });
});

/** Instants at which a change would show if it came before `next`: here and there, and just before. */
function probes(at: Instant, next: Instant | null): Instant[] {
  const end = next ?? at + 3000 * DAY;
  const spread = Array.from({ length: 40 }, (_, i) => at + Math.floor(((end - at) * i) / 40));
  const near = Array.from({ length: 20 }, (_, i) => at + 2 ** i * HOUR).filter((instant) => instant < end);
  return [...spread, ...near, at + 1, end - 1].filter((instant) => instant >= at && instant < end);
}

describe.each([
  ['points are only given', positivePoints],
  ['points are given and taken off', mixedPoints],
])('where %s', (_, points) => {
  test('nothing changes before it, and asking again and again comes to an end', () => {
    fc.assert(
      fc.property(timelyPact(points), histories, instants, (pact, facts, from) => {
        let at = from;
        for (let asked = 0; ; asked++) {
          expect(asked).toBeLessThan(200);
          const here = said(judge(pact, facts, at));
          const next = nextInstant(pact, facts, at);
          for (const probe of probes(at, next)) {
            const there = judge(pact, facts, probe);
            if (said(there) !== here) expect([probe, said(there)]).toEqual([next, here]);
          }
          if (next === null) break;
          expect(next).toBeGreaterThan(at);
          at = next;
        }
      }),
      { numRuns: 250 },
    );
  });
});
