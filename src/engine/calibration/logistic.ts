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
const CLOSE = 1e-7;

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
  for (let step = 0; step < MOST_STEPS; step++) {
    const target = newtonTarget(here, fit);
    const move = { alpha: target.alpha - fit.alpha, beta: target.beta.map((b, j) => b - fit.beta[j]!) };
    let scale = 1;
    let candidate = fit;
    let next = here;
    for (; scale > 1e-4; scale /= 2) {
      candidate = {
        alpha: fit.alpha + scale * move.alpha,
        beta: fit.beta.map((b, j) => b + scale * move.beta[j]!),
      };
      next = evaluate(columns, won, candidate);
      if (next.likelihood >= here.likelihood - 1e-10 * Math.abs(here.likelihood)) break;
    }
    if (scale <= 1e-4) return fit;
    fit = candidate;
    here = next;
    if (Math.max(Math.abs(move.alpha), ...move.beta.map(Math.abs)) * scale < CLOSE) return fit;
  }
  return fit;
}

function logOdds(won: Uint8Array): number {
  const wins = won.reduce((sum, w) => sum + w, 0);
  return Math.log((wins + 0.5) / (won.length - wins + 0.5));
}

/**
 * The best fit of the likelihood's curve at `fit` with slopes at 0 or above, one coefficient at a time until none
 * moves (coordinate descent; exact, since the curve is a bowl).
 */
function newtonTarget({ hessian: curve, gradient }: Evaluated, fit: Fit): Fit {
  const hessian = curve();
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
    if (moved < CLOSE / 100) break;
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
/** For arrays of one kind only: mixed kinds would make it several times slower. */
const dot = (a: Float64Array, b: Float64Array): number => {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
};
