/**
 * Half-life decay, `0.5^(age / halfLife)`, out of nothing but IEEE additions, multiplications and square roots,
 * which every machine rounds alike: a score in the browser, in a worker thread and in the plain interpreter is the
 * same to the last bit. `Math.pow` gives no such promise.
 */

/** A half-life is taken in 2^10 steps, whose shares are kept in a table. */
const BITS = 10;
const STEPS = 1 << BITS;

/**
 * After so many half-lives nothing is left. Well above the smallest doubles, where rounding would make what is left
 * rise again now and then: with time it only ever falls, and `nextInstant` relies on that.
 */
const LIVES = 1000;

/** 2^-n for whole n, exact. */
const HALVES = new Float64Array(LIVES);
HALVES[0] = 1;
for (let n = 1; n < HALVES.length; n++) HALVES[n] = HALVES[n - 1]! / 2;

/** 2^-(i/1024), put together from the roots 2^-(1/2), 2^-(1/4) … 2^-(1/1024). */
const ROOTS = new Float64Array(STEPS);
for (let i = 0; i < STEPS; i++) {
  let product = 1;
  let root = 0.5;
  for (let bit = STEPS / 2; bit >= 1; bit /= 2) {
    root = Math.sqrt(root);
    if (i & bit) product *= root;
  }
  ROOTS[i] = product;
}

/** What a step takes, as a power of e. */
const STEP = Math.LN2 / STEPS;
const SIXTH = 1 / 6;
const TWENTY_FOURTH = 1 / 24;

/**
 * What is left of a point after `age` at half-life `halfLife` (the same unit, age ≥ 0): between 1 and 0.
 * Accurate to about 1e-15, exact at whole half-lives.
 */
export function decay(age: number, halfLife: number): number {
  const lives = age / halfLife;
  if (!(lives < LIVES)) return 0;
  const steps = lives * STEPS;
  const step = steps | 0; // whole steps, and with them whole half-lives: under 2^20
  // Less than a step remains: e^-x by its series, x < 0.0007. No division, which would cost more than all the rest.
  const x = (steps - step) * STEP;
  const series = 1 - x * (1 - x * (0.5 - x * (SIXTH - x * TWENTY_FOURTH)));
  return HALVES[step >> BITS]! * ROOTS[step & (STEPS - 1)]! * series;
}
