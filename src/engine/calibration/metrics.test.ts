import { describe, expect, it } from 'vitest';
import { wilson } from './interval.ts';
import { brier, giniOf, liftAt, logLoss, separation } from './metrics.ts';
import { seededRandom } from './random.ts';

/** Rows of a table: score, won and lost. */
function rowsOf(table: [score: number, won: number, lost: number][]): [Float64Array, Uint8Array] {
  const scores: number[] = [];
  const won: number[] = [];
  for (const [score, w, l] of table) {
    for (let i = 0; i < w + l; i++) {
      scores.push(score);
      won.push(i < w ? 1 : 0);
    }
  }
  return [Float64Array.from(scores), Uint8Array.from(won)];
}

describe('separation', () => {
  it('is the worked example of the methods', () => {
    const parted = separation(
      ...rowsOf([
        [-12, 20, 180],
        [4, 50, 150],
        [8, 30, 70],
      ]),
    )!;
    expect(parted.ks).toBeCloseTo(0.25, 12);
    expect(parted.auc).toBeCloseTo(0.6375, 12);
    expect(giniOf(parted.auc)).toBeCloseTo(0.275, 12);
  });

  it('is the share of pairs in the right order, ties counting half', () => {
    const random = seededRandom(3);
    const scores = Float64Array.from({ length: 60 }, () => Math.floor(random() * 8));
    const won = Uint8Array.from({ length: 60 }, () => (random() < 0.4 ? 1 : 0));
    let [pairs, right] = [0, 0];
    for (let w = 0; w < 60; w++) {
      for (let l = 0; l < 60; l++) {
        if (won[w] !== 1 || won[l] !== 0) continue;
        pairs++;
        right += scores[w]! > scores[l]! ? 1 : scores[w] === scores[l] ? 0.5 : 0;
      }
    }
    expect(separation(scores, won)!.auc).toBeCloseTo(right / pairs, 12);
  });

  it('has an interval that holds the truth about as often as it says', () => {
    const random = seededRandom(4);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const truth = 0.7602; // two normals one deviation apart: Φ(1 / √2)
    let held = 0;
    for (let i = 0; i < 300; i++) {
      const won = Uint8Array.from({ length: 120 }, (_, row) => (row < 40 ? 1 : 0));
      const scores = Float64Array.from(won, (w) => normal() + w);
      const [low, high] = separation(scores, won)!.interval;
      if (low <= truth && truth <= high) held++;
    }
    expect(held / 300).toBeGreaterThan(0.91);
    expect(held / 300).toBeLessThan(0.99);
  });

  it('is nothing where one of the outcomes is missing', () => {
    expect(separation(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toBeNull();
  });
});

it('log loss and Brier of known chances', () => {
  const [chances, won] = [Float64Array.of(0.9, 0.2), Uint8Array.of(1, 0)];
  expect(logLoss(chances, won)).toBeCloseTo((-Math.log(0.9) - Math.log(0.8)) / 2, 12);
  expect(brier(chances, won)).toBeCloseTo((0.01 + 0.04) / 2, 12);
});

describe('lift', () => {
  it('is the rate of the best tenth over the rate of all', () => {
    const [scores, won] = rowsOf([
      [9, 8, 2],
      [1, 12, 78],
    ]);
    expect(liftAt(0.1, scores, won)).toBeCloseTo(0.8 / 0.2, 12);
  });

  it('takes leads that tie at the edge in part', () => {
    const [scores, won] = rowsOf([
      [9, 5, 0],
      [8, 5, 15],
      [1, 0, 75],
    ]);
    expect(liftAt(0.1, scores, won)).toBeCloseTo((5 + 5 * (5 / 20)) / 10 / 0.1, 12);
  });
});

it("Wilson's interval is the worked example of the methods", () => {
  const [low, high] = wilson({ n: 150, won: 45 });
  expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2324', '0.3776']);
});
