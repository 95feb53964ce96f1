/** Events that came in and could not be taken, and what arrived lately. */
import { z } from 'zod';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';

/** Why an event waits. */
const reason = z.string().max(100);
/** An id that follows from the event itself, and so is of no version of UUID. */
const eventId = z.guid();
const standing = z.enum(['waiting', 'replayed', 'dismissed']);

const quarantined = z.strictObject({
  id: eventId,
  received_at: instant,
  /** The write key it came with. */
  write_key: uuid.nullable(),
  message_id: z.string().nullable(),
  reason,
  detail: z.string(),
  standing,
  ended_at: instant.nullable(),
  ended_by: uuid.nullable(),
  /** Why it was given up. */
  why: z.string().nullable(),
});
export type QuarantinedEvent = z.infer<typeof quarantined>;

const wanted = {
  reason: reason.optional(),
  write_key: uuid.optional(),
  /** Received from this instant on. */
  since: instant.optional(),
};
const anEvent = z.strictObject({ id: eventId });
const writing = { method: 'POST', scope: 'quarantine:write', query: nothing, status: 201 } as const;
const reading = { method: 'GET', scope: 'quarantine:read', body: nothing, status: 200 } as const;

export const listQuarantine = routeContract({
  ...reading,
  path: '/api/quarantine',
  summary: 'Events that could not be taken in, the latest first',
  params: nothing,
  query: z.strictObject({
    ...wanted,
    standing: z.enum([...standing.options, 'any']).default('waiting'),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: page(quarantined),
});

export const showQuarantined = routeContract({
  ...reading,
  path: '/api/quarantine/:id',
  summary: 'One of them, with what it said; never the address it came from',
  params: anEvent,
  query: nothing,
  reply: quarantined.extend({ body: z.string() }),
});

const replayed = z.strictObject({
  id: eventId,
  /** False: refused again, by the reason that it has now. */
  replayed: z.boolean(),
  reason: reason.nullable(),
  detail: z.string().nullable(),
});
export type Replayed = z.infer<typeof replayed>;

export const replayQuarantined = routeContract({
  ...writing,
  path: '/api/quarantine/:id/replay',
  summary: 'Take an event in after all: judged anew, at the time it came in',
  params: anEvent,
  body: nothing,
  reply: replayed,
});

const some = z.union([
  z.strictObject({ ids: z.array(eventId).min(1).max(200) }),
  z.strictObject({ reason: reason.optional(), write_key: uuid.optional(), since: instant.optional() }),
]);

export const replayMany = routeContract({
  ...writing,
  path: '/api/quarantine/replays',
  summary: 'Take many in after all, 200 at a time, the oldest first; ask again while some remain',
  params: nothing,
  body: some,
  reply: z.strictObject({
    replayed: z.int(),
    refused: z.array(replayed),
    /** How many of those that were asked for were not tried yet. */
    remaining: z.int(),
  }),
});

const why = z.string().trim().min(1).max(1_000);

export const dismissQuarantined = routeContract({
  ...writing,
  path: '/api/quarantine/:id/dismissal',
  summary: 'Give an event up, and say why',
  params: anEvent,
  body: z.strictObject({ why }),
  reply: quarantined,
});

export const dismissMany = routeContract({
  ...writing,
  path: '/api/quarantine/dismissals',
  summary: 'Give many up at once, and say why',
  params: nothing,
  body: z.strictObject({
    why,
    ids: z.array(eventId).min(1).max(1_000).optional(),
    reason: reason.optional(),
    write_key: uuid.optional(),
    since: instant.optional(),
  }),
  reply: z.strictObject({ dismissed: z.int() }),
});

const arrived = z.strictObject({
  at: instant,
  write_key: uuid,
  /** identify, track, page …; null when it did not even say. */
  type: z.string().nullable(),
  /** What an activity is called. */
  name: z.string().nullable(),
  message_id: z.string().nullable(),
  result: z.enum(['accepted', 'repeated', 'rejected']),
  /** The lead it is about, once it is known. */
  lead: uuid.nullable(),
  reason: reason.nullable(),
  detail: z.string().nullable(),
});
export type Arrived = z.infer<typeof arrived>;

export const recentEvents = routeContract({
  ...reading,
  path: '/api/ingest/recent',
  summary:
    'What arrived lately at this process, the latest first: the last hundred events of each write key, taken or not, and why not',
  params: nothing,
  query: z.strictObject({
    write_key: uuid.optional(),
    result: arrived.shape.result.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.strictObject({ items: z.array(arrived) }),
});
