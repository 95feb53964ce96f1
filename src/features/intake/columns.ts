/**
 * Columns for `unnest`, in PostgreSQL's binary array format (array_recv in its source): no quoting on our side, no
 * parsing on the server's. `pg` sends a Buffer as it is.
 */
import type { Instant } from '#engine/facts/facts.ts';

const oids = { uuid: 2950, bigint: 20, timestamptz: 1184, text: 25, jsonb: 3802 } as const;
const HEAD = 20;
const EPOCH = 946_684_800_000; // 2000-01-01, PostgreSQL's own

/** UUIDs, with their dashes or without. */
export const uuids = (ids: readonly string[]): Buffer =>
  fixed(oids.uuid, ids, 16, (id, to, at) => to.write(id.replaceAll('-', ''), at, 16, 'hex'));

export const bigints = (numbers: readonly number[]): Buffer => fixed(oids.bigint, numbers, 8, writeWhole);

export const instants = (ats: readonly Instant[]): Buffer =>
  fixed(oids.timestamptz, ats, 8, (t, to, at) => writeWhole((t - EPOCH) * 1000, to, at));

export const texts = (all: readonly (string | null)[]): Buffer => variable(oids.text, all, 0);

/** JSON texts. Each carries the version of jsonb's own format in front. */
export const jsons = (all: readonly (string | null)[]): Buffer => variable(oids.jsonb, all, 1);

function fixed<T>(
  oid: number,
  values: readonly T[],
  size: number,
  write: (value: T, to: Buffer, at: number) => void,
): Buffer {
  const column = open(oid, values.length, values.length * (4 + size));
  let at = HEAD;
  for (const value of values) {
    column.writeInt32BE(size, at);
    write(value, column, at + 4);
    at += 4 + size;
  }
  return column;
}

function variable(oid: number, values: readonly (string | null)[], prefix: 0 | 1): Buffer {
  // Three bytes hold any UTF-16 code unit: measured in one step, cut to what was written.
  const most = values.reduce((sum, text) => sum + 4 + prefix + (text === null ? 0 : text.length * 3), 0);
  const column = open(oid, values.length, most);
  let at = HEAD;
  for (const text of values) {
    if (text === null) {
      at = column.writeInt32BE(-1, at);
      continue;
    }
    const start = at + 4;
    if (prefix === 1) column[start] = 1;
    const size = prefix + column.write(text, start + prefix, 'utf8');
    column.writeInt32BE(size, at);
    at = start + size;
  }
  return column.subarray(0, at);
}

/** A whole number within what a double holds exactly, in 64 bits. */
function writeWhole(n: number, to: Buffer, at: number): void {
  to.writeInt32BE(Math.floor(n / 2 ** 32), at);
  to.writeUInt32BE(n >>> 0, at + 4);
}

function open(oid: number, length: number, bytes: number): Buffer {
  const column = Buffer.allocUnsafe(HEAD + bytes);
  column.writeInt32BE(1, 0); // dimensions
  column.writeInt32BE(1, 4); // there may be nulls
  column.writeInt32BE(oid, 8);
  column.writeInt32BE(length, 12);
  column.writeInt32BE(1, 16); // the first element's number
  return column;
}
