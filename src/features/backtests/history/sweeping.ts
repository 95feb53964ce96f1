/** Leads are replayed chunk by chunk, each by whichever thread takes it, in memory that is used again. */
import { type ReplayWork, replayerOver } from '#engine/replay/fast.ts';
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

/** The activities of some leads of a chunk, which the replays see as if they were all there are. */
class Window {
  readonly #sweeping: Sweeping;
  readonly #starts: Uint32Array;
  readonly #instants: Float64Array;
  readonly #codes: Uint32Array;
  readonly #replays: ((from: number, to: number) => void)[];
  /** The leads of the window, by their places; and how many activities they have. */
  #from = 0;
  #to = 0;
  #filled = 0;

  constructor(sweeping: Sweeping) {
    const { announced, works } = sweeping;
    const leads = works[0]!.tracks.verdict.length;
    let largest = 0;
    for (let i = 0; i < announced.counts.length; i++) largest = Math.max(largest, announced.counts[i]!);
    this.#sweeping = sweeping;
    this.#starts = new Uint32Array(leads + 1);
    this.#instants = new Float64Array(NEAR + largest);
    this.#codes = new Uint32Array(NEAR + largest);
    const activities = { starts: this.#starts, instants: this.#instants, codes: this.#codes };
    this.#replays = works.map((work) => replayerOver(work, activities));
  }

  /** Replays the leads that are met in a chunk; puts aside what it holds of others. */
  pass(chunk: ActivityChunk, number: number): void {
    const { announced, placesOf, to, instants, codes, bounds } = this.#sweeping;
    const { leadsFrom, codesFrom, counts } = announced;
    const own = announced.own.subarray(codesFrom[number], codesFrom[number + 1]);
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
        this.#reach(place);
        if (this.#filled >= NEAR) this.#replay();
        chunk.readInstants(from, next, this.#instants, this.#filled);
        chunk.readCodes(own, from, next, this.#codes, this.#filled);
        this.#filled += next - from;
        this.#reach(place + 1);
      }
      from = next;
    }
    this.#reach(end);
    this.#replay();
  }

  /** Begins with the leads from a place on. */
  #begin(place: number): void {
    this.#to = place;
    this.#empty();
  }

  #empty(): void {
    this.#from = this.#to;
    this.#filled = 0;
    this.#starts[this.#to] = 0;
  }

  /** Goes on to a place: whoever is in between did what has been filled in since, or nothing. */
  #reach(place: number): void {
    while (this.#to < place) this.#starts[++this.#to] = this.#filled;
  }

  #replay(): void {
    if (this.#from < this.#to) for (const replay of this.#replays) replay(this.#from, this.#to);
    this.#empty();
  }
}
