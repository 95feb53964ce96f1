/** What was known of leads on its way into columns: out of packed stretches, and out of the ledger where these are in doubt. */
import { Dictionary } from '#engine/replay/columns/dictionary.ts';
import { allocate } from '#engine/replay/columns/memory.ts';
import type { AttributeColumn, Columns, Footprint } from '#engine/replay/columns.ts';
import type { Team } from '../threads/team.ts';
import type { Packed } from './packed.ts';
import { NOBODY, type People } from './people.ts';
import { putCodes, putInstants, runsOf, type StatePlaces, type StretchPlaces } from './unpacking.ts';

type StateColumns = Columns['states'];

/** Where the rows of each lead begin. */
function startsOf(sources: readonly StatePlaces[], leads: number, shared: boolean): Uint32Array {
  const starts = allocate(Uint32Array, leads + 1, shared);
  for (const { to, counts } of sources) {
    for (let i = 0; i < to.length; i++) if (to[i] !== NOBODY) starts[to[i]! + 1] = counts[i]!;
  }
  starts[0] = 1; // row 0 is nobody's
  for (let i = 0; i < leads; i++) starts[i + 1]! += starts[i]!;
  return starts;
}

/** In place of any text, where it only matters that there is one. */
const THERE = 'there';

/** The columns of attributes, numbered as they are met. */
class AttributeColumns {
  readonly #values: ReadonlySet<string>;
  readonly #rows: number;
  readonly #shared: boolean;
  readonly #numbers = new Map<string, number>();
  readonly #dictionaries: Dictionary[] = [];
  readonly codes: Uint32Array[] = [];

  /** @param values the attributes whose value matters */
  constructor(rows: number, shared: boolean, values: ReadonlySet<string>) {
    this.#values = values;
    this.#rows = rows;
    this.#shared = shared;
  }

  number(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      const dictionary = new Dictionary();
      if (!this.#values.has(name)) dictionary.code(THERE);
      number = this.#dictionaries.push(dictionary) - 1;
      this.#numbers.set(name, number);
      this.codes.push(allocate(Uint32Array, this.#rows, this.#shared));
    }
    return number;
  }

  /** For each of some texts its code in a column; null where it only matters whether there is one. */
  codesOf(column: number, name: string, texts: AttributeColumn['texts']): Uint32Array | null {
    if (!this.#values.has(name)) return null;
    const dictionary = this.#dictionaries[column]!;
    const codes = new Uint32Array(texts.length);
    for (let i = 0; i < codes.length; i++) codes[i] = dictionary.code(texts[i]!);
    return codes;
  }

  list(): AttributeColumn[] {
    return Array.from(this.#numbers, ([name, number]) => ({
      name,
      codes: this.codes[number]!,
      texts: this.#dictionaries[number]!.texts,
    }));
  }
}

/** Places what was known of leads; if they did much, with the help of threads. */
export async function placeStates(
  { roots, places, anew, packedRoots }: People,
  { stretches, texts, most }: Packed,
  folded: StateColumns,
  footprint: Footprint,
  team: Team,
): Promise<StateColumns> {
  const shared = team.shares(most);
  const own: StatePlaces = {
    to: Int32Array.from(anew, ({ number }) => places[number]!),
    counts: Uint32Array.from(anew, (_, i) => folded.starts[i + 1]! - folded.starts[i]!),
  };
  const sources = stretches.map((stretch, i) => ({ to: packedRoots[i]!, counts: stretch.counts }));
  const starts = startsOf([...sources, own], roots.length, shared);
  const count = starts[roots.length]!;
  const since = allocate(Float64Array, count, shared);
  const columns = new AttributeColumns(count, shared, footprint.values);
  const coded = new Map(
    Array.from(texts, ([name, list]) => [name, columns.codesOf(columns.number(name), name, list)]),
  );
  const parts: StretchPlaces[] = stretches.map(({ data, attributes }, i) => ({
    data,
    to: packedRoots[i]!,
    attributes: attributes.map(({ name, attribute, codes }) => ({
      attribute,
      column: columns.number(name),
      codes: codes?.map((code) => coded.get(name)![code]!) ?? null,
    })),
  }));
  const runs = runsOf(own, starts);
  putInstants(runs, folded.since.subarray(1), since);
  for (const { name, codes, texts } of folded.attributes) {
    const column = columns.number(name);
    putCodes(runs, codes.subarray(1), columns.codesOf(column, name, texts), columns.codes[column]!);
  }
  await team.share('unpackStates', { parts, starts, since, columns: columns.codes }, parts.length, most);
  return { starts, since, attributes: columns.list() };
}
