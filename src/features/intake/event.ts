/** One event of the Segment spec, judged alone: kept as an `Event`, or refused with a reason people can act on. */

import { readInstant } from '#engine/criterion/value.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { meansNobody } from '#features/leads/identity/junk.ts';
import { clean, UncleanError } from './clean.ts';

export const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof eventTypes)[number];

/** An event that can be kept. */
export type Event = {
  type: EventType;
  /** Null when the client gave none: then nothing can tell it from a repeat of itself. */
  messageId: string | null;
  userId: string | null;
  anonymousId: string | null;
  /** The other identity of an alias, the account of a group. */
  previousId: string | null;
  groupId: string | null;
  /** The track name; the page or screen name where one is given. */
  name: string | null;
  at: Instant;
  properties: Record<string, unknown>;
  traits: Record<string, unknown>;
  context: Record<string, unknown>;
};

export const refusals = {
  not_an_object: 'an event is a JSON object',
  unknown_type: `"type" is one of ${eventTypes.join(', ')}`,
  no_identity: 'an event carries a userId or an anonymousId',
  no_event_name: 'a track event carries its name in "event"',
  no_group: 'a group event carries a groupId',
  no_previous_id: 'an alias carries a previousId and a userId',
  bad_time: '"timestamp" is an ISO 8601 date and time',
  time_out_of_range: 'a timestamp lies between the year 2000 and tomorrow',
  too_large: 'an event is at most 32 KB of JSON',
  too_long: 'an id has at most 512 characters, a name 256',
  too_deep: 'an event is nested at most 64 levels deep',
  too_many_keys: 'an event has at most 1,000 keys and list entries',
} as const;
export type Refusal = keyof typeof refusals;

export type Judged = { event: Event } | { refused: Refusal; detail: string };

export type Circumstances = {
  receivedAt: Instant;
  /** When the client says it sent the request; null when it does not say. */
  sentAt: Instant | null;
  /** A browser's clock may be years off; a server's is taken at its word. */
  trust: 'browser' | 'server';
};

const LARGEST_EVENT = 32 * 1024;
const LONGEST_ID = 512;
const LONGEST_NAME = 256;
const DAY = 86_400_000;
const EARLIEST = 946_684_800_000; // 2000-01-01

/** Judges one event. Never throws; whatever comes in, either an event or a named refusal comes out. */
export function judgeEvent(raw: unknown, circumstances: Circumstances): Judged {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return refuse('not_an_object');
  let fields: Record<string, unknown>;
  try {
    fields = clean(raw) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof UncleanError) return refuse(error.code);
    throw error;
  }
  if (Buffer.byteLength(JSON.stringify(fields)) > LARGEST_EVENT) return refuse('too_large');
  const long = tooLong(fields);
  if (long !== undefined) return refuse('too_long', long);
  const type = eventTypes.find((one) => one === fields.type);
  if (type === undefined) return refuse('unknown_type', fields.type);
  const event: Omit<Event, 'at'> = {
    type,
    messageId: text(fields.messageId),
    userId: identity(fields.userId),
    anonymousId: identity(fields.anonymousId),
    previousId: identity(fields.previousId),
    groupId: identity(fields.groupId),
    name: text(type === 'track' ? fields.event : fields.name),
    properties: object(fields.properties),
    traits: object(fields.traits),
    context: object(fields.context),
  };
  const lacking = lacks[type](event);
  if (lacking !== null) return refuse(lacking);
  const at = timeOf(fields, circumstances);
  return typeof at === 'number' ? { event: { ...event, at } } : at;
}

const nobody = ({ userId, anonymousId }: Omit<Event, 'at'>): Refusal | null =>
  userId === null && anonymousId === null ? 'no_identity' : null;

/** What each type must have beside its type. */
const lacks: Record<EventType, (event: Omit<Event, 'at'>) => Refusal | null> = {
  identify: nobody,
  track: (event) => nobody(event) ?? (event.name === null ? 'no_event_name' : null),
  page: nobody,
  screen: nobody,
  group: (event) => nobody(event) ?? (event.groupId === null ? 'no_group' : null),
  alias: ({ userId, previousId }) => (userId === null || previousId === null ? 'no_previous_id' : null),
};

/**
 * When it happened. A browser's clock is set right by how far off it was when it sent the request; what still lies
 * more than a day ahead happened no later than it came in.
 */
function timeOf(
  fields: Record<string, unknown>,
  { receivedAt, sentAt, trust }: Circumstances,
): Instant | Judged {
  const said = fields.originalTimestamp ?? fields.timestamp;
  if (said === undefined || said === null) return receivedAt;
  const written = typeof said === 'string' ? readInstant(said.trim()) : null;
  if (written === null) return refuse('bad_time', said);
  const skewed = trust === 'browser' && sentAt !== null;
  const at = skewed ? receivedAt - (sentAt - written) : written;
  if (at > receivedAt + DAY) return receivedAt;
  return at < EARLIEST ? refuse('time_out_of_range', said) : at;
}

function refuse(refused: Refusal, found?: unknown): Judged {
  const shown = found === undefined ? '' : `; found ${JSON.stringify(found)?.slice(0, 100)}`;
  return { refused, detail: refusals[refused] + shown };
}

/** How long a text may be; a longer one is refused, for cut short it would be taken for another. */
const LONGEST: Record<string, number> = {
  messageId: LONGEST_ID,
  userId: LONGEST_ID,
  anonymousId: LONGEST_ID,
  previousId: LONGEST_ID,
  groupId: LONGEST_ID,
  event: LONGEST_NAME,
  name: LONGEST_NAME,
};

/** The first of the ids and names that is longer than it may be, as "name: beginning". */
function tooLong(fields: Record<string, unknown>): string | undefined {
  const long = Object.keys(LONGEST).find((field) => (text(fields[field])?.length ?? 0) > LONGEST[field]!);
  return long === undefined ? undefined : `${long}: ${text(fields[long])!.slice(0, 40)}…`;
}

function text(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const trimmed = String(value).trim();
  return trimmed === '' ? null : trimmed;
}

function identity(value: unknown): string | null {
  const id = text(value);
  return id === null || meansNobody(id) ? null : id;
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
