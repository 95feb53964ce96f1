import { z } from 'zod';
import { handoffSummary } from './handoffs.ts';
import { nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const leadHit = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  name: z.string().nullable(),
  account: z.string().nullable(),
  stage: z.string(),
  grade: z.string().nullable(),
});

const accountHit = z.strictObject({
  id: uuid,
  name: z.string().nullable(),
  domain: z.string().nullable(),
  leads: z.int(),
});

/** A handoff of a lead that was found. */
const handoffHit = handoffSummary.pick({
  id: true,
  lead: true,
  standing: true,
  tier: true,
  owner: true,
  offered_at: true,
});

/** A clause of the version in force. */
const clauseHit = z.strictObject({
  pact: uuid,
  version: z.int(),
  /** As in a version's clauses: `profile.size`. */
  clause: z.string(),
  text: z.string(),
});

const memberHit = z.strictObject({
  id: uuid,
  name: z.string(),
  email: z.string(),
  party: z.enum(['marketing', 'sales']).nullable(),
  rank: z.enum(['member', 'lead', 'manager']),
});

const hits = z.strictObject({
  leads: z.array(leadHit),
  accounts: z.array(accountHit),
  handoffs: z.array(handoffHit),
  clauses: z.array(clauseHit),
  members: z.array(memberHit),
});
export type Hits = z.infer<typeof hits>;

export const search = routeContract({
  method: 'GET',
  path: '/api/search',
  summary: 'Search everything: leads, accounts, handoffs, clauses and members, at most eight of each',
  scope: 'leads:read',
  params: nothing,
  /** The beginning of a name, of one of its words, of an address or of a domain. */
  query: z.strictObject({ q: z.string().trim().min(1).max(200) }),
  body: nothing,
  reply: hits,
  status: 200,
});
