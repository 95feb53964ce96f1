import { hash, randomFillSync } from 'node:crypto';
import type { Instant } from '#engine/facts/facts.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** `node-next-<ms>-<uuid>`, `ajs-next-<ms>-<uuid>`: the Segment clients write the time into their message ids. */
const SEGMENT_MESSAGE = /^[a-z]+-next-(\d{13})-/;

/** Whether a text has the shape of a UUID: what may be written into `SET LOCAL app.workspace`. */
export const isUuid = (text: string): boolean => UUID.test(text);

// Random bytes are drawn by the page: one call to the system for 256 ids.
const chance = new Uint8Array(4096);
let drawn = chance.length;

/**
 * A UUID of version 7 (RFC 9562): 48 bits of time, then 74 bits of chance. Ids made later sort later, which is what
 * keeps the hot tables' indexes growing at one end.
 */
export function newId(at: Instant): string {
  if (drawn === chance.length) {
    randomFillSync(chance);
    drawn = 0;
  }
  const bytes = Buffer.from(chance.subarray(drawn, drawn + 16));
  drawn += 16;
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return uuidText(bytes.toString('hex'));
}

/**
 * The key by which a message is known again: a pure function of its id, so that deduplication is exact, in 16 bytes,
 * so that the index stays small. Ids that carry their time (Segment's, UUID v7) keep it in front, so that keys of
 * messages sent together lie together; the rest is SHA-256.
 */
export function messageKey(messageId: string): string {
  // As text: bytes of its own for every message are what V8 collects its whole heap for, again and again.
  const hex = hash('sha256', messageId, 'hex');
  const at = timeWithin(messageId);
  return uuidText(at === null ? hex : at.toString(16).padStart(12, '0') + hex.slice(12));
}

function timeWithin(messageId: string): number | null {
  const segment = SEGMENT_MESSAGE.exec(messageId);
  if (segment) return Number(segment[1]);
  const v7 = UUID_V7.exec(messageId);
  return v7 ? Number.parseInt(v7[1]! + v7[2]!, 16) : null;
}

/** @param hex its digits, of which the first 32 count */
function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
