/** One lead's interest, carried along in order of time. */
import type { DidLeaf, InterestRule, Rules } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { decay } from '#engine/verdict/decay.ts';
import { capped } from '#engine/verdict/interest.ts';
import { Behaviour } from './behaviour.ts';
import { Bound, type Stream } from './bound.ts';
import { type Lists, lists } from './lists.ts';
import { isGate, Window } from './window.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/**
 * A criterion is a row of eight numbers, which lie in one line of the processor's cache. First what is carried: its
 * decayed sum as of the last activity, the instant of that, the half-life and what an activity adds. Without a half-life
 * nothing decays and an activity adds 1: the sum is their number.
 */
const SUM = 0;
const LAST = 1;
const HALF_LIFE = 2;
const GAIN = 3;
/** Then how a value is made of it: times this, at least, at most; and the value where nothing is carried. */
const WEIGHT = 4;
const LOWEST = 5;
const HIGHEST = 6;
const ELSE = 7;
const WIDTH = 8;

/** Where a class's row of effects says how many criteria keep its activities. */
const KEPT = 1;

export class Interest {
  readonly bound: Bound;

  readonly #stream: Stream;
  /** The `did` tests that let activities count, as of what is settled. */
  readonly #gates: Behaviour;
  readonly #criteria: Float64Array;
  /** The criteria that keep activities, by their place among the criteria. */
  readonly #windows: readonly { place: number; window: Window; rule: InterestRule }[];
  /**
   * For each class a row: how many criteria carry its activities on and how many keep them, then the places of the
   * former and the numbers of the latter among the windows.
   */
  readonly #effects: Uint32Array;
  readonly #width: number;
  /** What is older than this counts for nothing any more. */
  readonly #longest: number;
  /** The activities before this number are taken. */
  #settled = 0;
  /** Whether something is left of the lead before. */
  #stale = false;

  constructor({ interest, dids }: Rules, classes: Lists, stream: Stream) {
    this.#stream = stream;
    const gates = interest.flatMap((rule) => rule.dids.filter((leaf) => isGate(dids[leaf]!)));
    this.#gates = new Behaviour(dids, new Set(gates), classes);
    this.#windows = interest.flatMap((rule, index) =>
      passes(rule, dids) ? [{ place: index * WIDTH, window: new Window(rule, dids, classes), rule }] : [],
    );
    const isOpen = this.#windows.length < interest.length || gates.length > 0;
    this.#longest = isOpen ? FOREVER : Math.max(0, ...this.#windows.map(({ window }) => window.longest));
    this.#criteria = Float64Array.from(interest.flatMap(rowOf));
    const counting = lists(classes).map((leaves) =>
      [...interest.keys()].filter((index) => interest[index]!.dids.some((leaf) => leaves.includes(leaf))),
    );
    const longest = interest.map(
      (_, index) => this.#windows.find(({ place }) => place === index * WIDTH)?.window.longest ?? FOREVER,
    );
    const countsOnly =
      this.#windows.length === interest.length && this.#windows.every((kept) => kept.window.countsOnly);
    this.bound = new Bound(interest, counting, longest, countsOnly, stream);
    this.#width = 2 + Math.max(0, ...counting.map(({ length }) => length));
    this.#effects = new Uint32Array(counting.length * this.#width);
    counting.forEach((list, one) => {
      const places = list.map((index) => index * WIDTH);
      const windows = [...this.#windows.keys()].filter((i) => places.includes(this.#windows[i]!.place));
      const carried = places.filter((place) => !this.#windows.some((kept) => kept.place === place));
      this.#effects.set([carried.length, windows.length, ...carried, ...windows], one * this.#width);
    });
  }

  /** Begins a lead whose activities begin at `from`. */
  reset(from: number): void {
    this.#settled = from;
    this.#stale = true;
    this.bound.reset(from);
  }

  #clear(): void {
    const criteria = this.#criteria;
    for (let place = 0; place < criteria.length; place += WIDTH) criteria[place] = 0;
    for (const { window } of this.#windows) window.reset();
    this.#gates.reset();
    this.#stale = false;
  }

  /** Takes the activities up to `to` that were not taken yet, to be read at an instant. */
  settle(to: number, at: Instant): void {
    if (this.#stale) this.#clear();
    const { instants } = this.#stream;
    let from = this.#settled;
    while (from < to && at - instants[from]! > this.#longest) from++;
    this.#carryOn(from, to);
    this.#settled = to;
  }

  /** Carries criteria on, and hands activities to those that keep them. Hot: hardly any calls in it, and few arrays. */
  #carryOn(from: number, to: number): void {
    const { instants, codes, classOf } = this.#stream;
    const effects = this.#effects;
    const width = this.#width;
    const criteria = this.#criteria;
    for (let i = from; i < to; i++) {
      const row = Math.imul(classOf[codes[i]!]!, width);
      const end = row + KEPT + effects[row]!;
      const instant = instants[i]!;
      for (let cell = row + KEPT; cell < end; cell++) {
        const place = effects[cell + 1]! | 0;
        const sum = criteria[place]!;
        const left =
          sum === 0 ? 0 : sum * decay(instant - criteria[place + LAST]!, criteria[place + HALF_LIFE]!);
        criteria[place] = left + criteria[place + GAIN]!;
        criteria[place + LAST] = instant;
      }
      if (effects[row + KEPT]! > 0) this.#keep(i);
    }
  }

  /** Hands an activity to the windows that keep it. */
  #keep(i: number): void {
    const { instants, codes, classOf } = this.#stream;
    const effects = this.#effects;
    const one = classOf[codes[i]!]!;
    const row = Math.imul(one, this.#width);
    const first = row + KEPT + 1 + effects[row]!;
    for (let cell = first; cell < first + effects[row + KEPT]!; cell++)
      this.#windows[effects[cell]!]!.window.add(one, instants[i]!);
    if (this.#gates.counts[one] === 1) this.#gates.count(one, instants[i]!);
  }

  /** Interest at an instant by which the activities up to `to` were done; the bound has taken these. */
  workOut(to: number, at: Instant): number {
    if (this.bound.isExact) return this.bound.exactly(at);
    this.settle(to, at);
    return this.read(at);
  }

  /** The same; and notes what interest cannot exceed from then on. */
  workOutAndBound(to: number, at: Instant): number {
    if (this.bound.isExact) return this.bound.exactly(at);
    this.settle(to, at);
    return this.#readAndBound(at);
  }

  /** Interest at an instant, with everything settled that was done by then. */
  read(at: Instant): number {
    this.#readWindows(at);
    const criteria = this.#criteria;
    let interest = 0;
    for (let place = 0; place < criteria.length; place += WIDTH) interest += worth(criteria, place, at);
    return Math.max(0, interest);
  }

  #readAndBound(at: Instant): number {
    this.#readWindows(at);
    const criteria = this.#criteria;
    const { bound } = this;
    bound.restart(at);
    let interest = 0;
    for (let place = 0; place < criteria.length; place += WIDTH) {
      const value = worth(criteria, place, at);
      interest += value;
      bound.note(place / WIDTH, value);
    }
    for (const { window, rule } of this.#windows) if (window.gated) bound.noteLater(rule, window.kept);
    return Math.max(0, interest);
  }

  #readWindows(at: Instant): void {
    this.#gates.move(at);
    for (const { place, window, rule } of this.#windows) {
      this.#criteria[place + ELSE] = capped(rule, window.kept === 0 ? 0 : window.read(at, this.#gates));
    }
  }
}

const rowOf = (rule: InterestRule): number[] => {
  const { points, halfLife, cap } = rule;
  const carried = halfLife === FOREVER ? [0, 0, FOREVER, 1, points] : [0, 0, halfLife, points, 1];
  return [...carried, points < 0 ? cap : -FOREVER, points < 0 ? FOREVER : cap, capped(rule, 0)];
};

function worth(criteria: Float64Array, place: number, at: Instant): number {
  const sum = criteria[place + SUM]!;
  if (sum === 0) return criteria[place + ELSE]!;
  const left = sum * decay(at - criteria[place + LAST]!, criteria[place + HALF_LIFE]!);
  return Math.min(
    Math.max(criteria[place + WEIGHT]! * left, criteria[place + LOWEST]!),
    criteria[place + HIGHEST]!,
  );
}

/** Whether activities can stop counting for a criterion, or count at times only. */
const passes = (rule: InterestRule, dids: readonly DidLeaf[]): boolean =>
  rule.within !== FOREVER || rule.dids.some((leaf) => dids[leaf]!.within !== FOREVER || isGate(dids[leaf]!));
