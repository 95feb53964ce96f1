/**
 * Logistic regression with a ridge on the slopes, by Newton's method (iteratively re-weighted least squares). Slopes
 * stay at 0 or above: on weight-of-evidence columns a negative one only says that the attribute repeats what others
 * say better, and points that turn its evidence around would be nobody's agreement.
 */

export type Fit = { alpha: number; beta: number[] };

/** Prior on each slope: normal around 0 with variance 1. A weight-of-evidence column on its own has the slope 1. */
const RIDGE = 1;
const MOST_STEPS = 30;
/** A step that moves no coefficient further than this ends the search. */
const CLOSE = 1e-6;

/**
 * The most likely fit; the problem is convex, so where it starts changes only how long it takes.
 *
 * @param columns one array of values a feature, in row order
 * @param won 0 or 1 a row
 * @param start where to begin; a fit of nearly the same rows saves most of the steps
 */
export function fitLogistic(columns: readonly Float64Array[], won: Uint8Array, start?: Fit): Fit {
  let fit: Fit = start ?? { alpha: logOdds(won), beta: columns.map(() => 1 / columns.length) };
  let here = evaluate(columns, won, fit);
  let curve = here.hessian();
  let lastMove = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = improve(columns, won, fit, here, newtonTarget(curve, here.gradient, fit));
    if (next === null) return fit;
    [fit, here] = [next.fit, next.here];
    if (next.move < CLOSE) return fit;
    // The curve hardly changes near the end, and it is the dear part: an old one will do while steps shrink fast.
    if (next.move > lastMove / 4) curve = here.hessian();
    lastMove = next.move;
  }
  return fit;
}

/** As far towards a target as does not make the fit worse, halving the way; null when no way is left. */
function improve(
  columns: readonly Float64Array[],
  won: Uint8Array,
  fit: Fit,
  here: Evaluated,
  target: Fit,
): { fit: Fit; here: Evaluated; move: number } | null {
  const moves = [target.alpha - fit.alpha, ...target.beta.map((b, j) => b - fit.beta[j]!)];
  const longest = Math.max(...moves.map(Math.abs));
  for (let scale = 1; scale > 1e-4; scale /= 2) {
    const candidate = {
      alpha: fit.alpha + scale * moves[0]!,
      beta: fit.beta.map((b, j) => b + scale * moves[j + 1]!),
    };
    const next = evaluate(columns, won, candidate);
    if (next.likelihood >= here.likelihood - 1e-10 * Math.abs(here.likelihood)) {
      return { fit: candidate, here: next, move: longest * scale };
    }
  }
  return null;
}

function logOdds(won: Uint8Array): number {
  const wins = won.reduce((sum, w) => sum + w, 0);
  return Math.log((wins + 0.5) / (won.length - wins + 0.5));
}

/**
 * The best fit of the likelihood's curve at `fit` with slopes at 0 or above, one coefficient at a time until none
 * moves (coordinate descent; exact, since the curve is a bowl).
 */
function newtonTarget(hessian: Float64Array[], gradient: Float64Array, fit: Fit): Fit {
  const at = Float64Array.of(fit.alpha, ...fit.beta);
  const x = at.slice();
  const pull = gradient.map((g, i) => g + dot(hessian[i]!, at));
  for (let round = 0; round < 1000; round++) {
    let moved = 0;
    for (let i = 0; i < x.length; i++) {
      const row = hessian[i]!;
      const free = x[i]! + (pull[i]! - dot(row, x)) / row[i]!;
      const next = i === 0 ? free : Math.max(free, 0);
      moved = Math.max(moved, Math.abs(next - x[i]!));
      x[i] = next;
    }
    if (moved < CLOSE / 1000) break;
  }
  return { alpha: x[0]!, beta: Array.from(x.subarray(1)) };
}

type Evaluated = { likelihood: number; gradient: Float64Array; hessian: () => Float64Array[] };

function evaluate(columns: readonly Float64Array[], won: Uint8Array, { alpha, beta }: Fit): Evaluated {
  const rows = won.length;
  const size = columns.length + 1;
  const logit = new Float64Array(rows).fill(alpha);
  columns.forEach((column, j) => {
    const b = beta[j]!;
    if (b !== 0) for (let i = 0; i < rows; i++) logit[i]! += b * column[i]!;
  });
  const chance = logit;
  const residual = new Float64Array(rows);
  let likelihood = 0;
  for (let i = 0; i < rows; i++) {
    const e = Math.exp(-Math.abs(logit[i]!));
    likelihood -= Math.log1p(e) + Math.max(won[i]! === 1 ? -logit[i]! : logit[i]!, 0);
    const p = logit[i]! >= 0 ? 1 / (1 + e) : e / (1 + e);
    chance[i] = p;
    residual[i] = won[i]! - p;
  }
  const gradient = new Float64Array(size);
  gradient[0] = sum(residual);
  columns.forEach((column, j) => {
    gradient[j + 1] = dot(column, residual) - RIDGE * beta[j]!;
    likelihood -= (RIDGE * beta[j]! * beta[j]!) / 2;
  });
  return { likelihood, gradient, hessian: () => hessianOf(columns, chance) };
}

function hessianOf(columns: readonly Float64Array[], chance: Float64Array): Float64Array[] {
  const size = columns.length + 1;
  const weight = new Float64Array(chance.length);
  for (let i = 0; i < weight.length; i++) weight[i] = chance[i]! * (1 - chance[i]!);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  hessian[0]![0] = sum(weight) + 1e-9;
  const weighted = new Float64Array(chance.length);
  columns.forEach((column, j) => {
    for (let i = 0; i < weighted.length; i++) weighted[i] = column[i]! * weight[i]!;
    hessian[0]![j + 1] = hessian[j + 1]![0] = sum(weighted);
    for (let k = j; k < columns.length; k++) {
      hessian[j + 1]![k + 1] = hessian[k + 1]![j + 1] = dot(weighted, columns[k]!);
    }
    hessian[j + 1]![j + 1]! += RIDGE;
  });
  return hessian;
}

const sum = (a: Float64Array): number => {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]!;
  return total;
};
/** Four sums side by side, which do not wait for each other; and arrays of one kind only: either makes it twice as fast. */
function dot(a: Float64Array, b: Float64Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const end = a.length - (a.length % 4);
  for (let i = 0; i < end; i += 4) {
    first += a[i]! * b[i]!;
    second += a[i + 1]! * b[i + 1]!;
    third += a[i + 2]! * b[i + 2]!;
    fourth += a[i + 3]! * b[i + 3]!;
  }
  for (let i = end; i < a.length; i++) first += a[i]! * b[i]!;
  return first + second + (third + fourth);
}
