import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreementOf, disagreements, type Rated } from './agreement.ts';

test.each<[string, number[], (number | null)[]]>([
  // both yes, both no, first only, second only → agreement, kappa, interval
  ['the worked example of the methods', [9, 6, 4, 1], [0.75, 0.5, 0.1379, 0.8621]],
  ['the textbook example (grants)', [20, 15, 5, 10], [0.7, 0.4, 0.1511, 0.6489]],
  ['all agree: as far as twenty can tell', [12, 8, 0, 0], [1, 1, 0.6643, 1]],
  ['none agree', [0, 0, 5, 5], [0, -1, -1, -1]],
  ['one answer to everything', [20, 0, 0, 0], [1, null, null, null]],
])('%s', (_name, [bothYes, bothNo, firstOnly, secondOnly], [agreement, kappa, low, high]) => {
  const found = agreementOf({
    bothYes: bothYes!,
    bothNo: bothNo!,
    firstOnly: firstOnly!,
    secondOnly: secondOnly!,
  });
  const round = (x: number | null | undefined) =>
    x === null || x === undefined ? null : Number(x.toFixed(4));
  expect([found.agreement, found.kappa, found.interval?.[0], found.interval?.[1]].map(round)).toEqual([
    agreement,
    kappa,
    low,
    high,
  ]);
});

test('below .6 the words are unclear', () => {
  const unclear = (bothYes: number, apart: number) =>
    agreementOf({ bothYes, bothNo: 10, firstOnly: apart, secondOnly: 0 }).unclear;
  expect([unclear(10, 4), unclear(10, 5), unclear(10, 8)]).toEqual([false, false, true]);
});

test('of nothing there is nothing to say', () => {
  expect(agreementOf({ bothYes: 0, bothNo: 0, firstOnly: 0, secondOnly: 0 })).toMatchObject({
    n: 0,
    agreement: null,
    kappa: null,
  });
});

test('the raters, and the answers, count alike', () => {
  const count = fc.nat(30);
  fc.assert(
    fc.property(count, count, count, count, (bothYes, bothNo, firstOnly, secondOnly) => {
      const one = agreementOf({ bothYes, bothNo, firstOnly, secondOnly });
      const turned = agreementOf({
        bothYes: bothNo,
        bothNo: bothYes,
        firstOnly: secondOnly,
        secondOnly: firstOnly,
      });
      const swapped = agreementOf({ bothYes, bothNo, firstOnly: secondOnly, secondOnly: firstOnly });
      for (const other of [turned, swapped]) {
        if (one.kappa === null) expect(other.kappa).toBe(null);
        else expect(other.kappa).toBeCloseTo(one.kappa, 9);
      }
      if (one.interval !== null) {
        const [low, high] = one.interval;
        expect(low).toBeLessThanOrEqual(one.kappa! + 1e-9);
        expect(high).toBeGreaterThanOrEqual(one.kappa! - 1e-9);
      }
    }),
  );
});

test('where they disagree more than elsewhere comes first', () => {
  const rated = Array.from({ length: 12 }, (_, i): Rated => {
    const [isTrade, size] = [i % 2 === 0, i * 100];
    return {
      attributes: { industry: isTrade ? 'trade' : 'steel', size, id: `x${i}` },
      first: true,
      second: !isTrade || i < 2,
    };
  });
  expect(disagreements(rated)).toEqual([
    { attribute: 'industry', value: 'trade', n: 6, disagreed: 5, firstOnly: 5 },
    expect.objectContaining({ attribute: 'size', n: 4, disagreed: 2 }),
    expect.objectContaining({ attribute: 'size', n: 4, disagreed: 2 }),
  ]);
});
