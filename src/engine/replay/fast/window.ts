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

const FOREVER = Number.POSITIVE_INFINITY;

/** A `did` test that lets activities count only while it holds. */
type Gate = { leaf: number; open: boolean };

/** A `did` test through which an activity may count: while its gate is open, and up to an age. */
type Way = { gate: Gate | null; within: number };

/** The `did` tests of one lead that let activities count. */
type Gates = { holds(leaf: number): boolean };

export class Window {
  readonly #rule: InterestRule;
  /** For each class the ways in which its activities may count. */
  readonly #ways: readonly (readonly Way[])[];
  readonly #gates: readonly Gate[];
  /** Nothing older than this counts, whatever the gates say. */
  readonly #longest: number;
  /** Whatever is not older than `#longest` counts, and once each: their number is all there is to know. */
  readonly #countsOnly: boolean;

  #instants = new Float64Array(0);
  #classes = new Uint32Array(0);
  #size = 0;
  /** Where those begin that are not older than `#longest`. */
  #head = 0;

  /** For each class how old an activity may be to count with the gates as they are; -1 when it may not. */
  readonly #reach: Float64Array;

  /** Up to where the activities were added up, and what came out. */
  #added = 0;
  #sum: Carried = { count: 0, sum: 0, last: 0 };
  /** The last instant at which all that were counted still count. */
  #until: Instant = FOREVER;

  constructor(rule: InterestRule, dids: readonly DidLeaf[], classes: Lists) {
    this.#rule = rule;
    this.#gates = rule.dids.filter((leaf) => isGate(dids[leaf]!)).map((leaf) => ({ leaf, open: false }));
    this.#ways = lists(classes).map((leaves) =>
      [...leaves]
        .filter((leaf) => rule.dids.includes(leaf))
        .map((leaf) => ({
          gate: this.#gates.find((gate) => gate.leaf === leaf) ?? null,
          within: Math.min(rule.within, dids[leaf]!.within),
        })),
    );
    const ages = rule.dids.map((leaf) => Math.min(rule.within, dids[leaf]!.within));
    this.#longest = Math.max(...ages);
    this.#countsOnly =
      rule.halfLife === FOREVER && this.#gates.length === 0 && ages.every((age) => age === this.#longest);
    this.#reach = new Float64Array(this.#ways.length);
    this.#measure();
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

  /** The sum before its cap; or just the cap, where the sum is certain to reach it. */
  read(at: Instant, gates: Gates): number {
    const { points, cap } = this.#rule;
    while (this.#head < this.#size && at - this.#instants[this.#head]! > this.#longest) this.#head++;
    if (this.#countsOnly) return points * (this.#size - this.#head);
    if (this.#passed(gates) || at > this.#until) {
      if (this.#surelyCapped(at)) {
        this.#until = Number.NEGATIVE_INFINITY; // nothing is added up
        return cap;
      }
      this.#restart();
    }
    this.#addNew(at);
    return left(this.#rule, this.#sum, at);
  }

  /** Whether activities that do not count now may do so later. */
  get gated(): boolean {
    return this.#gates.length > 0;
  }

  /** How many activities may count now or later. */
  get kept(): number {
    return this.#size - this.#head;
  }

  #restart(): void {
    this.#added = this.#head;
    this.#sum = { count: 0, sum: 0, last: 0 };
    this.#until = FOREVER;
  }

  #addNew(at: Instant): void {
    for (let i = Math.max(this.#added, this.#head); i < this.#size; i++) {
      const instant = this.#instants[i]!;
      const reach = this.#reach[this.#classes[i]!]!;
      if (at - instant > reach) continue;
      carry(this.#rule, this.#sum, instant);
      this.#until = Math.min(this.#until, instant + reach);
    }
    this.#added = this.#size;
  }

  /** Whether some gate has opened or closed since last asked. */
  #passed(gates: Gates): boolean {
    let passed = false;
    for (const gate of this.#gates) {
      const open = gates.holds(gate.leaf);
      if (open !== gate.open) passed = true;
      gate.open = open;
    }
    if (passed) this.#measure();
    return passed;
  }

  /** Works out how far back each class counts with the gates as they are. */
  #measure(): void {
    this.#ways.forEach((ways, one) => {
      const open = ways.filter(({ gate }) => gate === null || gate.open);
      this.#reach[one] = Math.max(-1, ...open.map(({ within }) => within));
    });
  }

  /** Whether the youngest activities alone reach the cap. Bounds the work on leads that never stop clicking. */
  #surelyCapped(at: Instant): boolean {
    const { points, halfLife, cap } = this.#rule;
    if (this.kept <= LONG || halfLife === FOREVER || !Number.isFinite(cap) || points * cap <= 0) return false;
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
