/**
 * Half-life decay, `0.5^(age / halfLife)`, out of nothing but IEEE additions, multiplications and square roots,
 * which every machine rounds alike: a score in the browser, in a worker thread and in the plain interpreter is the
 * same to the last bit. `Math.pow` gives no such promise.
 */

const STEPS = 64;

/**
 * After so many half-lives nothing is left. Well above the smallest doubles, where rounding would make what is left
 * rise again now and then: with time it only ever falls, and `nextInstant` relies on that.
 */
const LIVES = 1000;

/** 2^-n for whole n, exact. */
const HALVES = new Float64Array(LIVES);
HALVES[0] = 1;
for (let n = 1; n < HALVES.length; n++) HALVES[n] = HALVES[n - 1]! / 2;

/** 2^-(i/64), put together from the roots 2^-(1/2), 2^-(1/4) … 2^-(1/64). */
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

const { LN2 } = Math;

/**
 * What is left of a point after `age` at half-life `halfLife` (the same unit, age ≥ 0): between 1 and 0.
 * Accurate to about 1e-15, exact at whole half-lives.
 */
export function decay(age: number, halfLife: number): number {
  const lives = age / halfLife;
  if (!(lives < LIVES)) return 0;
  const whole = Math.floor(lives);
  const steps = (lives - whole) * STEPS;
  const step = Math.floor(steps);
  // What is left is under 1/64 of a half-life: e^-x by its series, x < 0.011.
  const x = ((steps - step) / STEPS) * LN2;
  const series = 1 - x * (1 - (x / 2) * (1 - (x / 3) * (1 - (x / 4) * (1 - (x / 5) * (1 - x / 6)))));
  return HALVES[whole]! * ROOTS[step]! * series;
}
