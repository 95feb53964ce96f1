import type { Attribute } from './attribute.ts';
import { type Card, evidenceOf, type Lesson, learn, scoreRows } from './card.ts';
import { brier, type Interval, liftAt, logLoss, separation } from './metrics.ts';
import { chanceOf } from './points.ts';
import type { Round } from './split.ts';

/** How well the way of making a card does on leads that the card has not seen. Null where it cannot be said. */
export type Figures = {
  auc: number | null;
  auc_interval: Interval | null;
  ks: number | null;
  log_loss: number | null;
  brier: number | null;
  /** How many times as often as the average lead the best-scoring tenth wins. */
  lift_at_10: number | null;
};

export const NO_FIGURES: Figures = {
  auc: null,
  auc_interval: null,
  ks: null,
  log_loss: null,
  brier: null,
  lift_at_10: null,
};

/**
 * Makes a card in each round from the rows it may see (bins, weights, fit and points, all anew) and judges the others
 * with its whole points.
 *
 * @param start a card of all rows, to begin each fit from; it changes nothing but the time taken
 */
export function testRounds(
  attributes: readonly Attribute[],
  { won, foldOf }: Omit<Lesson, 'rows'>,
  rounds: readonly Round[],
  anyShape: ReadonlySet<string>,
  start: Card,
): Figures {
  const tested = rounds.reduce((sum, { test }) => sum + test.length, 0);
  const scores = new Float64Array(tested);
  const outcomes = new Uint8Array(tested);
  let filled = 0;
  for (const { fit, test } of rounds) {
    const evidence = attributes.map((attribute) => evidenceOf(attribute, won, fit, anyShape));
    scores.set(scoreRows(learn(evidence, { won, rows: fit, foldOf }, start), test), filled);
    outcomes.set(
      test.map((row) => won[row]!),
      filled,
    );
    filled += test.length;
  }
  return figuresOf(scores, outcomes);
}

function figuresOf(scores: Float64Array, won: Uint8Array): Figures {
  const parted = separation(scores, won);
  const chances = scores.map((score) => chanceOf(score));
  return {
    auc: parted?.auc ?? null,
    auc_interval: parted?.interval ?? null,
    ks: parted?.ks ?? null,
    log_loss: logLoss(chances, won),
    brier: brier(chances, won),
    lift_at_10: liftAt(0.1, scores, won),
  };
}

/** A report as it is printed: every number in it rounded to six decimals. */
export function rounded<T>(value: T): T {
  if (typeof value === 'number') return (Number(value.toFixed(6)) + 0) as T;
  if (Array.isArray(value)) return value.map(rounded) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)])) as T;
}
