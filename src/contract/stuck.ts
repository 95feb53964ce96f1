/** What does not go on by itself: MQLs that lack something to be handed over, and leads that cannot be judged. */
import { z } from 'zod';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const whose = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  name: z.string().nullable(),
  account: z.string().nullable(),
});
const aPage = z.strictObject({
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const unready = z.strictObject({
  lead: whose,
  pass: z.int(),
  tier: z.string(),
  /** Why it cannot be handed over, by name: packet_incomplete, no_opening. */
  refused: z.string(),
  /** What the pact wants in the packet and nobody knows. */
  missing: z.array(z.string()),
  since: instant,
  tried_at: instant,
});
export type UnreadyHandoff = z.infer<typeof unready>;

export const listUnready = routeContract({
  method: 'GET',
  path: '/api/handoffs/unready',
  summary: 'MQLs that could not be handed over, and what is missing; the one that waits longest first',
  scope: 'handoffs:read',
  params: nothing,
  query: aPage.extend({ missing: z.string().max(500).optional() }),
  body: nothing,
  reply: page(unready),
  status: 200,
});

const stuck = z.strictObject({
  lead: whose,
  attempts: z.int(),
  /** What its fold fails at. */
  error: z.string(),
  since: instant,
  last_at: instant,
  /** When it is tried again; null when it waits for somebody to say so. */
  retry_at: instant.nullable(),
});
export type StuckLead = z.infer<typeof stuck>;

export const listStuck = routeContract({
  method: 'GET',
  path: '/api/leads/stuck',
  summary:
    'Leads that cannot be judged, set aside so that the others go on; the one that waits longest first',
  scope: 'leads:read',
  params: nothing,
  query: aPage,
  body: nothing,
  reply: page(stuck),
  status: 200,
});

export const refoldLead = routeContract({
  method: 'POST',
  path: '/api/leads/:id/refold',
  summary: 'Judge a lead anew from everything that is known of it, and let it go on when it was stuck',
  scope: 'leads:write',
  params: z.strictObject({ id: uuid }),
  query: nothing,
  body: nothing,
  reply: z.strictObject({
    lead: uuid,
    /** Whether it was set aside until now. */
    released: z.boolean(),
  }),
  status: 201,
});
