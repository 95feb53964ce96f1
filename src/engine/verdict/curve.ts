/**
 * Interest as time goes by and nothing else happens: a sum of criteria that each decay at a half-life of their own,
 * as long as no activity grows too old for its window.
 */
import type { Rules } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { decay } from './decay.ts';
import { interestOf } from './decide.ts';
import { type Carried, capped, left } from './interest.ts';
import type { Tally } from './tally.ts';

/** After more half-lives than this nothing is left of anything (see `decay`). */
const LIVES = 1000;

export class Curve {
  readonly #rules: Rules;
  readonly #sums: Carried[];

  /** Interest from `start` on, with what counts at `start`. */
  constructor(tally: Tally, start: Instant) {
    this.#rules = tally.rules;
    this.#sums = tally.rules.interest.map((_, index) => tally.sum(index, start));
  }

  /** Interest at an instant, to the last bit as the judge would say. */
  at(instant: Instant): number {
    return interestOf(this.#rules, { interestPoints: (index) => this.#points(index, instant) });
  }

  /**
   * The first instant after `start`, up to `last`, at which interest is one that `passed` says yes to, null when there
   * is none. `passed` must be a bound: once interest rises (or falls) to where it says yes, it says yes beyond.
   *
   * Where criteria with negative points decay, interest may rise and fall again; between its turning points it only
   * does one of them, so that halving finds the millisecond. Rises and falls smaller than what floating point rounds
   * away (1e-15 of the points in play) are nobody's turning points.
   */
  first(start: Instant, last: Instant, passed: (interest: number) => boolean): Instant | null {
    const end = Math.min(last, start + LIVES * this.#slowest());
    let low = start;
    for (const high of [...this.#turns(start, end), end]) {
      if (high <= low) continue;
      if (passed(this.at(high))) return firstOf(low, high, (instant) => passed(this.at(instant)));
      low = high;
    }
    return null;
  }

  #points(index: number, instant: Instant): number {
    const rule = this.#rules.interest[index]!;
    return capped(rule, left(rule, this.#sums[index]!, instant));
  }

  /** The longest half-life of a criterion that has points to lose. */
  #slowest(): number {
    return Math.max(0, ...this.#decaying().map((index) => this.#rules.interest[index]!.halfLife));
  }

  #decaying(): number[] {
    const all = this.#sums.map((_, index) => index);
    return all.filter((index) => {
      const { halfLife } = this.#rules.interest[index]!;
      return halfLife !== Number.POSITIVE_INFINITY && this.#sums[index]!.sum !== 0;
    });
  }

  /** Instants in order between which interest only rises or only falls. */
  #turns(start: Instant, end: Instant): Instant[] {
    const decaying = this.#decaying();
    const signs = new Set(decaying.map((index) => Math.sign(this.#sums[index]!.sum)));
    if (signs.size < 2) return [];
    // Where a sum falls under its cap its share begins to change: the curve is smooth only up to there.
    const edges = decaying.flatMap((index) => this.#underCap(index, start, end)).sort((a, b) => a - b);
    const turns: Instant[] = [];
    let from = start;
    for (const to of [...edges, end]) {
      turns.push(...this.#smoothTurns(from, to), to);
      from = Math.max(from, to);
    }
    return turns;
  }

  #underCap(index: number, start: Instant, end: Instant): Instant[] {
    const points = this.#points(index, start);
    if (points !== this.#rules.interest[index]!.cap) return [];
    const under = (instant: Instant) => this.#points(index, instant) !== points;
    if (!under(end)) return [];
    const edge = firstOf(start, end, under);
    return [edge - 1, edge];
  }

  /** Turning points of the curve where it is smooth: the zeros of its slope. */
  #smoothTurns(from: Instant, to: Instant): Instant[] {
    const slopes = new Map<number, number>();
    for (const index of this.#decaying()) {
      const { halfLife, cap } = this.#rules.interest[index]!;
      const points = this.#points(index, from);
      if (points === cap) continue;
      slopes.set(halfLife, (slopes.get(halfLife) ?? 0) + points / halfLife);
    }
    const terms = [...slopes]
      .map(([halfLife, weight]) => ({ halfLife, weight }))
      .filter(({ weight }) => weight !== 0);
    return zeros(
      terms.sort((a, b) => b.halfLife - a.halfLife),
      from,
      to,
    );
  }
}

/** A weight that halves every `halfLife`. */
type Term = { weight: number; halfLife: number };

/**
 * The instants by which a sum of decaying weights has changed its sign, in order.
 *
 * By Rolle's theorem: with the slowest decay divided out, what is left has one turning point more than its slope has
 * zeros, and its slope is a sum of one term less.
 */
function zeros(terms: readonly Term[], from: Instant, to: Instant): Instant[] {
  const [slowest, ...faster] = terms;
  if (slowest === undefined || terms.every(({ weight }) => weight * slowest.weight >= 0)) return [];
  const slope = faster.map(({ weight, halfLife }) => ({
    weight: weight * (1 / halfLife - 1 / slowest.halfLife),
    halfLife,
  }));
  const sign = (instant: Instant) =>
    Math.sign(terms.reduce((sum, { weight, halfLife }) => sum + weight * decay(instant - from, halfLife), 0));
  const found: Instant[] = [];
  let low = from;
  for (const high of [...zeros(slope, from, to), to]) {
    if (sign(low) !== sign(high)) {
      const before = sign(low);
      const zero = firstOf(low, high, (instant) => sign(instant) !== before);
      found.push(zero - 1, zero);
    }
    low = high;
  }
  return found;
}

/** The first instant after `low` for which `holds`, when it holds at `high` and, once it does, from then on. */
function firstOf(low: Instant, high: Instant, holds: (instant: Instant) => boolean): Instant {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = no + Math.floor((yes - no) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
