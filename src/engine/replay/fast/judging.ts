/** How leads stand at one instant, with everything that can be said of them. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Binding } from './bind.ts';
import type { Plan } from './plan.ts';
import { type Numbers, Present } from './present.ts';
import { BLOCK, didsAsked, Standing } from './standing.ts';
import type { Standings } from './tracks.ts';
import { FALSE, TRUE } from './truth.ts';

export class Judging {
  readonly #binding: Binding;
  readonly #numbers: Numbers;
  readonly #at: Instant;
  readonly #lead: Present;
  readonly #standing: Standing;

  constructor(plan: Plan, binding: Binding, numbers: Numbers, at: Instant) {
    this.#binding = binding;
    this.#numbers = numbers;
    this.#at = at;
    this.#lead = new Present(plan, binding, numbers, at, didsAsked(plan.rest));
    this.#standing = new Standing(plan.rest, this.#lead.states);
  }

  /** Judges the leads from number `from` up to `to`. */
  judge(from: number, to: number, out: Standings): void {
    for (let first = from; first < to; first += BLOCK) {
      const leads = Math.min(BLOCK, to - first);
      this.#lead.look(first, leads);
      for (let i = 0; i < leads; i++) {
        this.#lead.begin(first + i);
        this.#stand(i);
      }
      this.#standing.write(leads, out, first);
    }
  }

  /** Takes the present lead up to the instant, and notes what its block is judged by. */
  #stand(i: number): void {
    const { instants, codes } = this.#numbers.activities;
    const { classOf } = this.#binding;
    const lead = this.#lead;
    const { behaviour, interest, firstActivity, endOfActivities } = lead;
    if (lead.firstRow < lead.endOfRows) lead.come(lead.endOfRows - 1);
    for (let next = firstActivity; next < endOfActivities; next++) {
      const one = classOf[codes[next]!]!;
      if (behaviour.counts[one] === 1) behaviour.count(one, instants[next]!);
    }
    behaviour.move(this.#at);
    interest.settle(endOfActivities, this.#at);
    this.#standing.place[i] = lead.place;
    this.#standing.interest[i] = interest.read(this.#at);
    for (const { leaf, truths } of this.#standing.dids) truths[i] = behaviour.holds(leaf) ? TRUE : FALSE;
  }
}
