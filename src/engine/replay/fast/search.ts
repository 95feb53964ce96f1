/**
 * When leads became MQLs. Each lead is walked once from its first activity to its last, and none is looked back at;
 * interest is worked out only where it could make an MQL.
 */
import type { Rules } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { Sight, verdictName } from '#engine/verdict/decide.ts';
import type { VerdictName } from '#engine/verdict/verdict.ts';
import type { Binding } from './bind.ts';
import { left } from './bound.ts';
import type { Known } from './need.ts';
import type { Plan } from './plan.ts';
import { type Numbers, Present } from './present.ts';
import { type Prospect, prospectsBy } from './prospect.ts';
import { BLOCK, didsOfVerdict } from './standing.ts';
import { MQL, type Tracks, VERDICTS } from './tracks.ts';
import { toTruth } from './truth.ts';

const NEVER = Number.POSITIVE_INFINITY;

export class Search {
  readonly #rules: Rules;
  readonly #binding: Binding;
  readonly #numbers: Numbers;
  readonly #until: Instant;
  readonly #lead: Present;
  readonly #prospectOf: (known: Known) => Prospect;

  /** Nothing later than `until` is seen. */
  constructor(plan: Plan, binding: Binding, numbers: Numbers, until: Instant) {
    this.#rules = plan.rest;
    this.#binding = binding;
    this.#numbers = numbers;
    this.#until = until;
    this.#lead = new Present(plan, binding, numbers, until, didsOfVerdict(plan.rest));
    this.#prospectOf = prospectsBy(plan.rest);
  }

  /** Replays the leads from number `from` up to `to`. */
  replay(from: number, to: number, { mqlAt, verdict }: Tracks): void {
    for (let first = from; first < to; first += BLOCK) {
      const leads = Math.min(BLOCK, to - first);
      this.#lead.look(first, leads);
      for (let lead = first; lead < first + leads; lead++) {
        this.#lead.begin(lead);
        const found = this.#walk();
        verdict[lead] = this.#verdictAtTheEnd();
        mqlAt[lead] = this.#lead.silent && verdict[lead] === MQL ? this.#until : found;
      }
    }
  }

  /** Walks the present lead to its end. The first instant whose verdict is `mql`, NaN when there is none. */
  #walk(): Instant {
    const { instants, codes } = this.#numbers.activities;
    const { since } = this.#numbers.states;
    const { classOf } = this.#binding;
    const lead = this.#lead;
    const { behaviour, interest, endOfRows } = lead;
    const { bound } = interest;
    const { rises, pace } = bound;
    const { counts, timed } = behaviour;
    const end = lead.endOfActivities;
    let next = lead.firstActivity;
    let row = lead.firstRow;

    let { need } = this.#prospectOf(lead.known);
    let { fading, lasting, step } = bound;
    let change = row < endOfRows ? since[row]! : NEVER;
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
        lead.come(row++);
        change = row < endOfRows ? since[row]! : NEVER;
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
        if (counts[one] === 1 && behaviour.count(one, at)) changed = true;
      }
      if (timed && behaviour.move(at)) changed = true;
      if (changed) ({ need } = this.#prospectOf(lead.known));
      if (need === NEVER || fading + lasting < need) continue;
      interest.settle(next, at);
      const amount = interest.readAndBound(at);
      if (amount >= need && this.#verdict(at, amount) === 'mql') {
        this.#follow(next, row);
        return at;
      }
      ({ fading, lasting, step } = bound);
    }
    // What interest cannot exceed at the end.
    bound.fading = fading * left(((this.#until * pace) | 0) - step);
    bound.lasting = lasting;
    return Number.NaN;
  }

  /** Goes on to the end from an instant at which the lead became an MQL, with what its interest cannot exceed. */
  #follow(from: number, fromRow: number): void {
    const { instants, codes } = this.#numbers.activities;
    const { classOf } = this.#binding;
    const { behaviour, interest, endOfActivities, endOfRows } = this.#lead;
    const { bound } = interest;
    const { rises, pace } = bound;
    const { counts } = behaviour;
    let { fading, lasting, step } = bound;
    for (let next = from; next < endOfActivities; next++) {
      const one = classOf[codes[next]!]!;
      const at = instants[next]!;
      if (counts[one] === 1) behaviour.count(one, at);
      if (rises[2 * one] !== 0) {
        const now = (at * pace) | 0;
        if (now !== step) fading *= left(now - step);
        step = now;
        fading += rises[2 * one]!;
      }
      lasting += rises[2 * one + 1]!;
    }
    if (fromRow < endOfRows) this.#lead.come(endOfRows - 1);
    bound.fading = fading * left(((this.#until * pace) | 0) - step);
    bound.lasting = lasting;
  }

  #verdictAtTheEnd(): number {
    const { behaviour, interest, known, endOfActivities } = this.#lead;
    behaviour.move(this.#until);
    const { need, otherwise } = this.#prospectOf(known);
    const { fading, lasting } = interest.bound;
    if (otherwise !== null && (need === NEVER || fading + lasting < need)) return otherwise;
    interest.settle(endOfActivities, this.#until);
    return VERDICTS.indexOf(this.#verdict(this.#until, interest.read(this.#until)));
  }

  #verdict(at: Instant, interest: number): VerdictName {
    return verdictName(this.#rules, new Moment(this.#rules, this.#lead.known, at, interest));
  }
}

/** Up to where a sorted run lies before an instant. */
function before(instants: Float64Array, from: number, to: number, instant: Instant): number {
  if (instant === NEVER) return to;
  if (from === to || instants[from]! >= instant) return from;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (instants[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A lead at an instant of its history, interest being known. */
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
