/** The lead that is being looked at: what is known of it, carried along in order of time, before a verdict is. */
import type { Instant } from '#engine/facts/facts.ts';
import { Behaviour } from './behaviour.ts';
import type { Binding } from './bind.ts';
import { Interest } from './interest.ts';
import type { Known } from './need.ts';
import type { Plan } from './plan.ts';
import { type StateNumbers, States } from './states.ts';

export type ActivityNumbers = {
  starts: Uint32Array;
  instants: Float64Array;
  codes: Uint32Array;
};

/** The numbers of columns: all that judging takes. */
export type Numbers = {
  activities: ActivityNumbers;
  states: StateNumbers;
};

export class Present {
  readonly states: States;
  readonly behaviour: Behaviour;
  readonly interest: Interest;
  readonly known: Known;
  /** The place of its state in the window on states. */
  place = 0;

  /** Its activities and states up to the end: from the number of the first up to, not including, another. */
  firstActivity = 0;
  endOfActivities = 0;
  /** The states that it came into at some instant; what held from the beginning is its state already. */
  firstRow = 0;
  endOfRows = 0;

  readonly #numbers: Numbers;
  readonly #until: Instant;
  /** The row of the state table at place 0 of the window. */
  #base = 0;

  /**
   * Nothing later than `until` is seen.
   * @param asked the `did` tests that will be asked for
   */
  constructor(plan: Plan, binding: Binding, numbers: Numbers, until: Instant, asked: ReadonlySet<number>) {
    const { instants, codes } = numbers.activities;
    this.#numbers = numbers;
    this.#until = until;
    this.states = new States(plan, binding, numbers.states);
    this.behaviour = new Behaviour(plan.rules.dids, asked, binding.classes);
    this.interest = new Interest(plan.rules, binding.classes, { instants, codes, classOf: binding.classOf });
    this.known = {
      static: (leaf) => this.states.truths[leaf]![this.place]!,
      did: (leaf) => this.behaviour.holds(leaf),
      fit: () => this.states.fit?.[this.place] ?? null,
    };
  }

  /** Works out what attributes decide for so many leads from `first` on; these can then be begun. */
  look(first: number, leads: number): void {
    const { starts } = this.#numbers.states;
    this.#base = starts[first]! - 1;
    this.states.look(starts[first]!, starts[first + leads]! - starts[first]!);
  }

  begin(lead: number): void {
    const { activities, states } = this.#numbers;
    const until = this.#until;
    this.firstActivity = activities.starts[lead]!;
    this.endOfActivities = reached(
      activities.instants,
      this.firstActivity,
      activities.starts[lead + 1]!,
      until,
    );
    this.firstRow = states.starts[lead]!;
    this.endOfRows = reached(states.since, this.firstRow, states.starts[lead + 1]!, until);
    this.place = 0;
    if (this.firstRow < this.endOfRows && states.since[this.firstRow] === Number.NEGATIVE_INFINITY) {
      this.come(this.firstRow++);
    }
    this.behaviour.reset();
    this.interest.reset(this.firstActivity);
  }

  /** Comes into the state of a row. */
  come(row: number): void {
    this.place = this.placeOf(row);
  }

  /** The place of a row's state in the window. */
  placeOf(row: number): number {
    return row - this.#base;
  }

  /** Whether nothing happened to the lead, so that it is judged at the end and only there. */
  get silent(): boolean {
    return this.firstActivity === this.endOfActivities && this.firstRow === this.endOfRows;
  }
}

/** Up to where a sorted run lies no later than an instant. Most of it does, so it is looked at from its end. */
function reached(instants: Float64Array, from: number, to: number, until: Instant): number {
  let end = to;
  while (end > from && instants[end - 1]! > until) end--;
  return end;
}
