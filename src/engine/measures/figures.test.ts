import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MODELS, sharesOf } from './attribution.ts';
import { changeOf, isWithin } from './change.ts';
import { type Ending, incidence } from './cohort.ts';
import { money, share } from './figure.ts';
import { ownerOf, splitLeak } from './leak.ts';
import { sayNumber, saySpan } from './say.ts';
import { bucketOf, LONGEST_WAIT } from './speed.ts';

const words = { of: 'MQLs', did: 'were accepted' };

test('an incidence curve rises, and never past what is left', () => {
  const ending = fc.record({
    kind: fc.constantFrom<Ending['kind']>('converted', 'left', 'open'),
    day: fc.nat(20),
    n: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(ending), (endings) => {
      const curve = incidence(endings);
      for (const [i, { day, converted, left }] of curve.entries()) {
        const before = curve[i - 1] ?? { day: -1, converted: 0, left: 0 };
        expect(day).toBeGreaterThan(before.day);
        expect(converted).toBeGreaterThanOrEqual(before.converted);
        expect(left).toBeGreaterThanOrEqual(before.left);
        expect(converted + left).toBeLessThanOrEqual(1 + 1e-12);
      }
    }),
  );
});

test('the parts of a leak add up to the gap, whatever the rates', () => {
  const rate = fc.double({ min: 0.001, max: 1, noNaN: true });
  const step = fc.record({ agreed: rate, actual: fc.oneof(rate, fc.constantFrom(0, null)) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (rates) => {
      const steps = rates.map((one, i) => ({ ...one, step: String(i) }));
      const { gap, parts } = splitLeak(steps, 500, 10_000);
      const sum = parts.reduce((all, { amount }) => all + amount, 0);
      expect(Math.abs(sum - gap)).toBeLessThan(1e-3);
    }),
  );
});

test('every model shares out a deal whole', () => {
  const at = fc.nat(1_000);
  const path = fc.record({
    touches: fc.array(at, { minLength: 1, maxLength: 8 }).map((all) => all.toSorted((a, b) => a - b)),
    created: fc.option(at),
    opened: fc.option(at),
    won: at,
  });
  fc.assert(
    fc.property(path, (one) => {
      for (const model of MODELS) {
        const shares = sharesOf(model, one);
        expect(shares).toHaveLength(one.touches.length);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
        expect(shares.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
      }
    }),
  );
});

describe('speed', () => {
  const minute = 60_000;
  test.each([
    [0, '5m'],
    [5 * minute, '5m'],
    [5 * minute + 1, '30m'],
    [60 * minute, '1h'],
    [LONGEST_WAIT, '24h'],
    [LONGEST_WAIT + 1, 'more'],
  ])('%d milliseconds: %s', (elapsed, bucket) => expect(bucketOf(elapsed, 0, false)).toBe(bucket));

  test('never is said once the wait is over, not before', () => {
    expect(bucketOf(null, LONGEST_WAIT, false)).toBeNull();
    expect(bucketOf(null, LONGEST_WAIT + 1, false)).toBe('never');
    expect(bucketOf(null, 1, true)).toBe('never');
  });
});

describe('money', () => {
  const sums = (...of: [string, number, number][]) =>
    new Map(of.map(([currency, amount, n]) => [currency, { amount, n }]));

  test('is added up in one currency alone', () => {
    expect(money('won_value', { sums: sums(['EUR', 1500, 2]), unknown: 1 }, 'won deals')).toMatchObject({
      value: 1500,
      currency: 'EUR',
      says: '1,500 EUR of 2 won deals. Of 1 more the amount is not known.',
    });
    expect(
      money('won_value', { sums: sums(['USD', 5, 1], ['EUR', 7, 1]), unknown: 0 }, 'won deals'),
    ).toMatchObject({
      value: null,
      currency: null,
      says: '7 EUR and 5 USD of won deals: amounts in different currencies are not added up.',
    });
    expect(money('won_value', { sums: sums(), unknown: 0 }, 'won deals').says).toBe(
      'There are no won deals here yet.',
    );
  });
});

describe('change', () => {
  test('is told from chance by its interval', () => {
    const after = share('acceptance', 380, 400, words);
    const { change, interval, says } = changeOf('Acceptance', share('acceptance', 300, 400, words), after);
    expect(change).toBeCloseTo(0.2, 12);
    expect(interval!.map((end) => end.toFixed(3))).toEqual(['0.152', '0.248']);
    expect(says).toMatch(/: a change\.$/);
    expect(changeOf('Acceptance', share('acceptance', 375, 400, words), after).says).toMatch(
      /may be chance\.$/,
    );
    expect(changeOf('Acceptance', share('acceptance', 3, 4, words), after).says).toContain('too few');
    expect(changeOf('Acceptance', share('acceptance', 0, 0, words), after).change).toBeNull();
  });

  test('what was expected is held to what was counted', () => {
    expect(isWithin(0.1, share('close_rate', 10, 100, words))).toBe(true);
    expect(isWithin(0.3, share('close_rate', 10, 100, words))).toBe(false);
    expect(isWithin(0.1, share('close_rate', 1, 10, words))).toBeNull();
  });
});

test.each([
  [{ clause: 'profile' }, 'definition'],
  [{ clause: 'size_middle' }, 'definition'],
  [{ clause: 'handoff' }, 'marketing'],
  [{ clause: 'handoff', ask: 'attempts' as const }, 'market'],
  [{ clause: 'sql' }, 'market'],
  [null, 'sales'],
])('a return for %j is %s’s', (reason, owner) => expect(ownerOf(reason)).toBe(owner));

test('numbers and spans in words', () => {
  expect([0, 1234.5, -1234567, 0.004, -0.001].map(sayNumber)).toEqual([
    '0',
    '1,234.5',
    '−1,234,567',
    '0',
    '0',
  ]);
  expect([0, 90 * 60_000, 165 * 60_000, 90_000_000].map(saySpan)).toEqual([
    'under a minute',
    '1 h 30 m',
    '2 h 45 m',
    '1 d 1 h',
  ]);
});
