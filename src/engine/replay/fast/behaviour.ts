/**
 * How often one lead did what the `did` tests ask for, carried along in order of time: a count for each test without
 * a window, a moving pointer over the matching instants for each with one.
 */
import type { DidLeaf } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { grown } from '../columns/memory.ts';
import { type Lists, lists, listsOf } from './lists.ts';

/** How many times are answered out of a table. */
const TABLED = 64;

/** A `did` test as it is counted. */
class Tally {
  /** Whether the test holds as of the last activity counted or window moved. */
  holds = false;
  readonly within: number;
  readonly #times: (n: number) => boolean;
  readonly #table: readonly boolean[];
  #count = 0;
  /** Instants of the matching activities, those before `#head` being too old. Kept for tests with a window only. */
  #instants = new Float64Array(0);
  #head = 0;

  constructor({ within, times }: DidLeaf) {
    this.within = within;
    this.#times = times;
    this.#table = Array.from({ length: TABLED }, (_, n) => times(n));
  }

  reset(): void {
    this.#count = 0;
    this.#head = 0;
    this.holds = this.#table[0]!;
  }

  add(at: Instant): void {
    const place = this.#count++;
    if (this.within !== Number.POSITIVE_INFINITY) {
      this.#instants = grown(this.#instants, Float64Array, this.#count);
      this.#instants[place] = at;
      this.move(at);
    } else {
      this.#ask(this.#count);
    }
  }

  /** Leaves behind what is too old at an instant. */
  move(at: Instant): void {
    while (this.#head < this.#count && at - this.#instants[this.#head]! > this.within) this.#head++;
    this.#ask(this.#count - this.#head);
  }

  /** The last instant at which what is counted now still counts. */
  get until(): Instant {
    return this.#head < this.#count ? this.#instants[this.#head]! + this.within : Number.POSITIVE_INFINITY;
  }

  #ask(n: number): void {
    this.holds = n < TABLED ? this.#table[n]! : this.#times(n);
  }
}

/** The `did` tests of one lead at the instant reached. */
export class Behaviour {
  /** For each class 1 when some test counts its activities. */
  readonly counts: Uint8Array;

  readonly #tallies: (Tally | null)[];
  readonly #kept: Tally[];
  readonly #windowed: Tally[];
  /** For each class the tests that count it. */
  readonly #counted: Lists;
  #until: Instant = Number.POSITIVE_INFINITY;

  /** `leaves` are the numbers of the tests to keep count of. */
  constructor(dids: readonly DidLeaf[], leaves: ReadonlySet<number>, classes: Lists) {
    this.#tallies = dids.map((did, leaf) => (leaves.has(leaf) ? new Tally(did) : null));
    this.#kept = this.#tallies.filter((tally) => tally !== null);
    this.#windowed = this.#kept.filter(({ within }) => within !== Number.POSITIVE_INFINITY);
    const counted = lists(classes).map((matched) => [...matched].filter((leaf) => leaves.has(leaf)));
    this.#counted = listsOf(counted);
    this.counts = Uint8Array.from(counted, ({ length }) => Math.min(1, length));
  }

  /** No answer changes up to and including this instant, unless something counted is done. */
  get until(): Instant {
    return this.#until;
  }

  /** Begins a lead. */
  reset(): void {
    for (const tally of this.#kept) tally.reset();
    this.#until = Number.POSITIVE_INFINITY;
  }

  /** Counts an activity of a class; whether some test changed its answer. */
  count(one: number, at: Instant): boolean {
    const { starts, items } = this.#counted;
    let changed = false;
    for (let i = starts[one]!; i < starts[one + 1]!; i++) {
      const tally = this.#tallies[items[i]!]!;
      const held = tally.holds;
      tally.add(at);
      if (tally.holds !== held) changed = true;
      if (tally.within !== Number.POSITIVE_INFINITY && tally.until < this.#until) this.#until = tally.until;
    }
    return changed;
  }

  /** Moves all windows on to an instant; whether some test changed its answer. */
  move(at: Instant): boolean {
    if (at <= this.#until) return false;
    let changed = false;
    this.#until = Number.POSITIVE_INFINITY;
    for (const tally of this.#windowed) {
      const held = tally.holds;
      tally.move(at);
      if (tally.holds !== held) changed = true;
      this.#until = Math.min(this.#until, tally.until);
    }
    return changed;
  }

  holds(leaf: number): boolean {
    return this.#tallies[leaf]!.holds;
  }
}
