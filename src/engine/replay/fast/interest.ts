/** One lead's interest, carried along in order of time. */
import type { InterestRule, Rules } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { decay } from '#engine/verdict/decay.ts';
import { capped } from '#engine/verdict/interest.ts';
import type { Behaviour } from './behaviour.ts';
import { type Lists, listAt, listsOf } from './lists.ts';
import { isGate, Window } from './window.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** The activities of many leads, as classes. */
export type Stream = { instants: Float64Array; codes: Uint32Array; classOf: Uint32Array };

export class Interest {
  /** For each class by how much an activity of it raises interest at most. */
  readonly rise: Float64Array;
  /** As of the last reading: what interest cannot exceed until something raises it. */
  bound = 0;

  readonly #rules: readonly InterestRule[];
  readonly #stream: Stream;
  readonly #windows: readonly (Window | null)[];
  readonly #opened: readonly Window[];
  /** For each class the criteria it counts for: those that are a sum or a number, and those that keep activities. */
  readonly #carried: Lists;
  readonly #kept: Lists;

  readonly #points: Float64Array;
  readonly #halfLives: Float64Array;
  /** For each criterion that is carried its decayed sum as of the last activity; without half-life the number. */
  readonly #sums: Float64Array;
  readonly #lasts: Float64Array;
  /** The values of criteria nothing was done for. */
  readonly #nothing: Float64Array;
  /** What interest cannot exceed before anything was done. */
  readonly #least: number;
  #settled = 0;

  constructor({ interest, dids }: Rules, classes: Lists, stream: Stream) {
    this.#rules = interest;
    this.#stream = stream;
    this.#windows = interest.map((rule) => {
      const fades = rule.within !== FOREVER || rule.dids.some((leaf) => dids[leaf]!.within !== FOREVER);
      return fades || rule.dids.some((leaf) => isGate(dids[leaf]!)) ? new Window(rule, dids, classes) : null;
    });
    this.#opened = this.#windows.filter((window) => window !== null);
    const matched = Array.from({ length: classes.starts.length - 1 }, (_, one) => {
      const leaves = listAt(classes, one);
      return [...interest.keys()].filter((index) =>
        interest[index]!.dids.some((leaf) => leaves.includes(leaf)),
      );
    });
    this.#carried = listsOf(matched.map((list) => list.filter((index) => this.#windows[index] === null)));
    this.#kept = listsOf(matched.map((list) => list.filter((index) => this.#windows[index] !== null)));
    this.rise = Float64Array.from(matched, (list) =>
      list.reduce((sum, index) => sum + Math.max(0, interest[index]!.points), 0),
    );
    this.#points = Float64Array.from(interest, ({ points }) => points);
    this.#halfLives = Float64Array.from(interest, ({ halfLife }) => halfLife);
    this.#nothing = Float64Array.from(interest, (rule) => capped(rule, 0));
    this.#least = interest.reduce((sum, rule) => sum + ceiling(rule), 0);
    this.#sums = new Float64Array(interest.length);
    this.#lasts = new Float64Array(interest.length);
  }

  /** Begins a lead whose activities begin at `from`. */
  reset(from: number): void {
    this.#settled = from;
    this.#sums.fill(0);
    for (const window of this.#opened) window.reset();
    this.bound = this.#least;
  }

  /** Takes the activities up to `to` that were not taken yet. */
  settle(to: number): void {
    const { instants, codes, classOf } = this.#stream;
    const { starts, items } = this.#carried;
    const { starts: keptStarts } = this.#kept;
    const [sums, lasts, points, halfLives] = [this.#sums, this.#lasts, this.#points, this.#halfLives];
    for (let i = this.#settled; i < to; i++) {
      const one = classOf[codes[i]!]!;
      const end = starts[one + 1]!;
      for (let item = starts[one]!; item < end; item++) {
        const index = items[item]!;
        const halfLife = halfLives[index]!;
        const sum = sums[index]!;
        if (halfLife === FOREVER) {
          sums[index] = sum + 1;
        } else {
          const at = instants[i]!;
          sums[index] = (sum === 0 ? 0 : sum * decay(at - lasts[index]!, halfLife)) + points[index]!;
          lasts[index] = at;
        }
      }
      if (keptStarts[one + 1]! > keptStarts[one]!) this.#keep(one, instants[i]!);
    }
    this.#settled = to;
  }

  #keep(one: number, at: Instant): void {
    for (const index of listAt(this.#kept, one)) this.#windows[index]!.add(one, at);
  }

  /** Interest at an instant, with everything settled that was done by then. */
  read(at: Instant, behaviour: Behaviour): number {
    let interest = 0;
    let bound = 0;
    for (let index = 0; index < this.#rules.length; index++) {
      const value = this.#value(index, at, behaviour);
      interest += value;
      bound += this.#boundOf(index, value);
    }
    this.bound = Math.max(0, bound);
    return Math.max(0, interest);
  }

  #value(index: number, at: Instant, behaviour: Behaviour): number {
    const rule = this.#rules[index]!;
    const window = this.#windows[index] ?? null;
    if (window !== null) return capped(rule, window.read(at, behaviour));
    const sum = this.#sums[index]!;
    if (sum === 0) return this.#nothing[index]!;
    if (rule.halfLife === FOREVER) return capped(rule, rule.points * sum);
    return capped(rule, sum * decay(at - this.#lasts[index]!, rule.halfLife));
  }

  /** What the value of a criterion cannot exceed before another activity counts for it. */
  #boundOf(index: number, value: number): number {
    const rule = this.#rules[index]!;
    if (rule.points < 0) return ceiling(rule);
    const window = this.#windows[index] ?? null;
    return window?.gated ? Math.min(rule.cap, rule.points * window.kept) : value;
  }
}

/** What a criterion nothing was done for is worth, and one whose points are negative ever can be. */
const ceiling = ({ points, cap }: InterestRule): number => (points < 0 ? Math.max(0, cap) : 0);
