/**
 * What a lead's interest cannot exceed, at a fraction of the cost of working it out.
 *
 * It is the sum of amounts that each activity adds to. What fades does so as if all of it faded at the longest half-life
 * of the pact, or, where its own is half of that or less, at the longest of these. What counts for a while only is taken
 * away again; where that is all there is, and counts for the same while, the bound is interest itself. And there is what
 * may last. Time goes by in parts of the longest half-life, so that fading is a product out of a table. Rounding goes up:
 * while the bound is below a threshold, interest need not be worked out.
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

/** What is taken away again is counted in grains, so that all sums are exact, up to 2^33: of so many points, of 8 million. */
const GRAINS = 2 ** 20;
const MOST_POINTS = 1024;
/** Sums of whole numbers are kept uneven by so little: V8 adds whole ones as integers, which takes several times as long. */
const UNEVEN = 1 / GRAINS;

const QUICK = 0;
const SLOW = 1;
const LASTING = 2;
const PASSING = 3;
const COURSE_BITS = 2;
const COURSES = 1 << COURSE_BITS;

/** How the value of a criterion may go down as time goes by. */
type Course = typeof QUICK | typeof SLOW | typeof LASTING | typeof PASSING;

/** The activities of many leads, as classes. */
export type Stream = { instants: Float64Array; codes: Uint32Array; classOf: Uint32Array };

/** What activities add. */
export type Rises = {
  /** For each class a row of what its activities add, by how that goes down; FOREVER at what an account is to stop at. */
  rows: Float64Array;
  /** For each code what its activities add for a while; null where anything fades or lasts. */
  passing: Float64Array | null;
};

export class Bound {
  /**
   * Whether it is interest itself: every activity gives the same number of grains for the same while to each criterion
   * that it counts for.
   */
  readonly isExact: boolean;
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
  /** What an activity of each class adds at most, a row of them, by how that goes down. */
  readonly #rises: Float64Array;
  readonly #courses: readonly Course[];
  readonly #caps: Float64Array;
  readonly #ceilings: Float64Array;
  readonly #least: number;
  /** Steps in a millisecond; 0 when nothing fades. */
  readonly #pace: number;
  /** For each number of steps what is left of what fades quickly, and of what fades slowly. */
  readonly #left: Float64Array;
  readonly #slacks: readonly [quick: number, slow: number];
  /** How long what counts for a while does at most. */
  readonly #while: number;
  /** Whether all of it is counted for a while. */
  readonly #passes: boolean;

  /**
   * @param counting for each class the criteria that its activities count for
   * @param longest for each criterion how old an activity may be to count
   * @param countsOnly whether all that every criterion asks is how many activities are not older than that
   */
  constructor(
    rules: readonly InterestRule[],
    counting: readonly (readonly number[])[],
    longest: readonly number[],
    countsOnly: boolean,
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
    const [quickly, slowly] = [livesOf(quick, slow), livesOf(slow, slow)];
    this.#left = Float64Array.from({ length: 2 * (MOST_STEPS + 1) }, (_, cell) =>
      cell < 2 ? 1 : 0.5 ** ((cell >> 1) * (cell % 2 === QUICK ? quickly : slowly)) * MARGIN,
    );
    // An activity may come at the end of a step, and interest be asked for at the beginning of another.
    this.#slacks = [2 ** quickly * MARGIN, 2 ** slowly * MARGIN];
    this.#courses = rules.map((rule, index) => {
      if (fades(rule)) return rule.halfLife <= quick ? QUICK : SLOW;
      return rule.points > 0 && longest[index]! < FOREVER ? PASSING : LASTING;
    });
    this.#while = Math.max(-1, ...longest.filter((_, index) => this.#courses[index] === PASSING));
    this.#passes = this.#courses.every((course) => course === PASSING);
    this.isExact =
      this.#passes && countsOnly && longest.every((span) => span === this.#while) && rules.every(isInGrains);
    // Rounding in the plain sum may come to more than points do in grains.
    const grain = this.isExact ? 0 : 1;
    this.#rises = new Float64Array(counting.length * COURSES);
    counting.forEach((list, one) => {
      for (const index of list) {
        const course = this.#courses[index]!;
        const points = Math.max(0, rules[index]!.points);
        this.#rises[one * COURSES + course]! +=
          course === PASSING ? (Math.ceil(points * GRAINS) + grain) / GRAINS : points * this.#slack(course);
      }
    });
  }

  /** What activities add, where an account is to stop at those of some classes. */
  rises(stops: Uint8Array): Rises {
    const rows = this.#rises.map((rise, cell) =>
      cell % COURSES === QUICK && stops[cell >> COURSE_BITS] === 1 ? FOREVER : rise,
    );
    const passing = Float64Array.from(this.#stream.classOf, (one) =>
      stops[one] === 1 ? FOREVER : this.#rises[one * COURSES + PASSING]!,
    );
    return { rows, passing: this.#passes ? passing : null };
  }

  /** Begins a lead to whom nothing has happened; its activities begin at `from`. */
  reset(from: number): void {
    this.taken = from;
    this.#tail = from;
    this.#quick = 0;
    this.#slow = 0;
    this.#step = 0;
    this.#lasting = this.#least + UNEVEN;
    this.#added = UNEVEN;
    this.#young = UNEVEN;
  }

  /**
   * Takes activities up to `end`; but none from one on that is later than `limit` or whose class stops, and none behind
   * one by which the bound reaches `need`.
   * @param rises see `rises`
   * @returns whether it does
   */
  take(end: number, need: number, { rows, passing }: Rises, limit: Instant): boolean {
    const isTimeless = passing !== null && limit === FOREVER;
    while (isTimeless ? this.#countOn(end, need, passing) : this.#takeOn(end, need, rows, limit)) {
      // What has become too old is taken away when it matters.
      if (this.#while < 0 || !(this.at(this.#stream.instants[this.taken - 1]!) < need)) return true;
    }
    return false;
  }

  /** The same, with nothing taken away that was counted for a while. Hot: no calls in it, and few arrays. */
  #takeOn(end: number, need: number, rises: Float64Array, limit: Instant): boolean {
    const { instants, codes, classOf } = this.#stream;
    const left = this.#left;
    const pace = this.#pace;
    let next = this.taken;
    let step = this.#step | 0;
    let quick = this.#quick;
    let slow = this.#slow;
    let lasting = this.#lasting;
    let young = this.#young;
    let added = this.#added;
    let reached = false;
    for (; next < end; next++) {
      const at = instants[next]!;
      if (at > limit) break;
      if (pace > 0) {
        const now = (at * pace) | 0;
        let cell = now - step;
        if (cell > MOST_STEPS) cell = MOST_STEPS;
        cell <<= 1;
        step = now;
        quick *= left[cell]!;
        slow *= left[cell + 1]!;
      }
      const row = classOf[codes[next]!]! << COURSE_BITS;
      const rise = rises[row]!;
      if (rise === FOREVER) break;
      quick += rise;
      slow += rises[row + SLOW]!;
      lasting += rises[row + LASTING]!;
      young += rises[row + PASSING]!;
      added += rises[row + PASSING]!;
      if (quick + slow + lasting + Math.min(young, added) < need) continue;
      next++;
      reached = true;
      break;
    }
    this.taken = next;
    this.#step = step;
    this.#quick = quick;
    this.#slow = slow;
    this.#lasting = lasting;
    this.#young = young;
    this.#added = added;
    return reached;
  }

  /** The same where all of it is counted for a while, so that it does not matter when. */
  #countOn(end: number, need: number, rises: Float64Array): boolean {
    const { codes } = this.#stream;
    let next = this.taken;
    let young = this.#young;
    let added = this.#added;
    // Both grow by the same: which is the lesser does not change.
    const enough = need - this.#lasting + Math.max(0, added - young);
    let reached = false;
    for (; next < end; next++) {
      const rise = rises[codes[next]!]!;
      if (rise === FOREVER) break;
      young += rise;
      added += rise;
      if (added < enough) continue;
      next++;
      reached = true;
      break;
    }
    this.taken = next;
    this.#young = young;
    this.#added = added;
    return reached;
  }

  /** What interest cannot exceed at an instant, as far as activities are taken. */
  at(instant: Instant): number {
    const now = (instant * this.#pace) | 0;
    if (now !== this.#step) {
      const steps = Math.min(now - this.#step, MOST_STEPS);
      this.#quick *= this.#left[2 * steps]!;
      this.#slow *= this.#left[2 * steps + 1]!;
      this.#step = now;
    }
    this.#forget(instant);
    return this.#quick + this.#slow + this.#lasting + Math.min(this.#young, this.#added);
  }

  /** Interest itself at an instant, where it is exact, as far as activities are taken. */
  exactly(instant: Instant): number {
    this.#forget(instant);
    return this.#young - UNEVEN;
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

  /** Takes away what counts for a while only and is too old at an instant. */
  #forget(at: Instant): void {
    const { instants, codes, classOf } = this.#stream;
    const span = this.#while;
    if (span < 0) return;
    const rises = this.#rises;
    const end = this.taken;
    let tail = this.#tail;
    let young = this.#young;
    if (tail < end && at - instants[end - 1]! > span) {
      tail = end; // all of them: sums of grains are exact
      young = UNEVEN;
    }
    for (; tail < end && at - instants[tail]! > span; tail++)
      young -= rises[(classOf[codes[tail]!]! << COURSE_BITS) + PASSING]!;
    this.#tail = tail;
    this.#young = young;
  }

  #slack(course: Course): number {
    return course === QUICK || course === SLOW ? this.#slacks[course] : MARGIN;
  }
}

/** How many half-lives a step is, of which there are so many in the slowest. */
const livesOf = (halfLife: number, slowest: number): number =>
  halfLife === 0 ? 0 : slowest / halfLife / STEPS;

const fades = ({ points, halfLife }: InterestRule): boolean => points > 0 && halfLife !== FOREVER;

/** Whether what activities give to a criterion can be added up in grains, in any order. */
const isInGrains = ({ points, cap }: InterestRule): boolean =>
  cap === FOREVER && points <= MOST_POINTS && Number.isInteger(points * GRAINS);

/** The most that a criterion can give that takes points away: nothing, if it is not bounded above that. */
const ceiling = ({ points, cap }: InterestRule): number => (points < 0 ? Math.max(0, cap) : 0);
