/** One lead's interest, carried along in order of time. */
import type { DidLeaf, InterestRule, Rules } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { decay } from '#engine/verdict/decay.ts';
import { capped } from '#engine/verdict/interest.ts';
import type { Behaviour } from './behaviour.ts';
import { Bound } from './bound.ts';
import { type Lists, lists } from './lists.ts';
import { isGate, Window } from './window.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** The activities of many leads, as classes. */
export type Stream = { instants: Float64Array; codes: Uint32Array; classOf: Uint32Array };

/** What is carried for a criterion, four numbers in a row: they are always needed together. */
const SUM = 0;
const LAST = 1;
const HALF_LIFE = 2;
const GAIN = 3;
const WIDTH = 4;

export class Interest {
  readonly bound: Bound;

  readonly #stream: Stream;
  readonly #windows: readonly (Window | null)[];
  readonly #opened: readonly Window[];
  /**
   * For each class a row: how many criteria carry its activities on and how many keep them, then the places of the
   * former in `#sums` and the numbers of the latter.
   */
  readonly #effects: Uint32Array;
  readonly #width: number;
  /**
   * The decayed sum as of the last activity, its instant, the half-life, and what an activity adds. Without half-life
   * nothing decays and an activity adds 1: the sum is their number.
   */
  readonly #sums: Float64Array;
  readonly #points: Float64Array;
  readonly #caps: Float64Array;
  /** The values of criteria nothing was done for. */
  readonly #nothing: Float64Array;
  #settled = 0;

  constructor({ interest, dids }: Rules, classes: Lists, stream: Stream) {
    this.#stream = stream;
    this.#windows = interest.map((rule) => (passes(rule, dids) ? new Window(rule, dids, classes) : null));
    this.#opened = this.#windows.filter((window) => window !== null);
    const counting = lists(classes).map((leaves) =>
      [...interest.keys()].filter((index) => interest[index]!.dids.some((leaf) => leaves.includes(leaf))),
    );
    this.bound = new Bound(interest, counting);
    this.#width = 2 + Math.max(0, ...counting.map(({ length }) => length));
    this.#effects = new Uint32Array(counting.length * this.#width);
    counting.forEach((list, one) => {
      const carried = list.filter((index) => this.#windows[index] === null);
      const kept = list.filter((index) => this.#windows[index] !== null);
      const row = [carried.length, kept.length, ...carried.map((index) => index * WIDTH), ...kept];
      this.#effects.set(row, one * this.#width);
    });
    this.#sums = Float64Array.from(
      interest.flatMap(({ halfLife, points }) => [0, 0, halfLife, halfLife === FOREVER ? 1 : points]),
    );
    this.#points = Float64Array.from(interest, ({ points }) => points);
    this.#caps = Float64Array.from(interest, ({ cap }) => cap);
    this.#nothing = Float64Array.from(interest, (rule) => capped(rule, 0));
  }

  /** Begins a lead whose activities begin at `from`. */
  reset(from: number): void {
    this.#settled = from;
    const sums = this.#sums;
    for (let place = SUM; place < sums.length; place += WIDTH) sums[place] = 0;
    for (const window of this.#opened) window.reset();
    this.bound.reset();
  }

  /** Takes the activities up to `to` that were not taken yet. */
  settle(to: number): void {
    const { instants, codes, classOf } = this.#stream;
    const effects = this.#effects;
    const width = this.#width;
    const sums = this.#sums;
    for (let i = this.#settled; i < to; i++) {
      let cell = classOf[codes[i]!]! * width;
      let carried = effects[cell++]!;
      const kept = effects[cell++]!;
      const at = instants[i]!;
      for (; carried > 0; carried--) {
        const place = effects[cell++]!;
        const sum = sums[place]!;
        const left = sum === 0 ? 0 : sum * decay(at - sums[place + LAST]!, sums[place + HALF_LIFE]!);
        sums[place] = left + sums[place + GAIN]!;
        sums[place + LAST] = at;
      }
      if (kept > 0) this.#keep(cell, cell + kept, classOf[codes[i]!]!, at);
    }
    this.#settled = to;
  }

  #keep(from: number, to: number, one: number, at: Instant): void {
    for (let cell = from; cell < to; cell++) this.#windows[this.#effects[cell]!]!.add(one, at);
  }

  /** Interest at an instant, with everything settled that was done by then. */
  read(at: Instant, behaviour: Behaviour): number {
    let interest = 0;
    for (let index = 0; index < this.#points.length; index++) interest += this.#value(index, at, behaviour);
    return Math.max(0, interest);
  }

  /** The same, and what it cannot exceed later is noted. */
  readAndBound(at: Instant, behaviour: Behaviour): number {
    let interest = 0;
    this.bound.restart(at);
    for (let index = 0; index < this.#points.length; index++) {
      const value = this.#value(index, at, behaviour);
      interest += value;
      const window = this.#windows[index]!;
      this.bound.note(index, value, window?.gated ? window.kept : 0);
    }
    return Math.max(0, interest);
  }

  #value(index: number, at: Instant, behaviour: Behaviour): number {
    const place = index * WIDTH;
    const sums = this.#sums;
    const window = this.#windows[index]!;
    let sum: number;
    if (window !== null) {
      if (window.kept === 0) return this.#nothing[index]!;
      sum = window.read(at, behaviour);
    } else if (sums[place] === 0) {
      return this.#nothing[index]!;
    } else if (sums[place + HALF_LIFE] === FOREVER) {
      sum = this.#points[index]! * sums[place]!;
    } else {
      sum = sums[place]! * decay(at - sums[place + LAST]!, sums[place + HALF_LIFE]!);
    }
    const cap = this.#caps[index]!;
    return this.#points[index]! < 0 ? Math.max(sum, cap) : Math.min(sum, cap);
  }
}

/** Whether activities can stop counting for a criterion, or count at times only. */
const passes = (rule: InterestRule, dids: readonly DidLeaf[]): boolean =>
  rule.within !== FOREVER || rule.dids.some((leaf) => dids[leaf]!.within !== FOREVER || isGate(dids[leaf]!));
