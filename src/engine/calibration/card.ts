import { type Attribute, JUDGEABLE } from './attribute.ts';
import { type Binning, binAttribute, countBins, countCodes } from './bins.ts';
import { type Tally, weightOfEvidence } from './evidence.ts';
import { type Fit, fitLogistic } from './logistic.ts';
import { baseOf, pointsOf } from './points.ts';
import { FOLDS } from './split.ts';

/** An attribute cut into bins, with what each bin says of the outcome. */
export type Evident = {
  attribute: Attribute;
  binning: Binning;
  tallies: Tally[];
  woe: number[];
  iv: number;
  /** The information value that so many bins have by chance alone, about `(bins − 1) · (1 / won + 1 / lost)`. */
  byChance: number;
};

/** A scorecard: a base, and whole points for each bin of each attribute. */
export type Card = { base: number; alpha: number; lines: Line[] };
export type Line = Evident & {
  /** The weight of the whole attribute beside the others; 0 when it repeats what they say. */
  beta: number;
  /** One a bin. */
  points: number[];
};

/** An attribute below this information value says nothing and takes no part in the fit. */
export const LEAST_IV = 0.02;

export function evidenceOf(
  attribute: Attribute,
  won: Uint8Array,
  rows: Int32Array,
  anyShape: ReadonlySet<string>,
): Evident {
  const counts = countCodes(attribute, won, rows);
  const binning = binAttribute(attribute, counts, anyShape.has(attribute.name));
  const tallies = countBins(binning, counts);
  const wins = tallies.reduce((sum, { won }) => sum + won, 0);
  const bins = tallies.filter(({ n }) => n > 0).length;
  const byChance = Math.max(bins - 1, 0) * (1 / Math.max(wins, 1) + 1 / Math.max(rows.length - wins, 1));
  return { attribute, binning, tallies, ...weightOfEvidence(tallies), byChance };
}

/** Whether an attribute says anything of the outcome, and more than chance makes any attribute say. */
const tells = ({ iv, byChance }: Evident): boolean => iv >= LEAST_IV && iv > byChance;

/** A bin of fewer leads than can be judged weighs nothing. */
const trusted = (tallies: readonly Tally[], woe: readonly number[]): number[] =>
  woe.map((weight, bin) => (tallies[bin]!.n >= JUDGEABLE ? weight : 0));

/** The leads to learn from. */
export type Lesson = {
  won: Uint8Array;
  rows: Int32Array;
  /** Row → one of a few folds, whatever the rows. */
  foldOf: Uint8Array;
};

/**
 * Fits a card. Each lead is weighed by what the leads of *other* folds say of its bin: were it weighed by what it says
 * itself, many small bins would look as if they knew something.
 *
 * @param start a card of nearly the same leads, to begin from
 */
export function learn(evidence: Evident[], { won, rows, foldOf }: Lesson, start?: Card): Card {
  const telling = evidence.flatMap((evident, i) => (tells(evident) ? [i] : []));
  const columns = telling.map((i) => weigh(evidence[i]!, { won, rows, foldOf }));
  const outcomes = pick(won, rows);
  const from: Fit | undefined = start && {
    alpha: start.alpha,
    beta: telling.map((i) => start.lines[i]!.beta),
  };
  const fit = fitLogistic(columns, outcomes, from);
  const beta = new Float64Array(evidence.length);
  telling.forEach((i, place) => {
    beta[i] = fit.beta[place]!;
  });
  return {
    base: baseOf(fit.alpha),
    alpha: fit.alpha,
    lines: evidence.map((evident, i) => ({
      ...evident,
      beta: beta[i]!,
      points: trusted(evident.tallies, evident.woe).map((weight) => pointsOf(beta[i]!, weight)),
    })),
  };
}

/** The weight of each row: its bin's, by the other folds. */
function weigh({ attribute, binning, tallies }: Evident, { won, rows, foldOf }: Lesson): Float64Array {
  const bins = tallies.length;
  const { codes } = attribute;
  const binOfRow = new Int32Array(rows.length);
  const own = Array.from({ length: FOLDS }, () => tallies.map(() => ({ n: 0, won: 0 })));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const bin = binning.binOf[codes[row]!]!;
    binOfRow[i] = bin;
    const tally = own[foldOf[row]!]![bin]!;
    tally.n++;
    tally.won += won[row]!;
  }
  const weights = new Float64Array(FOLDS * bins);
  own.forEach((fold, f) => {
    const others = tallies.map(({ n, won }, bin) => ({ n: n - fold[bin]!.n, won: won - fold[bin]!.won }));
    weights.set(trusted(tallies, weightOfEvidence(others).woe), f * bins);
  });
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = weights[foldOf[rows[i]!]! * bins + binOfRow[i]!]!;
  return values;
}

function pick(won: Uint8Array, rows: Int32Array): Uint8Array {
  const picked = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = won[rows[i]!]!;
  return picked;
}

/** The card of leads of which nothing but the base rate is known. */
export function baseRateCard(evidence: Evident[], won: Uint8Array): Card {
  const wins = won.reduce((sum, w) => sum + w, 0);
  const alpha = Math.log((wins + 0.5) / (won.length - wins + 0.5));
  const lines = evidence.map((evident) => ({ ...evident, beta: 0, points: evident.woe.map(() => 0) }));
  return { base: baseOf(alpha), alpha, lines };
}

/** The score of each of the given rows: base and points. */
export function scoreRows(card: Card, rows: Int32Array): Float64Array {
  const sums = new Int32Array(rows.length);
  for (const { attribute, binning, points, beta } of card.lines) {
    if (beta === 0) continue;
    const pointsOfCode = Int32Array.from(binning.binOf, (bin) => points[bin] ?? 0);
    const { codes } = attribute;
    for (let i = 0; i < rows.length; i++) sums[i]! += pointsOfCode[codes[rows[i]!]!]!;
  }
  // The base last: whole sums are exact, so that equal points are equal scores.
  return Float64Array.from(sums, (sum) => card.base + sum);
}
