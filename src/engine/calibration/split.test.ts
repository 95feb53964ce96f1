import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { crossValidated, timeOrdered } from './split.ts';

const random = seededRandom(2);
const won = Uint8Array.from({ length: 1000 }, () => (random() < 0.1 ? 1 : 0));
/** Every third row repeats the one before it. */
const groupOf = Int32Array.from(won, (_, row) => (row % 3 === 2 ? row - 1 : row));

describe('cross-validation', () => {
  const rounds = crossValidated(won, groupOf, 1);

  it('tests every row once, by a fit that has not seen it', () => {
    expect(rounds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...won.keys()]);
    for (const { fit, test } of rounds) {
      const fitted = new Set(fit);
      expect([...test].some((row) => fitted.has(row))).toBe(false);
      expect(fit.length + test.length).toBe(1000);
    }
  });

  it('keeps a group in one fold', () => {
    for (const { test } of rounds) {
      const tested = new Set(test);
      for (const row of test) expect(tested.has(groupOf[row]!)).toBe(true);
    }
  });

  it('gives each fold about its share of the leads and of the wins', () => {
    const all = won.reduce((sum, w) => sum + w, 0);
    for (const { test } of rounds) {
      expect(Math.abs(test.length - 200)).toBeLessThanOrEqual(4);
      const wins = test.reduce((sum, row) => sum + won[row]!, 0);
      expect(Math.abs(wins - all / 5)).toBeLessThanOrEqual(3);
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(crossValidated(won, groupOf, 1)).toEqual(rounds);
    expect(crossValidated(won, groupOf, 2)).not.toEqual(rounds);
  });
});

describe('a split by time', () => {
  const alone = Int32Array.from({ length: 10 }, (_, row) => row);

  it('fits on the oldest 70 % and tests on the rest', () => {
    const { fit, test } = timeOrdered(Float64Array.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0), alone)!;
    expect([[...fit], [...test]]).toEqual([
      [3, 4, 5, 6, 7, 8, 9],
      [2, 1, 0],
    ]);
  });

  it('keeps leads of one instant on one side', () => {
    const { fit, test } = timeOrdered(Float64Array.of(1, 1, 1, 1, 1, 1, 2, 2, 2, 3), alone)!;
    expect([fit.length, [...test]]).toEqual([9, [9]]);
  });

  it('does not test a lead that equals an older one, nor one without a date', () => {
    const groups = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 0, 9);
    const { fit, test } = timeOrdered(Float64Array.of(0, 1, 2, 3, Number.NaN, 5, 6, 7, 8, 9), groups)!;
    expect([[...fit], [...test]]).toEqual([
      [0, 1, 2, 3, 4, 5, 6],
      [7, 9],
    ]);
  });

  it('cannot be made where all leads are of one instant', () => {
    expect(timeOrdered(new Float64Array(10), alone)).toBeNull();
  });
});
