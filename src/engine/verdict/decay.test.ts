import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '#tests/support/build.ts';
import { decay } from './decay.ts';

/** The longest half-life a pact may have: a hundred years. */
const LONGEST = 5_218 * 7 * DAY;
const halfLives = fc.integer({ min: MINUTE, max: LONGEST });

describe('what is left', () => {
  test.each<[age: number, halfLife: number, left: number]>([
    [0, 14 * DAY, 1],
    [14 * DAY, 14 * DAY, 0.5],
    [28 * DAY, 14 * DAY, 0.25],
    [140 * DAY, 14 * DAY, 1 / 1024],
    [7 * DAY, 14 * DAY, Math.SQRT1_2],
    [999, 1, 2 ** -999],
    [1000, 1, 0],
    [1e300, 1, 0],
    [5, Number.POSITIVE_INFINITY, 1],
  ])('after %d at half-life %d: %d', (age, halfLife, left) => {
    expect(decay(age, halfLife)).toBe(left);
  });

  test('is the power of one half, to within 1e-14 of itself', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 999, noNaN: true }), (lives) => {
        const power = 0.5 ** lives;
        expect(Math.abs(decay(lives, 1) - power) / power).toBeLessThanOrEqual(1e-14);
      }),
      { numRuns: 20_000 },
    );
  });

  test('falls with every millisecond', () => {
    fc.assert(
      fc.property(halfLives, fc.double({ min: 0, max: 999, noNaN: true }), (halfLife, lives) => {
        const age = Math.floor(lives * halfLife);
        expect(decay(age + 1, halfLife)).toBeLessThan(decay(age, halfLife));
      }),
      { numRuns: 20_000 },
    );
  });

  test('falls across every one of its own steps, and never rises at the end', () => {
    for (const halfLife of [MINUTE, DAY + 1, LONGEST]) {
      for (let step = 1; step < 1000 * 1024; step++) {
        const age = Math.ceil((step * halfLife) / 1024);
        if (!(decay(age, halfLife) < decay(age - 1, halfLife)))
          throw new Error(`rises at ${age}/${halfLife}`);
      }
      expect(decay(1000 * halfLife, halfLife)).toBe(0);
      expect(decay(1000 * halfLife - 1, halfLife)).toBeGreaterThan(0);
    }
  });
});
