import { z } from 'zod';
import { handoffSummary } from './handoffs.ts';
import { leadSummary } from './leads.ts';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const accountSummary = z.strictObject({
  id: uuid,
  name: z.string().nullable(),
  domain: z.string().nullable(),
  created_at: instant,
  /** How many leads it has. */
  leads: z.int(),
  last_activity_at: instant.nullable(),
  /** The best of its leads' grades; those with more than 1,000 leads are looked at by their latest. */
  best_grade: z.string().nullable(),
});
export type AccountSummary = z.infer<typeof accountSummary>;

const handoffOfAccount = handoffSummary.pick({
  id: true,
  lead: true,
  standing: true,
  tier: true,
  grade: true,
  owner: true,
  offered_at: true,
});

const dealOfAccount = z.strictObject({
  id: uuid,
  lead: uuid.nullable(),
  name: z.string().nullable(),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  stage: z.string().nullable(),
  owner: uuid.nullable(),
  opened_at: instant,
  outcome: z.enum(['open', 'won', 'lost']),
  closed_at: instant.nullable(),
});

const account = accountSummary.extend({
  attributes: z.record(z.string(), z.unknown()),
  /** Those with the latest activity, 50 at most; all of them: `GET /api/leads?account=`. */
  people: z.array(leadSummary),
  /** The latest, 50 at most. */
  handoffs: z.array(handoffOfAccount),
  /** The latest, 50 at most. */
  deals: z.array(dealOfAccount),
});
export type Account = z.infer<typeof account>;

export type AccountOrder = z.infer<typeof accountOrder>;
/** `last_activity` lists those alone of which a lead was ever looked at. */
const accountOrder = z.enum(['created', 'name', 'leads', 'last_activity']);

const accountSearch = z.strictObject({
  /** The beginning of its name, of a word of it, or of its domain. */
  q: z.string().trim().min(1).max(200).optional(),
  sort: accountOrder.default('leads'),
  direction: z.enum(['down', 'up']).default('down'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: cursor.optional(),
});
export type AccountSearch = z.infer<typeof accountSearch>;

const look = { method: 'GET', scope: 'leads:read', body: nothing, status: 200 } as const;

export const listAccounts = routeContract({
  ...look,
  path: '/api/accounts',
  summary: 'Accounts, filtered and sorted',
  params: nothing,
  query: accountSearch,
  reply: page(accountSummary),
});

export const showAccount = routeContract({
  ...look,
  path: '/api/accounts/:id',
  summary: 'One account: what is known of it, its leads, handoffs and deals',
  params: z.strictObject({ id: uuid }),
  query: nothing,
  reply: account,
});
