/** What attributes alone decide, worked out for many states of leads at a time. */
import { grown } from '../columns/memory.ts';
import type { Binding } from './bind.ts';
import type { FitStep, Plan, Static } from './plan.ts';
import { combine, FALSE, TRUE, type Truths } from './truth.ts';

/** The numbers of a state table; the texts stay behind. */
export type StateNumbers = { starts: Uint32Array; since: Float64Array; codes: readonly Uint32Array[] };

type Points = Extract<FitStep, { kind: 'points' }>;

/** A window on a state table. Place 0 is the state that knows nothing, place `i` the row `first + i - 1`. */
export class States {
  /** For each static of the plan its truth by place. */
  readonly truths: Truths[] = [];
  /** Fit by place; null when it depends on behaviour. */
  fit: Float64Array | null;

  readonly #plan: Plan;
  readonly #binding: Binding;
  readonly #codes: readonly Uint32Array[];
  readonly #points: ReadonlyMap<FitStep, Float64Array>;
  readonly #buffers = new Map<Static | number, Truths>();
  readonly #answered = new Set<number>();
  #before = 0;
  #places = 0;

  constructor(plan: Plan, binding: Binding, { codes }: StateNumbers) {
    this.#plan = plan;
    this.#binding = binding;
    this.#codes = codes;
    const steps = (plan.fit ?? []).filter((step) => step.kind === 'points');
    this.#points = new Map(steps.map((step, i) => [step, binding.points[i]!]));
    this.fit = plan.fit === null ? null : new Float64Array(0);
  }

  /** How many places the window has. */
  get places(): number {
    return this.#places;
  }

  /** Moves the window to `count` rows from row `first` on. */
  look(first: number, count: number): void {
    this.#before = first - 1;
    this.#places = count + 1;
    this.#answered.clear();
    if (this.#plan.fit !== null) this.fit = this.#workOutFit(this.#plan.fit, this.fit!);
    this.#plan.statics.forEach((one, k) => {
      this.truths[k] = this.#ask(one);
    });
  }

  #workOutFit(steps: readonly FitStep[], room: Float64Array): Float64Array {
    const fit = grown(room, Float64Array, this.#places);
    fit.fill(0, 0, this.#places);
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!;
      const four = steps.slice(i, i + 4).filter((one) => one.kind === 'points');
      if (step.kind === 'criterion') addWhere(fit, this.#ask(step.when), step.points, this.#places);
      else if (four.length === 4 && this.#addFour(fit, four)) i += 3;
      else this.#addPoints(fit, this.#points.get(step)!, step.attribute);
    }
    for (let i = 0; i < this.#places; i++) if (fit[i]! < 0) fit[i] = 0;
    return fit;
  }

  /** Four steps at a time, in their order, while the sum is at hand. @returns whether all their attributes are there */
  #addFour(fit: Float64Array, steps: readonly Points[]): boolean {
    const [a, b, c, d] = steps.map(({ attribute }) => this.#codesOf(attribute));
    if (!a || !b || !c || !d) return false;
    const [ofA, ofB, ofC, ofD] = steps.map((step) => this.#points.get(step)!) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const places = this.#places;
    const before = this.#before;
    fit[0] = fit[0]! + ofA[0]! + ofB[0]! + ofC[0]! + ofD[0]!;
    for (let i = 1; i < places; i++) {
      const row = before + i;
      fit[i] = fit[i]! + ofA[a[row]!]! + ofB[b[row]!]! + ofC[c[row]!]! + ofD[d[row]!]!;
    }
    return true;
  }

  #addPoints(fit: Float64Array, points: Float64Array, attribute: string): void {
    const codes = this.#codesOf(attribute);
    const places = this.#places;
    const missing = points[0]!;
    if (codes === null) {
      for (let i = 0; i < places; i++) fit[i]! += missing;
      return;
    }
    const before = this.#before;
    fit[0]! += missing;
    for (let i = 1; i < places; i++) fit[i]! += points[codes[before + i]!]!;
  }

  #ask(one: Static): Truths {
    switch (one.kind) {
      case 'table':
        return this.#askTable(one.table);
      case 'fit': {
        const out = this.#buffer(one);
        for (let i = 0; i < this.#places; i++) out[i] = one.holds(this.fit![i]!) ? TRUE : FALSE;
        return out;
      }
      default: {
        const parts = one.of.map((part) => this.#ask(part));
        const out = this.#buffer(one);
        combine[one.kind](parts, out, this.#places);
        return out;
      }
    }
  }

  #askTable(table: number): Truths {
    const out = this.#buffer(table);
    if (this.#answered.has(table)) return out;
    this.#answered.add(table);
    const truths = this.#binding.truths[table]!;
    const codes = this.#codesOf(this.#plan.tables[table]!.attribute);
    const places = this.#places;
    if (codes === null) return out.fill(truths[0]!, 0, places);
    const before = this.#before;
    out[0] = truths[0]!;
    for (let i = 1; i < places; i++) out[i] = truths[codes[before + i]!]!;
    return out;
  }

  #codesOf(attribute: string): Uint32Array | null {
    const column = this.#binding.columnOf.get(attribute);
    return column === undefined ? null : this.#codes[column]!;
  }

  #buffer(of: Static | number): Truths {
    let buffer = this.#buffers.get(of);
    if (buffer === undefined || buffer.length < this.#places) {
      buffer = new Uint8Array(this.#places);
      this.#buffers.set(of, buffer);
    }
    return buffer;
  }
}

function addWhere(sums: Float64Array, truths: Truths, points: number, n: number): void {
  for (let i = 0; i < n; i++) if (truths[i] === TRUE) sums[i]! += points;
}
