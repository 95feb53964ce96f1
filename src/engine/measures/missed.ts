/** Whether a clause keeps out leads that would have won (methods: the over-filter alarm). */
import type { Figure } from './figure.ts';

/** So many won deals are asked for before a clause is called too strict. */
const WINS = 5;

/**
 * A clause misses wins when deals of leads that nothing else kept out are won no more seldom than those of MQLs, as far
 * as can be told: at least five of them were won, and the rate of MQLs lies within or below the interval of theirs.
 * @param alone won of the closed deals of leads that this condition alone kept out
 * @param ofMqls the share of the closed deals of MQLs that was won; null when none has closed
 */
export const missesWins = (alone: Figure, ofMqls: number | null): boolean =>
  ofMqls !== null && (alone.numerator ?? 0) >= WINS && alone.interval !== null && alone.interval[1] >= ofMqls;
