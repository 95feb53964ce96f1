import { z } from 'zod';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const outcome = z.enum(['open', 'won', 'lost']);
const currency = z.string().regex(/^[A-Z]{3}$/, 'wanted three capital letters, as EUR');
const amount = z.number().min(0).max(1e15);
const short = z.string().trim().min(1).max(500);

const deal = z.strictObject({
  id: uuid,
  lead: uuid.nullable(),
  account: uuid.nullable(),
  handoff: uuid.nullable(),
  origin: z.enum(['qualification', 'hand', 'import', 'crm']),
  external_id: z.string().nullable(),
  name: z.string().nullable(),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  stage: z.string().nullable(),
  owner: uuid.nullable(),
  opened_at: instant,
  outcome,
  closed_at: instant.nullable(),
  reason: z.string().nullable(),
  revision: z.int(),
});
export type Deal = z.infer<typeof deal>;

const aDeal = z.strictObject({ id: uuid });

export const listDeals = routeContract({
  method: 'GET',
  path: '/api/deals',
  summary: 'Deals, the latest first',
  scope: 'deals:read',
  params: nothing,
  query: z.strictObject({
    outcome: outcome.optional(),
    lead: uuid.optional(),
    owner: uuid.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  body: nothing,
  reply: page(deal),
  status: 200,
});

export const showDeal = routeContract({
  method: 'GET',
  path: '/api/deals/:id',
  summary: 'One deal',
  scope: 'deals:read',
  params: aDeal,
  query: nothing,
  body: nothing,
  reply: deal,
  status: 200,
});

export const openDeal = routeContract({
  method: 'POST',
  path: '/api/deals',
  summary: 'Open a deal: from a qualification, or by hand for a lead',
  scope: 'deals:write',
  params: nothing,
  query: nothing,
  /** A handoff that was qualified, or a lead. */
  body: z.strictObject({
    handoff: uuid.optional(),
    lead: uuid.optional(),
    name: short.optional(),
    amount: amount.optional(),
    currency: currency.optional(),
    stage: short.optional(),
    external_id: short.optional(),
    opened_at: instant.optional(),
  }),
  reply: deal,
  status: 201,
});

export const closeDeal = routeContract({
  method: 'POST',
  path: '/api/deals/:id/outcome',
  summary: 'Say that a deal is won or lost, and why',
  scope: 'deals:write',
  params: aDeal,
  query: nothing,
  body: z.strictObject({
    outcome: z.enum(['won', 'lost']),
    reason: z.string().trim().min(1, 'wanted why it was won or lost').max(2_000),
    amount: amount.optional(),
    closed_at: instant.optional(),
    revision: z.int().min(1).optional(),
  }),
  reply: deal,
  status: 201,
});

export const findLead = routeContract({
  method: 'POST',
  path: '/api/leads/found',
  summary: 'Enter a lead that sales found itself',
  scope: 'leads:write',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    attributes: z.record(
      z.string().min(1).max(200),
      z.union([z.string().max(10_000), z.number(), z.boolean()]),
    ),
    source: short.optional(),
    /** Opens a deal for it at once. */
    deal: z
      .strictObject({ name: short.optional(), amount: amount.optional(), currency: currency.optional() })
      .optional(),
  }),
  reply: z.strictObject({ id: uuid, deal: uuid.nullable() }),
  status: 201,
});
