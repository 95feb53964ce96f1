/** The paired scorecard: both teams measured on the same leads (methods: paired scorecards). */
import { type Figure, ratio, share } from './figure.ts';
import { sayShare } from './say.ts';

/** Handed over, and every clause of the version then in force was met. 470 of 500: 94.0 %. */
export const compliance = (met: number, handedOver: number): Figure =>
  share('compliance', met, handedOver, { of: 'MQLs handed over', did: 'met every clause' });

/** Accepted, of those accepted or rightly given back. 336 of 336 + 104: 76.4 %. */
export const acceptance = (accepted: number, upheld: number): Figure =>
  share('acceptance', accepted, accepted + upheld, { of: 'MQLs that sales answered', did: 'were accepted' });

/** Decided with a reason by the day it was due, of those due. 430 of 480: 89.6 %. */
export const feedback = (decided: number, due: number): Figure =>
  share('feedback', decided, due, { of: 'decisions that were due', did: 'came in time, with a reason' });

/** Returns that did not stand up to the agreed text. 18 of 122: 14.8 %. */
export const unfairReturns = (overturned: number, returned: number): Figure =>
  share('unfair_returns', overturned, returned, { of: 'returns', did: 'were overturned' });

/** Delivered of committed, times compliance; more than committed does not make up for worse. 55,000 of 60,000 × .94: 86.2 %. */
export function marketingScore(delivered: number, committed: number | null, met: Figure): Figure {
  const part = committed === null ? null : Math.min(1, delivered / committed);
  return score(
    'marketing_score',
    part,
    met,
    'what was delivered of what was promised',
    'the compliance of it',
  );
}

/** Attainment times feedback. 73.7 % × 89.6 %: 66.0 %. */
export const salesScore = (kept: Figure, told: Figure): Figure =>
  score('sales_score', kept.value, told, 'clocks kept', 'decisions told in time', kept);

/** A product, so that neither side can buy one factor with the other. */
function score(
  measure: string,
  first: number | null,
  second: Figure,
  one: string,
  other: string,
  own?: Figure,
): Figure {
  const none = `There is no score yet: it takes ${one}, and ${other}.`;
  const product = first === null || second.value === null ? null : first * second.value;
  const n = Math.min(second.denominator ?? 0, own?.denominator ?? Number.POSITIVE_INFINITY);
  const says = (value: number) =>
    `${sayShare(first!)} (${one}) × ${sayShare(second.value!)} (${other}) = ${sayShare(value)}.`;
  const figure = ratio(
    measure,
    'index',
    { over: product, under: product === null ? null : 1, n },
    says,
    none,
  );
  return { ...figure, numerator: first, denominator: second.value };
}
