import { describe, expect, test } from 'vitest';
import type { Facts } from '#engine/facts/facts.ts';
import { activity, attribute, buildPact, clause, DAY, did, factsOf, interest } from '#tests/support/build.ts';
import { replay } from './replay.ts';

const pact = buildPact({
  lead: clause(attribute('email', { exists: true })),
  interest: [interest('page', 10, { half_life: '7d' })],
  mql: clause({ interest: { gte: 15 } }),
});
const page = (day: number) => activity(day * DAY, 'page');
const UNTIL = 100 * DAY;

describe('when a lead is judged', () => {
  const email = { email: 'ada@acme.example' };
  const created = (day: number, activities = [page(10)]): Facts => ({
    id: 'ada',
    changes: [{ at: day * DAY, values: email }],
    activities,
  });
  test.each<[what: string, facts: Facts, instants: number[], stages: string[], mql: number | null]>([
    ['nothing happened: at the end', factsOf(email), [100], ['conversion'], null],
    ['after each activity', factsOf(email, [page(1), page(2)]), [1, 2], ['conversion', 'mql'], 2],
    ['two at one instant: once', factsOf(email, [page(1), page(1)]), [1], ['mql'], 1],
    ['at its creation as well', created(5), [5, 10], ['conversion', 'conversion'], null],
    ['before its creation it is a visitor', created(5, [page(1)]), [1, 5], ['visitor', 'conversion'], null],
    [
      'after each change',
      factsOf({}, [page(1), page(2)], [{ at: 3 * DAY, values: email }]),
      [1, 2, 3],
      ['visitor', 'visitor', 'mql'],
      3,
    ],
    ['nothing after the end', factsOf(email, [page(1), page(101)]), [1], ['conversion'], null],
    ['the end itself is in', factsOf(email, [page(100)]), [100], ['conversion'], null],
    [
      'mql_at is the first of several',
      factsOf(email, [page(1), page(2), page(60), page(61)]),
      [1, 2, 60, 61],
      ['conversion', 'mql', 'conversion', 'mql'],
      2,
    ],
  ])('%s', (_, facts, instants, stages, mql) => {
    const track = replay(facts, pact, UNTIL);
    expect(track.verdicts.map(({ at }) => at / DAY)).toEqual(instants);
    expect(track.verdicts.map(({ stage }) => stage)).toEqual(stages);
    expect(track.mql_at).toBe(mql === null ? null : mql * DAY);
  });

  test('the end is judged at the end, after decay', () => {
    const { end } = replay(factsOf(email, [page(1), page(2)]), pact, UNTIL);
    expect([end.at, end.verdict]).toEqual([UNTIL, 'not_mql']);
    expect(end.interest).toBeGreaterThan(0);
    expect(end.interest).toBeLessThan(0.01);
  });

  test('what time alone would have brought is not seen between occurrences', () => {
    const quiet = buildPact({ mql: clause({ not: did('page', { within: '7d' }) }) });
    expect(replay(factsOf({}, [page(1), page(2)]), quiet, UNTIL).mql_at).toBe(null);
    expect(replay(factsOf({}, [page(1), page(20)]), quiet, UNTIL).end.verdict).toBe('mql');
  });
});
