/** The fast path's one pass: each lead's history is walked from end to end, and no activity is looked back at. */

import type { Rules } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { Sight, verdictName } from '#engine/verdict/decide.ts';
import { Behaviour } from './behaviour.ts';
import type { Binding } from './bind.ts';
import { left } from './bound.ts';
import { Interest } from './interest.ts';
import { type Known, type Need, needOfMql } from './need.ts';
import type { Plan } from './plan.ts';
import { BLOCK, didsAsked, Standing } from './standing.ts';
import { type StateNumbers, States } from './states.ts';
import { MQL, type Standings, type Tracks } from './tracks.ts';
import { FALSE, TRUE, toTruth } from './truth.ts';
import { isGate } from './window.ts';

/** The numbers of columns: all that walking takes. */
export type Numbers = {
  activities: { starts: Uint32Array; instants: Float64Array; codes: Uint32Array };
  states: StateNumbers;
};

const NEVER = Number.POSITIVE_INFINITY;
/** More than rounding can make of a sum of millions of terms. */
const MARGIN = 1e-9;

export class Walk {
  readonly #rules: Rules;
  readonly #binding: Binding;
  readonly #numbers: Numbers;
  /** Nothing later than this is seen. */
  readonly #until: Instant;
  readonly #states: States;
  readonly #behaviour: Behaviour;
  readonly #interest: Interest;
  readonly #standing: Standing;
  readonly #needOfMql: Need;
  readonly #known: Known;
  /** The place of the present lead's state in the window on states. */
  #place = 0;
  /** The row of the state table at place 0 of the window. */
  #base = 0;

  constructor(plan: Plan, binding: Binding, numbers: Numbers, until: Instant) {
    const { dids, interest } = plan.rules;
    const { instants, codes } = numbers.activities;
    const gates = interest.flatMap((rule) => rule.dids.filter((leaf) => isGate(dids[leaf]!)));
    this.#rules = plan.rest;
    this.#binding = binding;
    this.#numbers = numbers;
    this.#until = until;
    this.#states = new States(plan, binding, numbers.states);
    this.#behaviour = new Behaviour(dids, new Set([...didsAsked(plan.rest), ...gates]), binding.classes);
    this.#interest = new Interest(plan.rules, binding.classes, { instants, codes, classOf: binding.classOf });
    this.#standing = new Standing(plan.rest, this.#states);
    this.#needOfMql = needOfMql(plan.rest);
    this.#known = {
      static: (leaf) => this.#states.truths[leaf]![this.#place]!,
      did: (leaf) => this.#behaviour.holds(leaf),
      fit: () => this.#states.fit?.[this.#place] ?? null,
    };
  }

  /** Replays the leads from number `from` up to `to`. */
  replay(from: number, to: number, out: Tracks): void {
    this.#blocks(from, to, out, out.mqlAt);
  }

  /** Judges the leads from number `from` up to `to`, at the end alone. */
  judge(from: number, to: number, out: Standings): void {
    this.#blocks(from, to, out, null);
  }

  /** Block by block: works out what attributes decide, walks the leads, and writes how they stand at the end. */
  #blocks(from: number, to: number, out: Standings, mqlAt: Float64Array | null): void {
    const { starts } = this.#numbers.states;
    for (let first = from; first < to; first += BLOCK) {
      const leads = Math.min(BLOCK, to - first);
      this.#base = starts[first]! - 1;
      this.#states.look(starts[first]!, starts[first + leads]! - starts[first]!);
      for (let i = 0; i < leads; i++) {
        const found = this.#walk(first + i, mqlAt !== null);
        if (mqlAt !== null) mqlAt[first + i] = found;
        this.#stand(i);
      }
      this.#standing.write(leads, out, first);
      if (mqlAt !== null) this.#judgeTheSilent(first, leads, out, mqlAt);
    }
  }

  /** Walks one lead to the end. The first instant whose verdict is `mql`, NaN when there is none or none is wanted. */
  #walk(lead: number, search: boolean): Instant {
    const { starts, instants, codes } = this.#numbers.activities;
    const { starts: rows, since } = this.#numbers.states;
    const { classOf } = this.#binding;
    const { bound } = this.#interest;
    const { rises, pace } = bound;
    const { counts, timed } = this.#behaviour;
    let next = starts[lead]!;
    let row = rows[lead]!;
    const end = reached(instants, next, starts[lead + 1]!, this.#until);
    const lastRow = reached(since, row, rows[lead + 1]!, this.#until);

    this.#behaviour.reset();
    this.#interest.reset(next);
    this.#place = 0;
    if (row < lastRow && since[row] === Number.NEGATIVE_INFINITY) this.#place = row++ - this.#base;

    let found = Number.NaN;
    let need = search ? this.#need() : NEVER;
    let { fading, lasting, step } = bound;
    let change = row < lastRow ? since[row]! : NEVER;
    let stop = before(instants, next, end, change);
    for (;;) {
      let at = NEVER;
      let changed = false;
      if (need === NEVER) {
        // On to the first activity that may change that. No account is kept of interest while it does not matter.
        const first = next;
        if (!timed) while (next < stop && counts[classOf[codes[next]!]!] === 0) next++;
        if (next > first) lasting = NEVER;
        if (next < stop) at = instants[next]!;
      } else {
        // On to the first activity that does more than add to what interest can be at most.
        while (next < stop) {
          const one = classOf[codes[next]!]!;
          if (counts[one] === 1 || timed) {
            at = instants[next]!;
            break;
          }
          const now = (instants[next]! * pace) | 0;
          if (now !== step) fading *= left(now - step);
          step = now;
          fading += rises[2 * one]!;
          lasting += rises[2 * one + 1]!;
          next++;
          if (fading + lasting < need) continue;
          at = instants[next - 1]!;
          break;
        }
      }
      if (at === NEVER) {
        if (change === NEVER) break;
        at = change;
        changed = true;
        this.#place = row++ - this.#base;
        change = row < lastRow ? since[row]! : NEVER;
        stop = before(instants, next, end, change);
      }
      // A verdict is of an instant: with everything that happened at it.
      const now = (at * pace) | 0;
      if (now !== step) fading *= left(now - step);
      step = now;
      for (; next < stop && instants[next] === at; next++) {
        const one = classOf[codes[next]!]!;
        fading += rises[2 * one]!;
        lasting += rises[2 * one + 1]!;
        if (counts[one] === 1 && this.#behaviour.count(one, at)) changed = true;
      }
      if (timed && this.#behaviour.move(at)) changed = true;
      if (changed) need = search && Number.isNaN(found) ? this.#need() : NEVER;
      if (need === NEVER || fading + lasting < need) continue;
      this.#interest.settle(next);
      if (this.#isMql(at, need)) {
        found = at;
        need = NEVER;
      }
      ({ fading, lasting, step } = bound);
    }
    this.#interest.settle(end);
    return found;
  }

  /** The interest below which nobody can be an MQL as the lead stands, less what rounding may have made of a bound. */
  #need(): number {
    const need = this.#needOfMql(this.#known);
    return need === NEVER ? NEVER : need * (1 - MARGIN);
  }

  /** Whether the verdict at an instant is `mql`, with everything settled that was done by then. */
  #isMql(at: Instant, need: number): boolean {
    const interest = this.#interest.readAndBound(at, this.#behaviour);
    if (interest < need) return false;
    return verdictName(this.#rules, new Moment(this.#rules, this.#known, at, interest)) === 'mql';
  }

  /** Notes how the lead just walked stands at the end, for the block to be judged. */
  #stand(i: number): void {
    this.#behaviour.move(this.#until);
    this.#standing.place[i] = this.#place;
    this.#standing.interest[i] = this.#interest.read(this.#until, this.#behaviour);
    for (const { leaf, truths } of this.#standing.dids)
      truths[i] = this.#behaviour.holds(leaf) ? TRUE : FALSE;
  }

  /** A lead to whom nothing happened is judged at the end, and only there. */
  #judgeTheSilent(first: number, leads: number, { verdict }: Standings, mqlAt: Float64Array): void {
    const { starts, instants } = this.#numbers.activities;
    const { starts: rows, since } = this.#numbers.states;
    for (let lead = first; lead < first + leads; lead++) {
      if (verdict[lead] !== MQL) continue;
      const did = reached(instants, starts[lead]!, starts[lead + 1]!, this.#until) > starts[lead]!;
      const last = reached(since, rows[lead]!, rows[lead + 1]!, this.#until) - 1;
      const became = last >= rows[lead]! && since[last] !== Number.NEGATIVE_INFINITY;
      if (!did && !became) mqlAt[lead] = this.#until;
    }
  }
}

/** Up to where a sorted run lies no later than an instant. */
function reached(instants: Float64Array, from: number, to: number, until: Instant): number {
  let end = to;
  while (end > from && instants[end - 1]! > until) end--;
  return end;
}

/** Up to where a sorted run lies before an instant. */
function before(instants: Float64Array, from: number, to: number, instant: Instant): number {
  if (instant === NEVER) return to;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (instants[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A lead at an instant of its walk, interest being known. */
class Moment extends Sight {
  readonly #fit: number | null;
  readonly #interest: number;

  constructor(rules: Rules, known: Known, at: Instant, interest: number) {
    super(rules, {
      at,
      attribute: (leaf) => toTruth(known.static(leaf)),
      did: (leaf) => known.did(leaf),
      interestPoints: () => interest,
    });
    this.#fit = known.fit();
    this.#interest = interest;
  }

  override fit(): number {
    return this.#fit ?? super.fit();
  }

  override interest(): number {
    return this.#interest;
  }
}
