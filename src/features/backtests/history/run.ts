/** Activities on their way from rows to chunks and from chunks to columns: lead by lead, each lead's in order of time. */
import type { Instant } from '#engine/facts/facts.ts';
import { Growing } from '#engine/replay/columns/memory.ts';
import { byLead, sortWithin } from '#engine/replay/columns/order.ts';

/** An activity's type and properties, as JSON texts with a line's end between: JSON has none of its own. */
export type SignatureText = string;

/** Activities of `leads[i]`, in ascending order, are those from `starts[i]` up to `starts[i + 1]`. */
export type Run = {
  leads: Float64Array;
  starts: Uint32Array;
  instants: Float64Array;
  /** Places in `signatures`. */
  codes: Uint32Array;
  signatures: readonly SignatureText[];
};

/** Takes activities in any order of leads. Of one lead, those of the same instant stay in the order they came in. */
export class RunBuilder {
  readonly #slots = new Map<number, number>();
  readonly #codes = new Map<SignatureText, number>();
  readonly #lead = new Growing(Uint32Array);
  readonly #at = new Growing(Float64Array);
  readonly #code = new Growing(Uint32Array);

  get length(): number {
    return this.#lead.length;
  }

  code(signature: SignatureText): number {
    let code = this.#codes.get(signature);
    if (code === undefined) {
      code = this.#codes.size;
      this.#codes.set(signature, code);
    }
    return code;
  }

  add(lead: number, at: Instant, code: number): void {
    let slot = this.#slots.get(lead);
    if (slot === undefined) {
      slot = this.#slots.size;
      this.#slots.set(lead, slot);
    }
    this.#lead.push(slot);
    this.#at.push(at);
    this.#code.push(code);
  }

  build(): Run {
    const leads = Float64Array.from(this.#slots.keys()).sort();
    const places = new Uint32Array(leads.length);
    leads.forEach((lead, place) => {
      places[this.#slots.get(lead)!] = place;
    });
    const placed = new Growing(Uint32Array);
    for (let i = 0; i < this.length; i++) placed.push(places[this.#lead.at(i)]!);
    const { starts, place } = byLead(placed, leads.length, false);
    const instants = new Float64Array(this.length);
    const codes = new Uint32Array(this.length);
    place((from, to) => {
      instants[to] = this.#at.at(from);
      codes[to] = this.#code.at(from);
    });
    for (let i = 0; i < leads.length; i++) sortWithin(instants, codes, starts[i]!, starts[i + 1]!);
    return { leads, starts, instants, codes, signatures: [...this.#codes.keys()] };
  }
}
