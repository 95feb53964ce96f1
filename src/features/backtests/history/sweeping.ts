/** Leads are replayed chunk by chunk, each by whichever thread takes it, in memory that is used again. */
import { BLOCK, BlockReplayer, type ReplayWork } from '#engine/replay/fast.ts';
import { ActivityChunk, ChunkRoom } from './activity-chunk.ts';
import { NOWHERE, type Unpacking } from './unpacking.ts';

/**
 * Chunks whose leads are met as they are unpacked: for each pact a replay, and for each chunk the places that it answers
 * for, from the first up to another. What the others did is kept, if anything of it is.
 */
export type Sweeping = Unpacking & { bounds: Uint32Array; works: readonly ReplayWork[] };

/** So many activities at most are replayed at a time, of one lead at least: so few that they stay near the processor. */
const NEAR = 16_384;

/** Replays the leads of chunks as they are unpacked, each chunk by its number. */
export function sweeper(sweeping: Sweeping) {
  const room = new ChunkRoom();
  const window = new Window(sweeping);
  return (data: Uint8Array, number: number): void => {
    const chunk = new ActivityChunk(data, room);
    window.pass(chunk, number);
    chunk.close();
  };
}

/** The activities of some leads of a chunk, as far as they may matter; the replays see them as if they were all there are. */
class Window {
  readonly #sweeping: Sweeping;
  readonly #starts: Uint32Array;
  readonly #instants: Float64Array;
  readonly #codes: Uint32Array;
  readonly #replays: readonly BlockReplayer[];
  /** For each code in the columns 1 when a replay counts it. */
  readonly #counted: Uint8Array;
  /** The leads of the window, by their places; and how many activities there are of them. */
  #from = 0;
  #to = 0;
  #filled = 0;
  /** Up to where leads have been looked at. */
  #looked = 0;

  constructor(sweeping: Sweeping) {
    const { announced, works } = sweeping;
    const leads = works[0]!.tracks.verdict.length;
    this.#sweeping = sweeping;
    this.#starts = new Uint32Array(leads + 1);
    this.#instants = new Float64Array(NEAR + announced.most);
    this.#codes = new Uint32Array(NEAR + announced.most);
    const activities = { starts: this.#starts, instants: this.#instants, codes: this.#codes };
    this.#replays = works.map((work) => new BlockReplayer(work, activities));
    const counted = this.#replays.map((replay) => replay.counted);
    this.#counted = counted[0]!.map((_, code) => Math.max(...counted.map((one) => one[code]!)));
  }

  /** Replays the leads that are met in a chunk; puts aside what it holds of others. */
  pass(chunk: ActivityChunk, number: number): void {
    const { announced, placesOf, to, instants, codes, bounds } = this.#sweeping;
    const { leadsFrom, codesFrom, counts } = announced;
    const own = announced.own.subarray(codesFrom[number], codesFrom[number + 1]);
    const counted = this.#countedOf(own);
    const [first, end] = [bounds[2 * number]!, bounds[2 * number + 1]!];
    this.#begin(first);
    let from = 0;
    for (let lead = leadsFrom[number]!; lead < leadsFrom[number + 1]!; lead++) {
      const next = from + counts[lead]!;
      const place = placesOf[lead]!;
      if (to[lead] !== NOWHERE) {
        chunk.readInstants(from, next, instants, to[lead]!);
        chunk.readCodes(own, from, next, codes, to[lead]!);
      } else if (place >= first && place < end) {
        this.#reach(place, end);
        if (this.#isOpen(place) || chunk.hasCode(counted, from, next)) {
          chunk.readInstants(from, next, this.#instants, this.#filled);
          chunk.readCodes(own, from, next, this.#codes, this.#filled);
          this.#filled += next - from;
        }
      }
      from = next;
    }
    this.#finish(end);
  }

  /** For each code of a chunk 1 when a replay counts it. */
  #countedOf(own: Uint32Array): Uint8Array {
    const counted = new Uint8Array(own.length);
    for (let i = 0; i < own.length; i++) counted[i] = this.#counted[own[i]!]!;
    return counted;
  }

  /** Begins with the leads from a place on. */
  #begin(place: number): void {
    this.#looked = place;
    this.#to = place;
    this.#empty();
  }

  #empty(): void {
    this.#from = this.#to;
    this.#filled = 0;
    this.#starts[this.#to] = 0;
  }

  /** Goes on to the lead of a place before an end, which is looked at then. */
  #reach(place: number, end: number): void {
    while (place >= this.#looked) this.#lookOn(end);
    this.#pass(place);
    if (this.#filled >= NEAR) this.#replay();
  }

  /** Goes on to the end. */
  #finish(end: number): void {
    while (this.#looked < end) this.#lookOn(end);
    this.#pass(end);
    this.#replay();
  }

  /** Is done with the leads that have been looked at, and looks at the next ones. */
  #lookOn(end: number): void {
    this.#pass(this.#looked);
    this.#replay();
    const looked = Math.min(end, this.#looked + BLOCK);
    for (const replay of this.#replays) replay.look(this.#looked, looked);
    this.#looked = looked;
  }

  /** Goes by up to a place: whoever is in between did what has been filled in since, or nothing that may matter. */
  #pass(place: number): void {
    while (this.#to < place) this.#starts[++this.#to] = this.#filled;
  }

  /** Whether anything that the lead of a place did may matter. */
  #isOpen(place: number): boolean {
    for (const replay of this.#replays) if (replay.isOpen(place)) return true;
    return false;
  }

  #replay(): void {
    if (this.#from < this.#to) for (const replay of this.#replays) replay.walk(this.#from, this.#to);
    this.#empty();
  }
}
