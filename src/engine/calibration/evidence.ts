/** How many leads, and how many of them won. */
export type Tally = { n: number; won: number };

export type Evidence = {
  /** One a bin, in order. Above 0: wins more often than the average lead. */
  woe: number[];
  /** Information value: how far the won and the lost differ in this attribute. */
  iv: number;
};

/**
 * Weight of evidence: `ln((won_i / won) / (lost_i / lost))`, with won as the good outcome, and the information value
 * `Σ (won_i / won − lost_i / lost) · WoE_i`. A bin without wins, or without losses, counts half a lead more of each,
 * so that its weight is large but finite.
 *
 * Siddiqi, *Credit Risk Scorecards*; credit texts often turn the sign.
 */
export function weightOfEvidence(bins: readonly Tally[]): Evidence {
  let [won, lost] = [0, 0];
  for (const bin of bins) {
    won += bin.won;
    lost += bin.n - bin.won;
  }
  let iv = 0;
  const woe = bins.map((bin) => {
    if (bin.n === 0 || won === 0 || lost === 0) return 0;
    const binLost = bin.n - bin.won;
    const half = bin.won === 0 || binLost === 0 ? 0.5 : 0;
    const weight = Math.log((bin.won + half) / won / ((binLost + half) / lost));
    iv += (bin.won / won - binLost / lost) * weight;
    return weight;
  });
  return { woe, iv };
}

export type Strength = 'none' | 'weak' | 'medium' | 'strong' | 'suspect';

const BANDS: [below: number, strength: Strength][] = [
  [0.02, 'none'],
  [0.1, 'weak'],
  [0.3, 'medium'],
  [0.5, 'strong'],
];

/** The word for an information value; above .5 an attribute is too good not to be looked at. */
export const strengthOf = (iv: number): Strength => BANDS.find(([below]) => iv < below)?.[1] ?? 'suspect';
