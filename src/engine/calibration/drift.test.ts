import { expect, it } from 'vitest';
import { stabilityIndex, stabilityOf } from './drift.ts';

it('the stability index is the worked example of the methods', () => {
  const index = stabilityIndex([200, 300, 300, 200], [100, 250, 350, 300]);
  expect(index.toFixed(4)).toBe('0.1267');
  expect(stabilityOf(index)).toBe('watch');
});

it('does not depend on how many leads there are on either side', () => {
  expect(stabilityIndex([20, 30, 50], [400, 600, 1000])).toBeCloseTo(0, 12);
});

it('counts half a lead where a band is empty, and passes over one that is empty on both sides', () => {
  expect(stabilityIndex([100, 0, 0], [50, 50, 0])).toBeGreaterThan(1);
  expect(Number.isFinite(stabilityIndex([100, 0], [0, 100]))).toBe(true);
});

it.each([
  [0.0999, 'stable'],
  [0.1, 'watch'],
  [0.25, 'watch'],
  [0.2501, 'act'],
] as const)('%d is %s', (index, stability) => {
  expect(stabilityOf(index)).toBe(stability);
});
