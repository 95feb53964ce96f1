/** Activities on their way into columns: where each lead's go is worked out here, and threads unpack them to there. */
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { allocate } from '#engine/replay/columns/memory.ts';
import { Signatures } from '#engine/replay/columns/signatures.ts';
import type { ActivityColumns, Footprint } from '#engine/replay/columns.ts';
import type { Team } from '../threads/team.ts';
import type { Packed } from './packed.ts';
import { NOBODY, type People } from './people.ts';
import type { Run } from './run.ts';
import { type Announced, NOWHERE, type Unpacking } from './unpacking.ts';

/** A part of the sorting has so many leads. */
const SORTED_TOGETHER = 20_000;

/**
 * Finds out where everybody's activities go, and places those that are not packed.
 * @param met so many leads, the first ones, are not placed: they are met as chunks are unpacked
 */
export async function placeActivities(
  people: People,
  packed: Packed,
  footprint: Footprint,
  team: Team,
  met = 0,
): Promise<PlacingActivities> {
  const coding = new Coding(footprint);
  const counter = new Counter(people.roots.length, met);
  const { announced, placesOf } = await announce(people, packed, coding, counter);
  for (const { leads, starts } of packed.rest) {
    for (let i = 0; i < leads.length; i++)
      counter.note(people.places[leads[i]!] ?? NOBODY, starts[i + 1]! - starts[i]!);
  }
  const { several, placed, total } = counter;
  const shared = team.shares(packed.most);
  const starts = counter.starts(shared);
  const next = starts.slice();
  const to = allocate(Uint32Array, placesOf.length, true);
  for (let i = 0; i < to.length; i++) {
    const place = placesOf[i]!;
    to[i] = place < met ? NOWHERE : next[place]!; // NOBODY is less than anybody
    if (place >= met) next[place]! += announced.counts[i]!;
  }
  const instants = allocate(Float64Array, placed, shared);
  const codes = allocate(Uint32Array, placed, shared);
  const columns = { starts, instants, codes, signatures: coding.signatures.list };
  const placing = new PlacingActivities(
    columns,
    { announced, placesOf, to, instants, codes },
    several,
    total,
  );
  for (const run of packed.rest) placing.takeRun(run, coding, people.places, next);
  return placing;
}

/** What is known of the chunks, with the place of each of their leads; their activities are counted. */
async function announce(
  { places }: People,
  { chunks, signatures, again }: Packed,
  coding: Coding,
  counter: Counter,
): Promise<{ announced: Announced; placesOf: Int32Array }> {
  const leadsFrom = boundsOf(chunks.map(({ leads }) => leads.length));
  const codesFrom = boundsOf(chunks.map(({ codes }) => codes.length));
  const counts = allocate(Uint32Array, leadsFrom.at(-1)!, true);
  const own = allocate(Uint32Array, codesFrom.at(-1)!, true);
  const placesOf = allocate(Int32Array, counts.length, true);
  const coded = coding.codesOf(signatures);
  const isAny = again.size > 0;
  let most = 0;
  for (const [chunk, contained] of chunks.entries()) {
    const from = leadsFrom[chunk]!;
    const { codes } = contained;
    for (let i = 0; i < codes.length; i++) own[codesFrom[chunk]! + i] = coded[codes[i]!]!;
    counts.set(contained.counts, from);
    for (let i = 0; i < contained.leads.length; i++) {
      const lead = contained.leads[i]!;
      const count = contained.counts[i]!;
      if (count > most) most = count;
      // What was read again comes in with the rest.
      placesOf[from + i] = isAny && again.has(lead) ? NOBODY : (places[lead] ?? NOBODY);
      counter.note(placesOf[from + i]!, count);
    }
    await yieldToOthers();
  }
  return { announced: { leadsFrom, codesFrom, counts, most, own }, placesOf };
}

/** Where each of some stretches of such lengths begins, and where the last one ends. */
function boundsOf(lengths: readonly number[]): Uint32Array {
  const bounds = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    bounds[i + 1] = bounds[i]! + length;
  });
  return bounds;
}

/** How many activities each lead has, by its place. */
class Counter {
  total = 0;
  /** How many of them are to be placed. */
  placed = 0;
  /** For each lead 1 when its activities come from several places. */
  readonly several: Uint8Array;
  readonly #lengths: Uint32Array;
  readonly #met: number;

  /** @param met those of so many leads are not placed */
  constructor(leads: number, met: number) {
    this.#met = met;
    this.several = allocate(Uint8Array, leads, true);
    this.#lengths = new Uint32Array(leads);
  }

  note(place: number, count: number): void {
    if (place === NOBODY) return;
    this.total += count;
    if (place < this.#met) return;
    if (this.#lengths[place]! > 0) this.several[place] = 1;
    this.#lengths[place]! += count;
    this.placed += count;
  }

  /** Where those of each lead begin. */
  starts(shared: boolean): Uint32Array {
    const lengths = this.#lengths;
    const starts = allocate(Uint32Array, lengths.length + 1, shared);
    for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i]! + lengths[i]!;
    return starts;
  }
}

/** Activities on their way: chunks are unpacked one by one, in any order. */
export class PlacingActivities {
  /** Filled as chunks are unpacked; what is in no chunk is there already. */
  readonly columns: ActivityColumns;
  /** What it takes to unpack them. */
  readonly unpacking: Unpacking;
  /** How many activities there are, with those that are not placed. */
  readonly total: number;
  readonly #several: Uint8Array;

  /** @param several for each lead 1 when its activities come from several places */
  constructor(columns: ActivityColumns, unpacking: Unpacking, several: Uint8Array, total: number) {
    this.columns = columns;
    this.unpacking = unpacking;
    this.total = total;
    this.#several = several;
  }

  /** Takes a run of activities that are not packed. */
  takeRun(run: Run, coding: Coding, places: Int32Array, next: Uint32Array): void {
    const { instants, codes } = this.columns;
    const own = coding.codesOf(run.signatures);
    for (let lead = 0; lead < run.leads.length; lead++) {
      const place = places[run.leads[lead]!] ?? NOBODY;
      if (place === NOBODY) continue;
      for (let from = run.starts[lead]!; from < run.starts[lead + 1]!; from++) {
        const i = next[place]!++;
        instants[i] = run.instants[from]!;
        codes[i] = own[run.codes[from]!]!;
      }
    }
  }

  /** Brings what each lead did in order, when all chunks are unpacked. */
  async sort(team: Team): Promise<void> {
    const { starts, instants, codes } = this.columns;
    const leads = starts.length - 1;
    const parts = Math.ceil(leads / SORTED_TOGETHER);
    const bounds = Uint32Array.from({ length: parts + 1 }, (_, part) =>
      Math.min(leads, part * SORTED_TOGETHER),
    );
    const sorting = { starts, instants, codes, several: this.#several, bounds };
    await team.share('sort', sorting, parts, instants.length);
  }
}

/** Signatures as texts on their way to the columns' codes; each text is read once. */
class Coding {
  readonly signatures: Signatures;
  readonly #known = new Map<string, number>();

  constructor(footprint: Footprint) {
    this.signatures = new Signatures(footprint);
  }

  codesOf(texts: readonly string[]): Uint32Array {
    const codes = new Uint32Array(texts.length);
    for (let i = 0; i < codes.length; i++) {
      let code = this.#known.get(texts[i]!);
      if (code === undefined) {
        code = this.#read(texts[i]!);
        this.#known.set(texts[i]!, code);
      }
      codes[i] = code;
    }
    return codes;
  }

  #read(text: string): number {
    const end = text.indexOf('\n');
    const type = JSON.parse(text.slice(0, end)) as string;
    const reads = this.signatures.kind(type).read?.length !== 0;
    return this.signatures.code(type, reads ? JSON.parse(text.slice(end + 1)) : {});
  }
}
