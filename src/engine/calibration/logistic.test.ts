import { describe, expect, it } from 'vitest';
import { fitLogistic } from './logistic.ts';
import { seededRandom } from './random.ts';

const random = seededRandom(5);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function sample(rows: number, alpha: number, beta: number[]) {
  const columns = beta.map(() => Float64Array.from({ length: rows }, normal));
  const won = Uint8Array.from({ length: rows }, (_, i) => {
    const logit = columns.reduce((sum, column, j) => sum + beta[j]! * column[i]!, alpha);
    return random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  });
  return { columns, won };
}

/** The slope of the penalised likelihood in each coefficient. */
function gradient(columns: Float64Array[], won: Uint8Array, alpha: number, beta: number[]): number[] {
  const residual = Array.from(won, (w, i) => {
    const logit = columns.reduce((sum, column, j) => sum + beta[j]! * column[i]!, alpha);
    return w - 1 / (1 + Math.exp(-logit));
  });
  const slope = (column: ArrayLike<number>) => residual.reduce((sum, r, i) => sum + r * column[i]!, 0);
  return [slope(Array.from(won, () => 1)), ...columns.map((column, j) => slope(column) - beta[j]!)];
}

describe('the logistic fit', () => {
  it('finds what was planted', () => {
    const { columns, won } = sample(20_000, -1, [1, 0.5, 0]);
    const { alpha, beta } = fitLogistic(columns, won);
    expect(alpha).toBeCloseTo(-1, 1);
    expect(beta[0]).toBeCloseTo(1, 1);
    expect(beta[1]).toBeCloseTo(0.5, 1);
    expect(beta[2]).toBeLessThan(0.05);
  });

  it('stands where the likelihood is flat, and falls away from slopes held at 0', () => {
    const { columns, won } = sample(800, 0.3, [0.8, -0.7, 0.2, -0.1]);
    const { alpha, beta } = fitLogistic(columns, won);
    const slopes = gradient(columns, won, alpha, beta);
    expect(slopes[0]).toBeCloseTo(0, 3);
    beta.forEach((b, j) => {
      expect(b).toBeGreaterThanOrEqual(0);
      if (b > 0) expect(slopes[j + 1]).toBeCloseTo(0, 3);
      else expect(slopes[j + 1]).toBeLessThanOrEqual(1e-3);
    });
    expect(beta[1]).toBe(0);
  });

  it('does not depend on where it starts', () => {
    const { columns, won } = sample(500, -2, [0.6, 0.3, -0.2]);
    const cold = fitLogistic(columns, won);
    const warm = fitLogistic(columns, won, { alpha: 3, beta: [0, 2, 2] });
    expect(warm.alpha).toBeCloseTo(cold.alpha, 5);
    warm.beta.forEach((b, j) => {
      expect(b).toBeCloseTo(cold.beta[j]!, 5);
    });
  });

  it('stays finite where the outcomes part cleanly, and without any column', () => {
    const column = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? -1 : 1));
    const won = Uint8Array.from(column, (x) => (x > 0 ? 1 : 0));
    const { beta } = fitLogistic([column, column], won);
    expect(beta.every((b) => b > 0 && b < 10)).toBe(true);
    expect(fitLogistic([], Uint8Array.of(1, 0, 0, 0)).alpha).toBeCloseTo(Math.log(1 / 3), 6);
  });
});
