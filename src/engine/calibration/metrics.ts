/** How well scores separate won from lost. `scores` may be anything that rises with the chance; `won` is 0 or 1. */

/** The leads of one score. */
type Run = { won: number; lost: number };

/** Runs of equal scores, upwards. Cards give few different scores, so that sorting those is quick. */
function runsOf(scores: Float64Array, won: Uint8Array): Run[] {
  const runs = new Map<number, Run>();
  for (let row = 0; row < scores.length; row++) {
    let run = runs.get(scores[row]!);
    if (run === undefined) {
      run = { won: 0, lost: 0 };
      runs.set(scores[row]!, run);
    }
    if (won[row] === 1) run.won++;
    else run.lost++;
  }
  return [...runs.keys()].sort((a, b) => a - b).map((score) => runs.get(score)!);
}

export type Interval = [low: number, high: number];
export type Separation = {
  /** The chance that a won lead scores above a lost one, ties counting half. */
  auc: number;
  /** 95 %, by DeLong's variance. */
  interval: Interval;
  /** The largest gap between the shares of won and of lost leads that a cut leaves below it (Kolmogorov and Smirnov). */
  ks: number;
};

/** AUC with its interval, and KS; null where one of the two classes is empty. */
export function separation(scores: Float64Array, won: Uint8Array): Separation | null {
  const runs = runsOf(scores, won);
  let [wins, losses] = [0, 0];
  for (const run of runs) {
    wins += run.won;
    losses += run.lost;
  }
  if (wins === 0 || losses === 0) return null;

  // DeLong's components: for each won lead the share of lost ones below it, for each lost lead the share of won above.
  let [wonBelow, lostBelow] = [0, 0];
  let [auc, ks, wonSquares, lostSquares] = [0, 0, 0, 0];
  for (const run of runs) {
    const ofWon = (lostBelow + run.lost / 2) / losses;
    const ofLost = (wins - wonBelow - run.won / 2) / wins;
    auc += run.won * ofWon;
    wonSquares += run.won * ofWon * ofWon;
    lostSquares += run.lost * ofLost * ofLost;
    wonBelow += run.won;
    lostBelow += run.lost;
    ks = Math.max(ks, Math.abs(lostBelow / losses - wonBelow / wins));
  }
  auc /= wins;
  const spread = (squares: number, n: number): number =>
    n > 1 ? Math.max(squares - n * auc * auc, 0) / (n - 1) / n : 0;
  const deviation = Math.sqrt(spread(wonSquares, wins) + spread(lostSquares, losses));
  return {
    auc,
    ks,
    interval: [Math.max(auc - 1.959964 * deviation, 0), Math.min(auc + 1.959964 * deviation, 1)],
  };
}

/** Twice the area above chance: 0 no better than a coin, 1 perfect. */
export const giniOf = (auc: number): number => 2 * auc - 1;

/** The mean of `−ln` of the chance that was given to what happened. */
export function logLoss(chances: Float64Array, won: Uint8Array): number {
  let total = 0;
  for (let row = 0; row < won.length; row++) {
    const chance = Math.min(Math.max(chances[row]!, 1e-15), 1 - 1e-15);
    total -= Math.log(won[row] === 1 ? chance : 1 - chance);
  }
  return total / won.length;
}

/** The mean squared distance between the chance given and what happened. */
export function brier(chances: Float64Array, won: Uint8Array): number {
  let total = 0;
  for (let row = 0; row < won.length; row++) total += (chances[row]! - won[row]!) ** 2;
  return total / won.length;
}

/**
 * How many times as often as the average lead the best-scoring share of leads wins. Leads that tie at the edge are
 * taken in part.
 */
export function liftAt(share: number, scores: Float64Array, won: Uint8Array): number | null {
  const runs = runsOf(scores, won).reverse();
  const wins = runs.reduce((sum, run) => sum + run.won, 0);
  const room = share * scores.length;
  if (wins === 0 || room === 0) return null;
  let [taken, caught] = [0, 0];
  for (const run of runs) {
    const size = run.won + run.lost;
    const part = Math.min(1, (room - taken) / size);
    taken += part * size;
    caught += part * run.won;
    if (taken >= room) break;
  }
  return caught / taken / (wins / scores.length);
}
