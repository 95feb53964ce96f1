import { describe, expect, it } from 'vitest';
import { strengthOf, type Tally, weightOfEvidence } from './evidence.ts';

const sizes: Tally[] = [
  { n: 200, won: 20 }, // 1-50
  { n: 200, won: 50 }, // 51-200
  { n: 100, won: 30 }, // 201 and more
];

describe('weight of evidence', () => {
  it('is the worked example of the methods', () => {
    const { woe, iv } = weightOfEvidence(sizes);
    expect(woe.map((w) => w.toFixed(4))).toEqual(['-0.8109', '0.2877', '0.5390']);
    expect(iv.toFixed(4)).toBe('0.3061');
  });

  it('counts half a lead more of each where a bin has no wins or no losses', () => {
    const { woe, iv } = weightOfEvidence([
      { n: 10, won: 0 },
      { n: 90, won: 50 },
    ]);
    expect(woe[0]).toBeCloseTo(Math.log(0.5 / 50 / (10.5 / 50)), 12);
    expect(woe[1]).toBeCloseTo(Math.log(50 / 50 / (40 / 50)), 12);
    expect(Number.isFinite(iv)).toBe(true);
  });

  it('says nothing of a bin that nobody is in, nor when all leads ended alike', () => {
    expect(weightOfEvidence([{ n: 0, won: 0 }, ...sizes]).woe[0]).toBe(0);
    expect(weightOfEvidence([{ n: 10, won: 10 }])).toEqual({ woe: [0], iv: 0 });
  });
});

it.each([
  [0.0199, 'none'],
  [0.02, 'weak'],
  [0.0999, 'weak'],
  [0.1, 'medium'],
  [0.3, 'strong'],
  [0.3061, 'strong'],
  [0.4999, 'strong'],
  [0.5, 'suspect'],
  [4.8, 'suspect'],
] as const)('an information value of %d is %s', (iv, strength) => {
  expect(strengthOf(iv)).toBe(strength);
});
