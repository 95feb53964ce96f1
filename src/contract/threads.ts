import { z } from 'zod';
import { cursor, instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

/** What people talk about. */
const about = z.enum(['lead', 'account', 'handoff', 'review']);
const body = z.string().trim().min(1).max(20_000);

export const message = z.strictObject({
  id: uuid,
  author: uuid,
  at: instant,
  kind: z.enum(['message', 'decision', 'duty']),
  body: z.string(),
  mentions: z.array(uuid),
  /** Of a duty: whose, by which day, and since when it is done. */
  duty_of: uuid.nullable(),
  due_on: z.iso.date().nullable(),
  done_at: instant.nullable(),
  edited_at: instant.nullable(),
});
export type Message = z.infer<typeof message>;

const place = z.strictObject({ about, id: uuid });
const shared = { scope: 'threads:write', query: nothing, status: 201 } as const;

export const showThread = routeContract({
  method: 'GET',
  path: '/api/threads/:about/:id',
  summary: 'What was said of a lead, an account, a handoff or a review, the latest last',
  scope: 'threads:read',
  params: place,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(100),
    /** Further back. */
    cursor: cursor.optional(),
  }),
  body: nothing,
  reply: z.strictObject({ items: z.array(message), next: cursor.nullable() }),
  status: 200,
});

export const writeMessage = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/threads/:about/:id/messages',
  summary: 'Say something, keep a decision, or give somebody a duty with a day',
  params: place,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('message'), body, mentions: z.array(uuid).max(50).default([]) }),
    z.strictObject({ kind: z.literal('decision'), body, mentions: z.array(uuid).max(50).default([]) }),
    z.strictObject({
      kind: z.literal('duty'),
      body,
      mentions: z.array(uuid).max(50).default([]),
      duty_of: uuid,
      due_on: z.iso.date(),
    }),
  ]),
  reply: message,
});

export const editMessage = routeContract({
  ...shared,
  method: 'PATCH',
  path: '/api/messages/:id',
  summary: 'Write a message of your own anew',
  params: z.strictObject({ id: uuid }),
  body: z.strictObject({ body }),
  reply: message,
  status: 200,
});

export const doDuty = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/messages/:id/done',
  summary: 'Say that a duty is done',
  params: z.strictObject({ id: uuid }),
  body: nothing,
  reply: message,
});

export const listDuties = routeContract({
  method: 'GET',
  path: '/api/duties',
  summary: 'Your duties that are not done, the first due first',
  scope: 'threads:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ items: z.array(message) }),
  status: 200,
});
