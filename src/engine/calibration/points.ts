/**
 * Odds as points: a scale on which a fixed number of points always doubles the odds (Siddiqi, *Credit Risk
 * Scorecards*). Ours: ten points double the odds, and 50 points stand at one win in twenty leads.
 */
export type Scale = { factor: number; offset: number };

/**
 * @param pdo points that double the odds
 * @param target the score at `odds` wins to one loss
 */
export function scaleOf(pdo: number, target: number, odds: number): Scale {
  const factor = pdo / Math.LN2;
  return { factor, offset: target - factor * Math.log(odds) };
}

/** Ten points double the odds; 50 points at odds of 1 to 19, a chance of 5 %. */
export const SCALE = scaleOf(10, 50, 1 / 19);

/** The score of a chance, 0…1. A chance of 20 % scores 72.48 on our scale. */
export const scoreOf = (chance: number, { factor, offset }: Scale = SCALE): number =>
  offset + factor * Math.log(chance / (1 - chance));

/** The chance that a score stands for. */
export const chanceOf = (score: number, { factor, offset }: Scale = SCALE): number =>
  1 / (1 + Math.exp((offset - score) / factor));

/** A score without any attribute's points: where the fit's constant stands. */
export const baseOf = (alpha: number, { factor, offset }: Scale = SCALE): number => offset + factor * alpha;

/** The whole points of a bin: `round(factor · beta · WoE)`. */
export const pointsOf = (beta: number, woe: number, { factor }: Scale = SCALE): number =>
  Math.round(factor * beta * woe) + 0;
