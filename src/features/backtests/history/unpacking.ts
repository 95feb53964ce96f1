/** What is packed is unpacked straight to where it belongs, part by part, each by whichever thread takes it. */
import { ActivityChunk } from './activity-chunk.ts';
import { StateChunk } from './state-chunk.ts';

/** A chunk of activities with where it goes: see `ActivityChunk.unpack`. */
export type UnpackingActivities = {
  data: Uint8Array;
  counts: Uint32Array;
  to: Uint32Array;
  own: Uint32Array;
  instants: Float64Array;
  codes: Uint32Array;
};

export function unpackActivities({ data, counts, to, own, instants, codes }: UnpackingActivities): void {
  new ActivityChunk(data).unpack(counts, to, own, instants, codes);
}

/** An attribute of a stretch: its number there, and for each code there the code in its column; null: see `putCodes`. */
type OwnCodes = { attribute: number; column: number; codes: Uint32Array | null };

/** A stretch of states: for each the row that it goes to, NO_ROW for one that is not wanted. */
export type StretchPlaces = { data: Uint8Array; rows: Int32Array; attributes: readonly OwnCodes[] };

export type UnpackingStates = {
  parts: readonly StretchPlaces[];
  since: Float64Array;
  columns: readonly Uint32Array[];
};

export const NO_ROW = -1;

export function unpackStates({ parts, since, columns }: UnpackingStates, part: number): void {
  const { data, rows, attributes } = parts[part]!;
  const stretch = new StateChunk(data);
  putInstants(rows, stretch.since(), since);
  for (const { attribute, column, codes } of attributes)
    putCodes(rows, stretch.codes(attribute), codes, columns[column]!);
}

export function putInstants(rows: Int32Array, from: Float64Array, into: Float64Array): void {
  for (let i = 0; i < rows.length; i++) if (rows[i] !== NO_ROW) into[rows[i]!] = from[i]!;
}

/** @param own for each code the code to be written; null for 1 wherever there is a value */
export function putCodes(
  rows: Int32Array,
  from: Uint32Array,
  own: Uint32Array | null,
  into: Uint32Array,
): void {
  if (own === null) {
    for (let i = 0; i < rows.length; i++) if (rows[i] !== NO_ROW) into[rows[i]!] = from[i] === 0 ? 0 : 1;
    return;
  }
  for (let i = 0; i < rows.length; i++) if (rows[i] !== NO_ROW) into[rows[i]!] = own[from[i]!]!;
}
