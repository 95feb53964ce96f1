/**
 * When leads became MQLs. Each lead is walked once from its first activity to its last, and none is looked back at;
 * interest is worked out only where it could make an MQL.
 */
import type { Rules } from '#engine/criterion/compile.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { Sight, verdictName } from '#engine/verdict/decide.ts';
import type { VerdictName } from '#engine/verdict/verdict.ts';
import type { Binding } from './bind.ts';
import type { Rises } from './bound.ts';
import type { Known } from './need.ts';
import type { Plan } from './plan.ts';
import { type Numbers, Present } from './present.ts';
import { OPEN, type Prospect, Prospects } from './prospect.ts';
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
  readonly #prospects: Prospects;
  /** For each class 1 when a `did` test counts its activities. */
  readonly #counts: Uint8Array;
  /** The same for each code of an activity; and whether there are any at all. */
  readonly #counted: Uint8Array;
  readonly #counting: boolean;
  /** What the activities of each class do to the bound on interest, taken up to the first counted one or in any case. */
  readonly #stopping: Rises;
  readonly #unstopped: Rises;
  /** For each lead of the block that is looked at the code of its verdict, where attributes settle that. */
  readonly #settled = new Uint8Array(BLOCK);
  /** The first of them. */
  #first = 0;

  /** Nothing later than `until` is seen. */
  constructor(plan: Plan, binding: Binding, numbers: Numbers, until: Instant) {
    this.#rules = plan.rest;
    this.#binding = binding;
    this.#numbers = numbers;
    this.#until = until;
    this.#lead = new Present(plan, binding, numbers, until, didsOfVerdict(plan.rest));
    this.#prospects = new Prospects(plan.rest, this.#lead.states);
    this.#counts = this.#lead.behaviour.counts;
    this.#counted = Uint8Array.from(binding.classOf, (one) => this.#counts[one]!);
    this.#counting = this.#counts.includes(1);
    const { bound } = this.#lead.interest;
    this.#stopping = bound.rises(this.#counts);
    this.#unstopped = bound.rises(this.#counts.map(() => 0));
  }

  /** Replays the leads from number `from` up to `to`. */
  replay(from: number, to: number, tracks: Tracks): void {
    for (let first = from; first < to; first += BLOCK) {
      const end = Math.min(to, first + BLOCK);
      this.look(first, end);
      this.walk(first, end, tracks);
    }
  }

  /** Looks at what attributes decide of the leads from number `from` up to `to`, a block of them at most. */
  look(from: number, to: number): void {
    this.#lead.look(from, to - from);
    this.#prospects.look();
    this.#first = from;
    for (let lead = from; lead < to; lead++) this.#settled[lead - from] = this.#settledByStates(lead);
  }

  /** Of a lead that was looked at: whether anything it did may matter. Of all others only what is counted does. */
  isOpen(lead: number): boolean {
    return this.#settled[lead - this.#first] === OPEN;
  }

  /** For each code of an activity 1 when a `did` test counts it. */
  get counted(): Uint8Array {
    return this.#counted;
  }

  /** Replays leads that were looked at. */
  walk(from: number, to: number, { mqlAt, verdict }: Tracks): void {
    for (let lead = from; lead < to; lead++) {
      const settled = this.#settled[lead - this.#first]!;
      if (settled !== OPEN && !this.#isCounted(lead)) {
        verdict[lead] = settled;
        mqlAt[lead] = Number.NaN;
        continue;
      }
      this.#lead.begin(lead);
      const found = this.#walk();
      verdict[lead] = this.#verdictAtTheEnd();
      mqlAt[lead] = this.#lead.silent && verdict[lead] === MQL ? this.#until : found;
    }
  }

  /**
   * The code of the verdict of a lead that cannot become an MQL in any of its states, unless it does something that a
   * `did` test counts; OPEN for all others.
   */
  #settledByStates(lead: number): number {
    const { starts, since } = this.#numbers.states;
    const prospects = this.#prospects;
    let settled = prospects.settled(0);
    for (let row = starts[lead]!; row < starts[lead + 1]!; row++) {
      if (settled === OPEN || since[row]! > this.#until) break;
      settled = prospects.settled(this.#lead.placeOf(row));
    }
    return settled;
  }

  /** Whether a lead did something that a `did` test counts. */
  #isCounted(lead: number): boolean {
    if (!this.#counting) return false;
    const { starts, codes } = this.#numbers.activities;
    const counted = this.#counted;
    const end = starts[lead + 1]!;
    for (let i = starts[lead]!; i < end; i++) if (counted[codes[i]!] === 1) return true;
    return false;
  }

  /** Walks the present lead to its end. The first instant whose verdict is `mql`, NaN when there is none. */
  #walk(): Instant {
    const { instants, codes } = this.#numbers.activities;
    const { since } = this.#numbers.states;
    const { classOf } = this.#binding;
    const lead = this.#lead;
    const { behaviour, interest, endOfRows } = lead;
    const { bound } = interest;
    const counts = this.#counts;
    const end = lead.endOfActivities;
    let next = lead.firstActivity;
    let row = lead.firstRow;

    let { need, sure } = this.#prospect();
    let change = row < endOfRows ? since[row]! : NEVER;
    let stop = before(instants, next, end, change);
    for (;;) {
      let at = NEVER;
      if (need === NEVER) {
        // On to the first activity that may change that. No account is kept of interest while it does not matter.
        next = this.#skip(next, stop);
        if (next < stop) at = instants[next]!;
      } else {
        // On to the first activity that does more than add to what interest can be at most.
        const reached = bound.take(stop, need, this.#stopping, behaviour.until);
        next = bound.taken;
        if (reached) at = instants[next - 1]!;
        else if (next < stop) at = instants[next]!;
      }
      let changed = false;
      if (at === NEVER) {
        if (change === NEVER) return Number.NaN;
        at = change;
        changed = true;
        lead.come(row++);
        change = row < endOfRows ? since[row]! : NEVER;
        stop = before(instants, next, end, change);
      }
      // A verdict is of an instant: with everything that happened at it.
      for (; next < stop && instants[next] === at; next++) {
        const one = classOf[codes[next]!]!;
        if (counts[one] === 1 && behaviour.count(one, at)) changed = true;
      }
      if (behaviour.move(at)) changed = true;
      if (changed) ({ need, sure } = this.#prospect());
      if (need === NEVER) continue;
      if (bound.taken < next) bound.take(next, NEVER, this.#unstopped, NEVER);
      if (bound.at(at) < need) continue;
      if (sure > 0) {
        const amount = interest.workOutAndBound(next, at);
        if (amount < need) continue;
        if (amount < sure && this.#verdict(at, amount) !== 'mql') continue;
      }
      this.#follow(next, row);
      return at;
    }
  }

  /** Up to the first activity that a `did` test counts, or that is so late that one may have changed its answer. */
  #skip(from: number, to: number): number {
    const { instants, codes } = this.#numbers.activities;
    const counted = this.#counted;
    const { until } = this.#lead.behaviour;
    if (!this.#counting) return to;
    let next = from;
    if (until === NEVER) while (next < to && counted[codes[next]!] === 0) next++;
    else while (next < to && counted[codes[next]!] === 0 && instants[next]! <= until) next++;
    return next;
  }

  /** Goes on to the end from an instant at which the lead became an MQL. */
  #follow(from: number, fromRow: number): void {
    const { instants, codes } = this.#numbers.activities;
    const { classOf } = this.#binding;
    const { behaviour, endOfActivities, endOfRows } = this.#lead;
    if (this.#counting) {
      for (let next = from; next < endOfActivities; next++) {
        const one = classOf[codes[next]!]!;
        if (this.#counts[one] === 1) behaviour.count(one, instants[next]!);
      }
    }
    if (fromRow < endOfRows) this.#lead.come(endOfRows - 1);
  }

  #verdictAtTheEnd(): number {
    const { behaviour, interest, endOfActivities } = this.#lead;
    behaviour.move(this.#until);
    const { need, sure, otherwise } = this.#prospect();
    if (sure === 0) return MQL;
    if (otherwise !== null && need === NEVER) return otherwise;
    if (this.#boundAtTheEnd() < need && otherwise !== null) return otherwise;
    const amount = interest.workOut(endOfActivities, this.#until);
    if (amount >= sure) return MQL;
    if (otherwise !== null && amount < need) return otherwise;
    return VERDICTS.indexOf(this.#verdict(this.#until, amount));
  }

  #boundAtTheEnd(): number {
    const { bound } = this.#lead.interest;
    bound.take(this.#lead.endOfActivities, NEVER, this.#unstopped, NEVER);
    return bound.at(this.#until);
  }

  /** What can become of the lead, as it stands. */
  #prospect(): Prospect {
    return this.#prospects.of(this.#lead.known, this.#lead.place);
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
