/**
 * An interest criterion for which activities can stop counting: because they grow too old for a window, or because a
 * `times` test that lets them count no longer holds.
 *
 * The decayed sum is defined over the activities that count, in order of time; it cannot be taken back from its old
 * end without rounding differently. So the activities are kept. New ones are added to the sum as they come; it is
 * worked out afresh only when it is asked for after some stopped, or began, to count.
 */
import type { DidLeaf, InterestRule } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { decay } from '#engine/verdict/decay.ts';
import { type Carried, carry, left } from '#engine/verdict/interest.ts';
import { grown } from '../columns/memory.ts';
import { type Lists, lists } from './lists.ts';

/** Lists longer than this are looked at from their young end first, where a cap is soon reached… */
const LONG = 32;
/** …within so many activities that rounding cannot add up to the margin. */
const YOUNG = 10_000;
const MARGIN = 1e-9;

/** In how many ways gates can be open at a time is remembered at most. */
const MEMORY = 1024;

const FOREVER = Number.POSITIVE_INFINITY;

/** A `did` test through which an activity may count: while its gate is open (-1: it always is), and up to an age. */
type Way = { gate: number; within: number };

/** The `did` tests of one lead that let activities count. */
type Gates = { holds(leaf: number): boolean };

export class Window {
  /** Whether activities that do not count now may do so later. */
  readonly gated: boolean;

  readonly #rule: InterestRule;
  /** For each class the ways in which its activities may count. */
  readonly #ways: readonly (readonly Way[])[];
  /** The `did` tests that let activities count only while they hold. */
  readonly #gates: readonly number[];
  /** Nothing older than this counts, whatever the gates say. */
  readonly longest: number;
  /** Whatever is not older than `longest` counts, and once each: their number is all there is to know. */
  readonly countsOnly: boolean;

  #instants = new Float64Array(0);
  #classes = new Uint32Array(0);
  #size = 0;
  /** Where those begin that are not older than `longest`. */
  #head = 0;

  /** For each gate 1 while it is open; and for each class how old an activity may then be to count, -1 for never. */
  readonly #open: Uint8Array;
  #reach: Float64Array;
  readonly #reaches = new Map<string, Float64Array>();

  /** Up to where the activities were added up, and what came out. */
  #added = 0;
  readonly #sum: Carried = { count: 0, sum: 0, last: 0 };
  /** The last instant at which all that were counted still count. */
  #until: Instant = FOREVER;

  constructor(rule: InterestRule, dids: readonly DidLeaf[], classes: Lists) {
    this.#rule = rule;
    this.#gates = rule.dids.filter((leaf) => isGate(dids[leaf]!));
    this.gated = this.#gates.length > 0;
    const ageOf = (leaf: number) => Math.min(rule.within, dids[leaf]!.within);
    this.#ways = lists(classes).map((leaves) =>
      [...leaves]
        .filter((leaf) => rule.dids.includes(leaf))
        .map((leaf) => ({ gate: this.#gates.indexOf(leaf), within: ageOf(leaf) })),
    );
    this.longest = Math.max(...rule.dids.map(ageOf));
    const alike = rule.dids.every((leaf) => ageOf(leaf) === this.longest);
    this.countsOnly = rule.halfLife === FOREVER && !this.gated && alike;
    this.#open = new Uint8Array(this.#gates.length);
    this.#reach = this.#measure();
  }

  /** Begins a lead. */
  reset(): void {
    this.#size = 0;
    this.#head = 0;
    this.#restart();
  }

  /** Takes an activity of a class; instants never go back. */
  add(one: number, at: Instant): void {
    const place = this.#size++;
    if (place === this.#instants.length) {
      this.#instants = grown(this.#instants, Float64Array, this.#size);
      this.#classes = grown(this.#classes, Uint32Array, this.#size);
    }
    this.#instants[place] = at;
    this.#classes[place] = one;
  }

  /** How many activities may count now or later. */
  get kept(): number {
    return this.#size - this.#head;
  }

  /** The sum before its cap; or just the cap, where the sum is certain to reach it. */
  read(at: Instant, gates: Gates): number {
    while (this.#head < this.#size && at - this.#instants[this.#head]! > this.longest) this.#head++;
    if (this.countsOnly) return this.#rule.points * this.kept;
    if ((this.gated && this.#passed(gates)) || at > this.#until) {
      if (this.kept > LONG && this.#surelyCapped(at)) {
        this.#until = Number.NEGATIVE_INFINITY; // nothing is added up
        return this.#rule.cap;
      }
      this.#restart();
    }
    this.#addNew(at);
    return left(this.#rule, this.#sum, at);
  }

  #restart(): void {
    this.#added = this.#head;
    this.#sum.count = 0;
    this.#sum.sum = 0;
    this.#until = FOREVER;
  }

  #addNew(at: Instant): void {
    const instants = this.#instants;
    const classes = this.#classes;
    const reaches = this.#reach;
    let until = this.#until;
    for (let i = Math.max(this.#added, this.#head); i < this.#size; i++) {
      const instant = instants[i]!;
      const reach = reaches[classes[i]!]!;
      if (at - instant > reach) continue;
      carry(this.#rule, this.#sum, instant);
      until = Math.min(until, instant + reach);
    }
    this.#until = until;
    this.#added = this.#size;
  }

  /** Whether some gate has opened or closed since last asked. */
  #passed(gates: Gates): boolean {
    let passed = false;
    for (let i = 0; i < this.#gates.length; i++) {
      const open = gates.holds(this.#gates[i]!) ? 1 : 0;
      if (open !== this.#open[i]) passed = true;
      this.#open[i] = open;
    }
    if (passed) this.#reach = this.#measure();
    return passed;
  }

  /** How far back each class counts with the gates as they are; worked out once for each way they can be. */
  #measure(): Float64Array {
    const key = this.#open.join('');
    const known = this.#reaches.get(key);
    if (known !== undefined) return known;
    const reach = Float64Array.from(this.#ways, (ways) => {
      const open = ways.filter(({ gate }) => gate === -1 || this.#open[gate] === 1);
      return Math.max(-1, ...open.map(({ within }) => within));
    });
    if (this.#reaches.size > MEMORY) this.#reaches.clear();
    this.#reaches.set(key, reach);
    return reach;
  }

  /** Whether the youngest activities alone reach the cap. Bounds the work on leads that never stop clicking. */
  #surelyCapped(at: Instant): boolean {
    const { points, halfLife, cap } = this.#rule;
    if (halfLife === FOREVER || !Number.isFinite(cap) || points * cap <= 0) return false;
    const enough = Math.abs(cap) * (1 + MARGIN);
    const oldest = Math.max(this.#head, this.#size - YOUNG);
    let total = 0;
    for (let i = this.#size - 1; i >= oldest; i--) {
      const age = at - this.#instants[i]!;
      if (age > this.#reach[this.#classes[i]!]!) continue;
      total += Math.abs(points) * decay(age, halfLife);
      if (total > enough) return true;
    }
    return false;
  }
}

/** Whether a `did` test can fail although an activity matches it, so that it lets activities count only at times. */
export function isGate({ source: { times } }: DidLeaf): boolean {
  const { gte, ...others } = times;
  return Object.keys(others).length > 0 || gte === undefined || Number(gte) > 1;
}
