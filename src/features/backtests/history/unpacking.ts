/** What is packed is unpacked straight to where it belongs, part by part, each by whichever thread takes it. */
import { ActivityChunk, ChunkRoom } from './activity-chunk.ts';
import { NOBODY } from './people.ts';
import { StateChunk } from './state-chunk.ts';

/** What is known of chunks before they are read: of all of them in common arrays, one after the other. */
export type Announced = {
  /** Where the leads of each chunk begin, and its codes. */
  leadsFrom: Uint32Array;
  codesFrom: Uint32Array;
  /** For each lead of a chunk how much it did; and the most that any did. */
  counts: Uint32Array;
  most: number;
  /** For each code of a chunk that in the columns. */
  own: Uint32Array;
};

/** In place of a place. */
export const NOWHERE = 0xffff_ffff;

/**
 * For each lead of a chunk the place of whom it stands for, or that of nobody; and where what it did goes: NOWHERE where
 * nothing of it is kept.
 */
export type Unpacking = {
  announced: Announced;
  placesOf: Int32Array;
  to: Uint32Array;
  instants: Float64Array;
  codes: Uint32Array;
};

/** Unpacks chunks of activities into columns, each by its number. */
export function activityUnpacker({ announced, to, instants, codes }: Unpacking) {
  const { leadsFrom, codesFrom, counts } = announced;
  const room = new ChunkRoom();
  return (data: Uint8Array, number: number): void => {
    const chunk = new ActivityChunk(data, room);
    const own = announced.own.subarray(codesFrom[number], codesFrom[number + 1]);
    let from = 0;
    for (let lead = leadsFrom[number]!; lead < leadsFrom[number + 1]!; lead++) {
      const end = from + counts[lead]!;
      if (to[lead] !== NOWHERE) {
        chunk.readInstants(from, end, instants, to[lead]!);
        chunk.readCodes(own, from, end, codes, to[lead]!);
      }
      from = end;
    }
    chunk.close();
  };
}

/** An attribute of a stretch: its number there, and for each code there the code in its column; null: see `putCodes`. */
type OwnCodes = { attribute: number; column: number; codes: Uint32Array | null };

/** Where the states of some leads belong: by the leads' places, and how many states each has. */
export type StatePlaces = { to: Int32Array; counts: Uint32Array };

/** A stretch of states: for each of its roots the place of the lead, NOBODY's for one whose states are not wanted. */
export type StretchPlaces = { data: Uint8Array; to: Int32Array; attributes: readonly OwnCodes[] };

export type UnpackingStates = {
  parts: readonly StretchPlaces[];
  /** Where the rows of each lead begin. */
  starts: Uint32Array;
  since: Float64Array;
  columns: readonly Uint32Array[];
};

/** States that follow each other where they come from and where they go: three numbers each. */
type Runs = Uint32Array;
const FROM = 0;
const ROW = 1;
const COUNT = 2;
const WIDTH = 3;

/** In runs as long as can be; states that are not wanted are in none. */
export function runsOf({ to, counts }: StatePlaces, starts: Uint32Array): Runs {
  const runs = new Uint32Array(to.length * WIDTH);
  let last = -WIDTH;
  let [from, row] = [0, 0]; // what would be next in the last one
  let at = 0;
  for (let i = 0; i < to.length; i++) {
    const place = to[i]!;
    const count = counts[i]!;
    if (place !== NOBODY) {
      if (last < 0 || from !== at || row !== starts[place]) {
        last += WIDTH;
        runs[last + FROM] = at;
        runs[last + ROW] = starts[place]!;
      }
      runs[last + COUNT]! += count;
      from = at + count;
      row = starts[place]! + count;
    }
    at += count;
  }
  return runs.subarray(0, last + WIDTH);
}

export function unpackStates({ parts, starts, since, columns }: UnpackingStates, part: number): void {
  const { data, to, attributes } = parts[part]!;
  const stretch = new StateChunk(data);
  stretch.openStates(attributes.map(({ attribute }) => attribute));
  const runs = runsOf({ to, counts: stretch.counts() }, starts);
  putInstants(runs, stretch.since(), since);
  for (const { attribute, column, codes } of attributes)
    putCodes(runs, stretch.codes(attribute), codes, columns[column]!);
  stretch.close();
}

export function putInstants(runs: Runs, from: Float64Array, into: Float64Array): void {
  for (let run = 0; run < runs.length; run += WIDTH) {
    const [first, row, count] = [runs[run + FROM]!, runs[run + ROW]!, runs[run + COUNT]!];
    for (let i = 0; i < count; i++) into[row + i] = from[first + i]!;
  }
}

/** @param own for each code the code to be written; null for 1 wherever there is a value */
export function putCodes(runs: Runs, from: Uint32Array, own: Uint32Array | null, into: Uint32Array): void {
  for (let run = 0; run < runs.length; run += WIDTH) {
    const [first, row, count] = [runs[run + FROM]!, runs[run + ROW]!, runs[run + COUNT]!];
    if (own === null) for (let i = 0; i < count; i++) into[row + i] = from[first + i] === 0 ? 0 : 1;
    else for (let i = 0; i < count; i++) into[row + i] = own[from[first + i]!]!;
  }
}
