/** Activities on their way into columns: where each lead's go is worked out here, and threads unpack them to there. */
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { allocate } from '#engine/replay/columns/memory.ts';
import { Signatures } from '#engine/replay/columns/signatures.ts';
import type { ActivityColumns, Footprint } from '#engine/replay/columns.ts';
import type { Flow } from '../threads/flow.ts';
import type { Team } from '../threads/team.ts';
import { ActivityChunk, NOWHERE } from './activity-chunk.ts';
import type { Packed } from './packed.ts';
import { NOBODY, type People } from './people.ts';
import type { Run } from './run.ts';

/** A part of the sorting has so many leads. */
const SORTED_TOGETHER = 20_000;

/** Where the activities of a chunk go: see `ActivityChunk.unpack`. */
type Places = { counts: Uint32Array; to: Uint32Array };

/** Finds out where everybody's activities go, and places those that are not packed. */
export async function placeActivities(
  people: People,
  { contents, rest, again }: Packed,
  footprint: Footprint,
  team: Team,
): Promise<PlacingActivities> {
  const { roots, places } = people;
  // What was read again comes in with the rest.
  const placeOf = (lead: number): number => (again.has(lead) ? NOBODY : (places[lead] ?? NOBODY));
  const counter = new Counter(roots.length);
  for (const { leads, counts } of contents) {
    for (let i = 0; i < leads.length; i++) counter.note(placeOf(leads[i]!), counts[i]!);
    await yieldToOthers();
  }
  for (const { leads, starts } of rest) {
    for (let i = 0; i < leads.length; i++)
      counter.note(places[leads[i]!] ?? NOBODY, starts[i + 1]! - starts[i]!);
  }
  const { several, total } = counter;
  const shared = team.shares(total);
  const starts = counter.starts(shared);
  const next = starts.slice();
  const chunks: Places[] = [];
  for (const { leads, counts } of contents) {
    const to = new Uint32Array(leads.length);
    for (let i = 0; i < to.length; i++) {
      const place = placeOf(leads[i]!);
      to[i] = place === NOBODY ? NOWHERE : next[place]!;
      if (place !== NOBODY) next[place]! += counts[i]!;
    }
    chunks.push({ counts, to });
    await yieldToOthers();
  }
  const instants = allocate(Float64Array, total, shared);
  const codes = allocate(Uint32Array, total, shared);
  const placing = new PlacingActivities({ starts, instants, codes }, chunks, several, footprint, team);
  for (const run of rest) placing.takeRun(run, places, next);
  return placing;
}

/** How many activities each lead has, by its place. */
class Counter {
  total = 0;
  /** For each lead 1 when its activities come from several places. */
  readonly several: Uint8Array;
  readonly #lengths: Uint32Array;

  constructor(leads: number) {
    this.several = allocate(Uint8Array, leads, true);
    this.#lengths = new Uint32Array(leads);
  }

  note(place: number, count: number): void {
    if (place === NOBODY) return;
    if (this.#lengths[place]! > 0) this.several[place] = 1;
    this.#lengths[place]! += count;
    this.total += count;
  }

  /** Where those of each lead begin. */
  starts(shared: boolean): Uint32Array {
    const lengths = this.#lengths;
    const starts = allocate(Uint32Array, lengths.length + 1, shared);
    for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i]! + lengths[i]!;
    return starts;
  }
}

/** Activities on their way: chunks may come one by one, and are unpacked while others still come. */
export class PlacingActivities {
  readonly #team: Team;
  readonly #columns: Omit<ActivityColumns, 'signatures'>;
  readonly #chunks: readonly Places[];
  readonly #several: Uint8Array;
  readonly #coding: Coding;
  readonly #flow: Flow<'unpackActivities'>;

  /** @param chunks where the activities of each chunk go */
  constructor(
    columns: Omit<ActivityColumns, 'signatures'>,
    chunks: readonly Places[],
    several: Uint8Array,
    footprint: Footprint,
    team: Team,
  ) {
    this.#team = team;
    this.#columns = columns;
    this.#chunks = chunks;
    this.#several = several;
    this.#coding = new Coding(footprint);
    this.#flow = team.flow('unpackActivities', this.total);
  }

  /** How many activities there are. */
  get total(): number {
    return this.#columns.instants.length;
  }

  /** Takes the chunk of a number, in memory that threads share. @returns when it is unpacked */
  take(data: Uint8Array, index: number): Promise<void> {
    const { instants, codes } = this.#columns;
    const own = this.#coding.codesOf(new ActivityChunk(data).signatures());
    return this.#flow.push({ data, ...this.#chunks[index]!, own, instants, codes });
  }

  /** When all chunks are taken. */
  async finish(): Promise<ActivityColumns> {
    await this.#flow.end();
    const { starts } = this.#columns;
    const bounds = boundsOf(starts.length - 1, SORTED_TOGETHER);
    const sorting = { ...this.#columns, several: this.#several, bounds };
    await this.#team.share('sort', sorting, bounds.length - 1, this.total);
    return { ...this.#columns, signatures: this.#coding.signatures.list };
  }

  /** Takes a run of activities that are not packed. */
  takeRun(run: Run, places: Int32Array, next: Uint32Array): void {
    const { instants, codes } = this.#columns;
    const own = this.#coding.codesOf(run.signatures);
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
}

function boundsOf(count: number, each: number): Uint32Array {
  const parts = Math.ceil(count / each);
  return Uint32Array.from({ length: parts + 1 }, (_, part) => Math.min(count, part * each));
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
