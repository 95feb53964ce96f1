/**
 * What a lead's interest cannot exceed, at a fraction of the cost of working it out.
 *
 * It is the sum of amounts that each activity adds to. What fades does so as if all of it faded at the longest half-life
 * of the pact, or, where its own is half of that or less, at the longest of these. What counts for a while only is taken
 * away again. And there is what may last. Time goes by in parts of the longest half-life, so that fading is a product
 * out of a table. Rounding goes up: while the bound is below a threshold, interest need not be worked out.
 */
import type { InterestRule } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';

const FOREVER = Number.POSITIVE_INFINITY;
/** Steps in the longest half-life. */
const STEPS = 64;
/** More than rounding can make of a sum of millions of terms. */
const MARGIN = 1 + 1e-9;
/** After so many steps there is a billionth left: that much may stay. */
const MOST_STEPS = 32 * STEPS;

/** What is taken away again is counted in grains, so that all sums are exact. */
const GRAINS = 2 ** 20;

/** What an activity of a class adds at most: a row of four. */
const QUICK = 0;
const SLOW = 1;
const LASTING = 2;
const PASSING = 3;
const WIDTH = 4;

/** What an activity does to the bound; and what none does. */
const ADDS_NOTHING = 0;
const ADDS = 1;
const STOPS = 2;
const NONE = 3;

/** How the value of a criterion may go down as time goes by. */
type Course = typeof QUICK | typeof SLOW | typeof LASTING | typeof PASSING;

/** The activities of many leads, as classes. */
export type Stream = { instants: Float64Array; codes: Uint32Array; classOf: Uint32Array };

/** What half-lives leave after steps, and what makes up for steps being whole. */
type Fading = { left: Float64Array; slack: number };

export class Bound {
  /** The activities before this number are taken. */
  taken = 0;

  /** What fades, as of a step. */
  #quick = 0;
  #slow = 0;
  #step = 0;
  #lasting = 0;
  /** What counts for a while: what was added since it was last known exactly; and what all that is young enough gives. */
  #added = 0;
  #young = 0;
  /** Those before this number are too old, of those that count for a while. */
  #tail = 0;

  readonly #stream: Stream;
  readonly #rises: Float64Array;
  readonly #courses: readonly Course[];
  readonly #caps: Float64Array;
  readonly #ceilings: Float64Array;
  readonly #least: number;
  /** Steps in a millisecond; 0 when nothing fades. */
  readonly #pace: number;
  readonly #fadings: readonly [quick: Fading, slow: Fading];
  /** How long what counts for a while does at most. */
  readonly #while: number;

  /**
   * @param counting for each class the criteria that its activities count for
   * @param longest for each criterion how old an activity may be to count
   */
  constructor(
    rules: readonly InterestRule[],
    counting: readonly (readonly number[])[],
    longest: readonly number[],
    stream: Stream,
  ) {
    this.#stream = stream;
    this.#caps = Float64Array.from(rules, ({ cap }) => cap);
    this.#ceilings = Float64Array.from(rules, ceiling);
    this.#least = rules.reduce((sum, rule) => sum + ceiling(rule), 0);
    const slow = Math.max(0, ...rules.filter(fades).map(({ halfLife }) => halfLife));
    const quick = Math.max(
      0,
      ...rules.filter((rule) => fades(rule) && 2 * rule.halfLife <= slow).map(({ halfLife }) => halfLife),
    );
    this.#pace = slow === 0 ? 0 : STEPS / slow;
    this.#fadings = [fading(quick, slow), fading(slow, slow)];
    this.#courses = rules.map((rule, index) => {
      if (fades(rule)) return rule.halfLife <= quick ? QUICK : SLOW;
      return rule.points > 0 && longest[index]! < FOREVER ? PASSING : LASTING;
    });
    this.#while = Math.max(-1, ...longest.filter((_, index) => this.#courses[index] === PASSING));
    this.#rises = new Float64Array(counting.length * WIDTH);
    counting.forEach((list, one) => {
      for (const index of list) {
        const course = this.#courses[index]!;
        const points = Math.max(0, rules[index]!.points);
        this.#rises[one * WIDTH + course]! +=
          course === PASSING ? Math.ceil(points * GRAINS) / GRAINS : points * this.#slack(course);
      }
    });
  }

  /** For each class whether its activities stop an account from being taken, where `stops` says so; else what they do. */
  kinds(stops: Uint8Array): Uint8Array {
    return stops.map((stop, one) => {
      if (stop === 1) return STOPS;
      const row = this.#rises.subarray(one * WIDTH, (one + 1) * WIDTH);
      return row.every((rise) => rise === 0) ? ADDS_NOTHING : ADDS;
    });
  }

  /** Begins a lead to whom nothing has happened; its activities begin at `from`. */
  reset(from: number): void {
    this.taken = from;
    this.#tail = from;
    this.#quick = 0;
    this.#slow = 0;
    this.#step = 0;
    this.#lasting = this.#least;
    this.#added = 0;
    this.#young = 0;
  }

  /**
   * Takes activities up to `end`; but none from one on that is later than `limit` or whose class stops, and none behind
   * one by which the bound reaches `need`.
   * @param kinds what the activities of each class do: see `kinds`
   * @returns whether it does
   */
  take(end: number, need: number, kinds: Uint8Array, limit: Instant): boolean {
    const { instants, codes, classOf } = this.#stream;
    const rises = this.#rises;
    const pace = this.#pace;
    const quickly = this.#fadings[QUICK].left;
    const slowly = this.#fadings[SLOW].left;
    const span = this.#while;
    let next = this.taken;
    let step = this.#step | 0;
    let quick = this.#quick;
    let slow = this.#slow;
    let lasting = this.#lasting;
    let tail = this.#tail;
    let young = this.#young;
    let added = this.#added;
    let reached = false;
    // Below the need, what adds nothing changes nothing.
    const calm = limit === FOREVER && quick + slow + lasting + Math.min(young, added) < need;
    const passedOver = calm ? ADDS_NOTHING : NONE;
    for (; next < end; next++) {
      const one = classOf[codes[next]!]!;
      const doing = kinds[one]!;
      if (doing === passedOver) continue;
      if (doing === STOPS) break;
      const at = instants[next]!;
      if (at > limit) break;
      const now = (at * pace) | 0;
      if (now !== step) {
        const steps = Math.min(now - step, MOST_STEPS);
        quick *= quickly[steps]!;
        slow *= slowly[steps]!;
        step = now;
      }
      const row = one * WIDTH;
      quick += rises[row]!;
      slow += rises[row + SLOW]!;
      lasting += rises[row + LASTING]!;
      let most = quick + slow + lasting;
      if (span >= 0) {
        young += rises[row + PASSING]!;
        added += rises[row + PASSING]!;
        for (; at - instants[tail]! > span; tail++) young -= rises[classOf[codes[tail]!]! * WIDTH + PASSING]!;
        most += Math.min(young, added);
      }
      if (most < need) continue;
      next++;
      reached = true;
      break;
    }
    this.taken = next;
    this.#step = step;
    this.#quick = quick;
    this.#slow = slow;
    this.#lasting = lasting;
    this.#tail = tail;
    this.#young = young;
    this.#added = added;
    return reached;
  }

  /** What interest cannot exceed at an instant, as far as activities are taken. */
  at(instant: Instant): number {
    const now = (instant * this.#pace) | 0;
    if (now !== this.#step) {
      const steps = Math.min(now - this.#step, MOST_STEPS);
      this.#quick *= this.#fadings[QUICK].left[steps]!;
      this.#slow *= this.#fadings[SLOW].left[steps]!;
      this.#step = now;
    }
    const most = this.#quick + this.#slow + this.#lasting;
    return this.#while < 0 ? most : most + this.#passing(instant);
  }

  /** Begins afresh at an instant at which the value of every criterion is about to be noted. */
  restart(at: Instant): void {
    this.#quick = 0;
    this.#slow = 0;
    this.#lasting = 0;
    this.#added = 0;
    this.#step = (at * this.#pace) | 0;
  }

  /** Takes the value of a criterion. */
  note(index: number, value: number): void {
    const course = this.#courses[index]!;
    const most = Math.max(value, this.#ceilings[index]!) * this.#slack(course);
    if (course === PASSING) this.#added += most;
    else if (course === LASTING || value >= this.#caps[index]!)
      this.#lasting += most; // above its cap a sum can fall unseen
    else if (course === QUICK) this.#quick += most;
    else this.#slow += most;
  }

  /** Takes what so many activities may come to give that do not count now. */
  noteLater({ points, cap }: InterestRule, activities: number): void {
    if (points > 0) this.#lasting += Math.min(cap, points * activities) * MARGIN;
  }

  /** What is left at an instant of what counts for a while. */
  #passing(at: Instant): number {
    const { instants, codes, classOf } = this.#stream;
    for (; this.#tail < this.taken && at - instants[this.#tail]! > this.#while; this.#tail++)
      this.#young -= this.#rises[classOf[codes[this.#tail]!]! * WIDTH + PASSING]!;
    return Math.min(this.#young, this.#added);
  }

  #slack(course: Course): number {
    return course === QUICK || course === SLOW ? this.#fadings[course].slack : MARGIN;
  }
}

/** An activity may come at the end of a step, and interest be asked for at the beginning of another. */
function fading(halfLife: number, slowest: number): Fading {
  const lives = halfLife === 0 ? 0 : slowest / halfLife / STEPS;
  const left = Float64Array.from({ length: MOST_STEPS + 1 }, (_, steps) => 0.5 ** (steps * lives) * MARGIN);
  return { left, slack: 2 ** lives * MARGIN };
}

const fades = ({ points, halfLife }: InterestRule): boolean => points > 0 && halfLife !== FOREVER;

/** The most that a criterion can give that takes points away: nothing, if it is not bounded above that. */
const ceiling = ({ points, cap }: InterestRule): number => (points < 0 ? Math.max(0, cap) : 0);
