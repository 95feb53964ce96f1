/** Webhooks out (Standard Webhooks): where they go, what went out, and asking for it again. */
import { z } from 'zod';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';

/** What there is to be told of, as the first word of a topic. */
const families = ['lead', 'handoff', 'deal', 'pact', 'sla', 'thread'];
const topic = z
  .string()
  .max(100)
  .regex(
    new RegExp(`^(?:\\*|(?:${families.join('|')})\\.(?:\\*|[a-z0-9_]+(?:\\.[a-z0-9_]+)*))$`),
    `a topic such as handoff.offered, a family such as handoff.*, or *; families are ${families.join(', ')}`,
  );
const topics = z.array(topic).min(1).max(50);
const url = z.string().max(2_000);

const endpoint = z.strictObject({
  id: uuid,
  url: z.string(),
  topics: z.array(z.string()),
  created_at: instant,
  /** Since when every try has failed; null while the last one went well. */
  failing_since: instant.nullable(),
  disabled_at: instant.nullable(),
  disabled_why: z.string().nullable(),
  /** Until when the former secret signs too; null when none does. */
  former_until: instant.nullable(),
});
export type Endpoint = z.infer<typeof endpoint>;

const standing = z.enum(['waiting', 'delivered', 'failed']);

const delivery = z.strictObject({
  id: uuid,
  /** The webhook-id header: the same for every try, replays included. */
  message_id: uuid,
  topic: z.string(),
  standing,
  created_at: instant,
  attempts: z.int(),
  /** When it is tried next. */
  due_at: instant.nullable(),
  delivered_at: instant.nullable(),
  failed_at: instant.nullable(),
  /** What the receiver answered last; null when it did not. */
  status: z.int().nullable(),
  last_error: z.string().nullable(),
});
export type Delivery = z.infer<typeof delivery>;

const anEndpoint = z.strictObject({ endpoint: uuid });
const writing = { scope: 'webhooks:write', query: nothing } as const;
const secret = z.string();

export const listEndpoints = routeContract({
  method: 'GET',
  path: '/api/webhooks',
  summary: 'Where webhooks go',
  scope: 'webhooks:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ items: z.array(endpoint) }),
  status: 200,
});

export const addEndpoint = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Send webhooks to one more address; the secret is shown now and never again',
  params: nothing,
  body: z.strictObject({ url, topics }),
  reply: endpoint.extend({ secret }),
  status: 201,
});

export const changeEndpoint = routeContract({
  ...writing,
  method: 'PATCH',
  path: '/api/webhooks/:endpoint',
  summary: 'Change the address or the topics, disable it, or enable it again',
  params: anEndpoint,
  body: z.strictObject({ url: url.optional(), topics: topics.optional(), enabled: z.boolean().optional() }),
  reply: endpoint,
  status: 200,
});

export const removeEndpoint = routeContract({
  ...writing,
  method: 'DELETE',
  path: '/api/webhooks/:endpoint',
  summary: 'Send nothing there any more, and forget what was sent',
  params: anEndpoint,
  body: nothing,
  reply: nothing,
  status: 200,
});

export const rotateSecret = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/webhooks/:endpoint/secrets',
  summary: 'Sign with a new secret; for 24 hours the former one signs too',
  params: anEndpoint,
  body: nothing,
  reply: z.strictObject({ secret, former_until: instant }),
  status: 201,
});

export const testEndpoint = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/webhooks/:endpoint/tests',
  summary: 'Send a message of type test.ping, whatever the topics',
  params: anEndpoint,
  body: nothing,
  reply: delivery,
  status: 201,
});

export const replayDeliveries = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/webhooks/:endpoint/replays',
  summary: 'Send again what was made in a span of time, by the same ids',
  params: anEndpoint,
  body: z.strictObject({
    from: instant,
    until: instant,
    /** Those that failed for good, or all. */
    which: z.enum(['failed', 'all']).default('failed'),
  }),
  reply: z.strictObject({ replayed: z.int() }),
  status: 201,
});

export const listDeliveries = routeContract({
  method: 'GET',
  path: '/api/webhooks/:endpoint/deliveries',
  summary: 'What was sent in the last 30 days, the newest first',
  scope: 'webhooks:read',
  params: anEndpoint,
  query: z.strictObject({
    standing: standing.optional(),
    cursor: cursor.pipe(uuid).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  body: nothing,
  reply: page(delivery),
  status: 200,
});
