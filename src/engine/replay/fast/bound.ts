/**
 * What a lead's interest cannot exceed, at a fraction of the cost of working it out.
 *
 * It is the sum of two amounts: what fades, taken as if all of it faded at the longest half-life of the pact; and what
 * may last. Time goes by in sixteenths of that half-life, so that fading is a product out of a table, and only when
 * such a step has passed. Rounding goes up: while the bound is below a threshold, interest need not be worked out.
 */
import type { InterestRule } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';

const FOREVER = Number.POSITIVE_INFINITY;
/** Steps in the longest half-life. */
const STEPS = 16;
/** More than rounding can make of a sum of millions of terms. */
const MARGIN = 1 + 1e-9;
/** An activity may come at the end of a step, and interest be asked for at the beginning of another. */
const SLACK = 2 ** (1 / STEPS) * MARGIN;
const MOST_STEPS = 64 * STEPS;
/** What is left after so many steps, or after more. */
const LEFT = Float64Array.from({ length: MOST_STEPS + 1 }, (_, steps) => 0.5 ** (steps / STEPS) * MARGIN);

export class Bound {
  /** What fades, as of a step; and what may last. */
  fading = 0;
  lasting = 0;
  step = 0;

  /** Steps in a millisecond; 0 when nothing fades. */
  readonly pace: number;
  /** For each class what an activity of it adds at most, in pairs: to what fades, to what may last. */
  readonly rises: Float64Array;
  readonly #falls: Uint8Array;
  readonly #caps: Float64Array;
  readonly #ceilings: Float64Array;
  readonly #least: number;

  /** `counting` gives for each class the criteria that its activities count for. */
  constructor(rules: readonly InterestRule[], counting: readonly (readonly number[])[]) {
    this.#falls = Uint8Array.from(rules, (rule) => (fades(rule) ? 1 : 0));
    this.#caps = Float64Array.from(rules, ({ cap }) => cap);
    this.#ceilings = Float64Array.from(rules, ceiling);
    this.#least = rules.reduce((sum, rule) => sum + ceiling(rule), 0);
    const halfLives = rules.filter(fades).map(({ halfLife }) => halfLife);
    this.pace = halfLives.length === 0 ? 0 : STEPS / Math.max(...halfLives);
    this.rises = Float64Array.from(
      counting.flatMap((list) => {
        const gaining = list.map((index) => rules[index]!).filter(({ points }) => points > 0);
        return [
          gaining.filter(fades).reduce((sum, { points }) => sum + points * SLACK, 0),
          gaining.filter((rule) => !fades(rule)).reduce((sum, { points }) => sum + points * MARGIN, 0),
        ];
      }),
    );
  }

  /** Begins a lead to whom nothing has happened. */
  reset(): void {
    this.fading = 0;
    this.lasting = this.#least;
    this.step = 0;
  }

  /** Begins afresh at an instant at which the value of every criterion is about to be noted. */
  restart(at: Instant): void {
    this.fading = 0;
    this.lasting = 0;
    this.step = (at * this.pace) | 0;
  }

  /** Takes the value of a criterion. */
  note(index: number, value: number): void {
    if (this.#falls[index] === 1 && value < this.#caps[index]!) this.fading += value * SLACK;
    else this.lasting += Math.max(value, this.#ceilings[index]!) * MARGIN; // above its cap a sum can fall unseen
  }

  /** Takes what so many activities may come to give that do not count now. */
  noteLater({ points, cap }: InterestRule, activities: number): void {
    if (points > 0) this.lasting += Math.min(cap, points * activities) * MARGIN;
  }
}

/** What is left of what fades after so many steps. */
export const left = (steps: number): number => LEFT[Math.min(steps, MOST_STEPS)]!;

const fades = ({ points, halfLife }: InterestRule): boolean => points > 0 && halfLife !== FOREVER;

/** The most that a criterion can give that takes points away: nothing, if it is not bounded above that. */
const ceiling = ({ points, cap }: InterestRule): number => (points < 0 ? Math.max(0, cap) : 0);
