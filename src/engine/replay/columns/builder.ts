/** Puts leads, attribute changes and activities into columns, in whatever order they come. */
import { fold } from '#engine/criterion/value.ts';
import type { Instant, Raw } from '#engine/facts/facts.ts';
import { spread } from '#engine/facts/seen.ts';
import type { AttributeColumn, Columns } from '../columns.ts';
import { Dictionary } from './dictionary.ts';
import type { Footprint } from './footprint.ts';
import { allocate, Growing } from './memory.ts';
import { byLead, type Order, sortWithin } from './order.ts';
import { type Layout, layoutOf, Signatures, textIn } from './signatures.ts';

type Options = {
  /** What the pacts to be judged read (`footprint(pacts)`); everything is kept when it is left out. */
  footprint?: Footprint;
  /** Put the columns into shared memory, for worker threads. */
  shared?: boolean;
};

/** Takes a row of cells under the header it was made for. */
export type ChangeRow = (lead: number, at: Instant | null, cells: readonly Raw[]) => void;
export type ActivityRow = (lead: number, at: Instant, type: string, cells: readonly Raw[]) => void;

export class ColumnsBuilder {
  readonly #ids: string[] = [];
  readonly #numbers = new Map<string, number>();

  readonly #shared: boolean;
  readonly #wanted: ReadonlySet<string> | null;
  readonly #attributes: { name: string; dictionary: Dictionary }[] = [];
  readonly #slots = new Map<string, number>();
  readonly #changes = {
    lead: new Growing(Uint32Array),
    at: new Growing(Float64Array),
    cells: new Growing(Uint32Array),
  };
  /** What the changes set, in order: the attribute, and the code of its value. */
  readonly #cells = { slot: new Growing(Uint32Array), code: new Growing(Uint32Array) };

  readonly #signatures: Signatures;
  readonly #activities = {
    lead: new Growing(Uint32Array),
    at: new Growing(Float64Array),
    code: new Growing(Uint32Array),
  };

  constructor({ footprint, shared = false }: Options = {}) {
    this.#shared = shared;
    this.#wanted = footprint?.attributes ?? null;
    this.#signatures = new Signatures(footprint ?? null);
  }

  /** The number of a lead, by its id; a new one when the id is new. */
  lead(id: string): number {
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.#ids.push(id) - 1;
      this.#numbers.set(id, number);
    }
    return number;
  }

  /** The number of a lead that is known already. */
  find(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  /** Attributes of a lead that became so at an instant, or have been so from the beginning (`null`). */
  change(lead: number, at: Instant | null, values: Record<string, Raw>): void {
    this.#openChange(lead, at);
    spread(values, '', (name, raw) => {
      const slot = this.#slot(name);
      if (slot !== null) this.#set(slot, raw);
    });
  }

  /** For rows of a table: the header is read once, and columns that no pact reads cost nothing. */
  changeRows(header: readonly string[]): ChangeRow {
    const columns = header.flatMap((name, column) => {
      const slot = this.#slot(fold(name));
      return slot === null ? [] : [{ slot, column }];
    });
    return (lead, at, cells) => {
      this.#openChange(lead, at);
      for (const { slot, column } of columns) this.#set(slot, cells[column]);
    };
  }

  activity(lead: number, at: Instant, type: string, properties: Record<string, Raw>): void {
    this.#append(lead, at, this.#signatures.code(type, properties));
  }

  /** For rows of a table whose cells under `header` are the activity's properties. */
  activityRows(header: readonly string[]): ActivityRow {
    const layouts = new Map<object, Layout>();
    return (lead, at, type, cells) => {
      const kind = this.#signatures.kind(type);
      let layout = layouts.get(kind);
      if (layout === undefined) {
        layout = layoutOf(kind, header);
        layouts.set(kind, layout);
      }
      const { names, columns } = layout;
      this.#append(
        lead,
        at,
        this.#signatures.coded(kind, names, (_, index) => textIn(cells, columns[index]!)),
      );
    };
  }

  /** How many activities have been taken so far. */
  get taken(): number {
    return this.#activities.lead.length;
  }

  /** The columns of everything taken. The builder is done with afterwards. */
  finish(): Columns {
    return { ids: this.#ids, activities: this.#finishActivities(), states: this.#finishStates() };
  }

  #finishActivities(): Columns['activities'] {
    const { lead, at, code } = this.#activities;
    const order = byLead(lead, this.#ids.length, this.#shared);
    const instants = allocate(Float64Array, lead.length, this.#shared);
    const codes = allocate(Uint32Array, lead.length, this.#shared);
    order.place((from, to) => {
      instants[to] = at.at(from);
      codes[to] = code.at(from);
    });
    for (let i = 0; i < this.#ids.length; i++)
      sortWithin(instants, codes, order.starts[i]!, order.starts[i + 1]!);
    return { starts: order.starts, instants, codes, signatures: this.#signatures.list };
  }

  /** Folds changes into states: each row is the one before it with what changed; changes of one instant are one row. */
  #finishStates(): Columns['states'] {
    const changes = this.#sortedChanges();
    const starts = allocate(Uint32Array, this.#ids.length + 1, this.#shared);
    const since = allocate(Float64Array, changes.instants.length + 1, this.#shared);
    const columns = this.#attributes.map(() => allocate(Uint32Array, since.length, this.#shared));
    const cellsEnd = (change: number) =>
      change + 1 < this.#changes.cells.length ? this.#changes.cells.at(change + 1) : this.#cells.slot.length;
    let row = 0;
    for (let lead = 0; lead < this.#ids.length; lead++) {
      const first = row + 1;
      starts[lead] = first;
      for (let i = changes.starts[lead]!; i < changes.starts[lead + 1]!; i++) {
        const at = changes.instants[i]!;
        if (row < first || since[row] !== at) {
          row++;
          since[row] = at;
          if (row > first) for (const codes of columns) codes[row] = codes[row - 1]!;
        }
        const change = changes.numbers[i]!;
        for (let cell = this.#changes.cells.at(change); cell < cellsEnd(change); cell++) {
          columns[this.#cells.slot.at(cell)]![row] = this.#cells.code.at(cell);
        }
      }
    }
    starts[this.#ids.length] = row + 1;
    const attributes = this.#attributes.map(
      ({ name, dictionary }, slot): AttributeColumn => ({
        name,
        codes: columns[slot]!,
        texts: dictionary.texts,
      }),
    );
    return { starts, since, attributes };
  }

  #sortedChanges(): { starts: Uint32Array; instants: Float64Array; numbers: Uint32Array } {
    const { lead, at } = this.#changes;
    const order: Order = byLead(lead, this.#ids.length, false);
    const instants = new Float64Array(lead.length);
    const numbers = new Uint32Array(lead.length);
    order.place((from, to) => {
      instants[to] = at.at(from);
      numbers[to] = from;
    });
    for (let i = 0; i < this.#ids.length; i++)
      sortWithin(instants, numbers, order.starts[i]!, order.starts[i + 1]!);
    return { starts: order.starts, instants, numbers };
  }

  #openChange(lead: number, at: Instant | null): void {
    this.#changes.lead.push(lead);
    this.#changes.at.push(at ?? Number.NEGATIVE_INFINITY);
    this.#changes.cells.push(this.#cells.slot.length);
  }

  #set(slot: number, raw: Raw): void {
    this.#cells.slot.push(slot);
    this.#cells.code.push(this.#attributes[slot]!.dictionary.code(raw));
  }

  #append(lead: number, at: Instant, code: number): void {
    this.#activities.lead.push(lead);
    this.#activities.at.push(at);
    this.#activities.code.push(code);
  }

  /** The column of an attribute, by its folded name; null when no pact reads it. */
  #slot(name: string): number | null {
    if (this.#wanted !== null && !this.#wanted.has(name)) return null;
    let slot = this.#slots.get(name);
    if (slot === undefined) {
      slot = this.#attributes.push({ name, dictionary: new Dictionary() }) - 1;
      this.#slots.set(name, slot);
    }
    return slot;
  }
}
