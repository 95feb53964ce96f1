/** Activities on their way into columns: where each lead's go is worked out here, and threads unpack them to there. */
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { allocate } from '#engine/replay/columns/memory.ts';
import { Signatures } from '#engine/replay/columns/signatures.ts';
import type { ActivityColumns, Footprint } from '#engine/replay/columns.ts';
import type { Team } from '../threads/team.ts';
import { type ActivityChunk, NOWHERE } from './activity-chunk.ts';
import type { Packed } from './packed.ts';
import { NOBODY, type People } from './people.ts';
import type { ChunkPlaces } from './unpacking.ts';

/** A part of the sorting has so many leads. */
const SORTED_TOGETHER = 20_000;

/** How many activities each lead has, by its place. */
export type Counted = {
  chunks: readonly { chunk: ActivityChunk; leads: Float64Array; counts: Uint32Array }[];
  lengths: Uint32Array;
  /** For each lead 1 when its activities come from several places. */
  several: Uint8Array;
  total: number;
};

/** Whose activities are taken from what is packed and from the rest. */
export function countActivities({ roots, places }: People, { chunks, rest, again }: Packed): Counted {
  const lengths = new Uint32Array(roots.length);
  const several = allocate(Uint8Array, roots.length, true);
  let total = 0;
  const note = (lead: number, count: number): void => {
    const place = places[lead] ?? NOBODY;
    if (place === NOBODY) return;
    if (lengths[place]! > 0) several[place] = 1;
    lengths[place]! += count;
    total += count;
  };
  const counted = chunks.map((chunk) => ({ chunk, leads: chunk.leads(), counts: chunk.counts() }));
  for (const { leads, counts } of counted) {
    for (let i = 0; i < leads.length; i++) if (!again.has(leads[i]!)) note(leads[i]!, counts[i]!);
  }
  // What was read again comes in with the rest.
  for (const { leads, starts } of rest) {
    for (let i = 0; i < leads.length; i++) note(leads[i]!, starts[i + 1]! - starts[i]!);
  }
  return { chunks: counted, lengths, several, total };
}

/** Whoever else works in this process has a turn after every chunk. */
export async function placeActivities(
  { places }: People,
  { rest, again }: Packed,
  { chunks, lengths, several, total }: Counted,
  footprint: Footprint,
  team: Team,
): Promise<ActivityColumns> {
  const shared = team.shares(total);
  const starts = allocate(Uint32Array, lengths.length + 1, shared);
  for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i]! + lengths[i]!;
  const instants = allocate(Float64Array, total, shared);
  const codes = allocate(Uint32Array, total, shared);

  const coding = new Coding(footprint);
  const next = starts.slice();
  const parts: ChunkPlaces[] = [];
  for (const { chunk, leads, counts } of chunks) {
    const to = new Uint32Array(leads.length);
    for (let i = 0; i < leads.length; i++) {
      const place = again.has(leads[i]!) ? NOBODY : (places[leads[i]!] ?? NOBODY);
      to[i] = place === NOBODY ? NOWHERE : next[place]!;
      if (place !== NOBODY) next[place]! += counts[i]!;
    }
    parts.push({ data: chunk.data, counts, to, codes: coding.codesOf(chunk.signatures()) });
    await yieldToOthers();
  }
  for (const run of rest) {
    const local = coding.codesOf(run.signatures);
    for (let lead = 0; lead < run.leads.length; lead++) {
      const place = places[run.leads[lead]!] ?? NOBODY;
      if (place === NOBODY) continue;
      for (let from = run.starts[lead]!; from < run.starts[lead + 1]!; from++) {
        const i = next[place]!++;
        instants[i] = run.instants[from]!;
        codes[i] = local[run.codes[from]!]!;
      }
    }
  }
  await team.share('unpackActivities', { parts, instants, codes }, parts.length, total);
  const bounds = boundsOf(lengths.length, SORTED_TOGETHER);
  await team.share('sort', { starts, instants, codes, several, bounds }, bounds.length - 1, total);
  return { starts, instants, codes, signatures: coding.signatures.list };
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
