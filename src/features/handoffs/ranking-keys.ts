/**
 * What open handoffs are ranked by, as it is read: all handoffs of a version in one piece of bytes, because thousands of
 * rows take longer to read than to rank.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Stop } from '#engine/handoff/deadlines.ts';

export type Packed = {
  digest: string;
  pact_id: string;
  number: number;
  /** An entry for each: its id, when it was offered, the earliest that is due (infinity when nothing is). */
  entries: Buffer;
  /** When clocks stood still, of those handoffs of which they did. */
  stops: Record<string, { from: string; to: string }[]> | null;
};

/** Bytes: an id is a UUID, an instant the microseconds since 2000 as PostgreSQL keeps it. */
const ID = 16;
const INSTANT = 8;
const ENTRY = ID + 2 * INSTANT;
const EPOCH = Date.UTC(2000, 0, 1);
const INFINITY = 0x7fff_ffff;

/** The statement: of each version its handoffs `h` that pass a test, up to a number. The workspace is the first value. */
export const packed = (test: string, most: number): string => `
  SELECT v.digest, v.pact_id, v.number, k.entries, k.stops
  FROM (
    SELECT h.pact_id, h.version,
      string_agg(uuid_send(h.id) || timestamptz_send(h.offered_at) || timestamptz_send(coalesce(d.due_at, 'infinity')), '') AS entries,
      json_object_agg(h.id, o.stops) FILTER (WHERE o.stops IS NOT NULL) AS stops
    FROM (SELECT h.id, h.pact_id, h.version, h.lead, h.offered_at FROM handoffs h WHERE ${test} LIMIT ${most}) h
      LEFT JOIN (
        SELECT handoff_id, min(due_at) AS due_at FROM deadlines
        WHERE workspace_id = $1 AND met_at IS NULL AND void_at IS NULL GROUP BY handoff_id) d ON d.handoff_id = h.id
      LEFT JOIN (
        SELECT lead, json_agg(json_build_object('from', from_at, 'to', least(released_at, until_at))) AS stops
        FROM holds WHERE workspace_id = $1 AND party = 'marketing' AND from_at < least(released_at, until_at)
        GROUP BY lead) o ON o.lead = h.lead
    GROUP BY h.pact_id, h.version) k
  JOIN versions v ON v.workspace_id = $1 AND v.pact_id = k.pact_id AND v.number = k.version`;

/** The handoffs of a version. */
export function waitingOf({ entries, stops }: Packed): Waiting[] {
  return Array.from({ length: entries.length / ENTRY }, (_, i) => new Waiting(entries, i * ENTRY, stops));
}

/** An open handoff, read from where it begins in the bytes. Its id is made out when it is asked for: of most it never is. */
class Waiting {
  readonly offered_at: Instant;
  readonly due: Instant;
  readonly #entries: Buffer;
  readonly #start: number;
  readonly #stops: Packed['stops'];

  constructor(entries: Buffer, start: number, stops: Packed['stops']) {
    this.offered_at = instantAt(entries, start + ID);
    this.due = instantAt(entries, start + ID + INSTANT);
    this.#entries = entries;
    this.#start = start;
    this.#stops = stops;
  }

  get id(): string {
    const hex = this.#entries.toString('hex', this.#start, this.#start + ID);
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  get stops(): Stop[] {
    const stops = this.#stops?.[this.id] ?? [];
    return stops.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
  }
}

function instantAt(bytes: Buffer, at: number): Instant {
  const high = bytes.readInt32BE(at);
  if (high === INFINITY) return Number.POSITIVE_INFINITY;
  return EPOCH + (high * 0x1_0000_0000 + bytes.readUInt32BE(at + 4)) / 1_000;
}
