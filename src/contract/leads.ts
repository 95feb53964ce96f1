import { z } from 'zod';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';
import { verdictName } from './verdicts.ts';

const anAccount = z.strictObject({ id: uuid, name: z.string().nullable(), domain: z.string().nullable() });

/** A lead in a list, as it stood when it was last judged. */
const leadSummary = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  name: z.string().nullable(),
  source: z.string().nullable(),
  account: anAccount.nullable(),
  created_at: instant,
  verdict: verdictName,
  /** Where it stands on the ladder: `visitor` … `mql`, `sal`, `sql`, `opportunity`, `won`, `lost`, `recycled` … */
  stage: z.string(),
  stage_since: instant.nullable(),
  grade: z.string().nullable(),
  fit: z.number(),
  interest: z.number(),
  pass: z.int(),
  mql_at: instant.nullable(),
  last_activity_at: instant.nullable(),
  judged_at: instant.nullable(),
});
export type LeadSummary = z.infer<typeof leadSummary>;

const openHandoff = z.strictObject({
  id: uuid,
  tier: z.string(),
  origin: z.enum(['mql', 'fast_lane', 'exception']),
  offered_at: instant,
  accept_by: instant,
  /** Null while it waits to be taken. */
  answer: z.literal('acceptance').nullable(),
  owner: uuid.nullable(),
  queue: z.string().nullable(),
});

const lead = leadSummary.extend({
  attributes: z.record(z.string(), z.unknown()),
  origin: z.enum(['marketing', 'sales']),
  fast_lane: z.string().nullable(),
  /** The version of the pact it was last judged by. */
  pact_id: uuid.nullable(),
  version: z.int().nullable(),
  /** When time alone may change the verdict. */
  next_at: instant.nullable(),
  /** What it was merged into, when it was. */
  merged_into: uuid.nullable(),
  handoff: openHandoff.nullable(),
});
export type Lead = z.infer<typeof lead>;

/** One thing in a lead's life. What `data` holds depends on the kind. */
const timelineEntry = z.strictObject({
  id: z.string(),
  at: instant,
  kind: z.enum([
    'activity',
    'attributes',
    'move',
    'handoff',
    'acceptance',
    'return',
    'lapse',
    'withdrawal',
    'qualification',
    'touch',
    'deal_opened',
    'deal_closed',
  ]),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

const limit = z.coerce.number().int().min(1).max(200).default(50);
const aLead = z.strictObject({ id: uuid });

/** What lists of leads are sorted by. */
const leadOrder = z.enum(['created', 'interest', 'last_activity']);
export type LeadOrder = z.infer<typeof leadOrder>;

const leadSearch = z.strictObject({
  /** A stage, with or without its level: `prospect` finds `prospect/hot` too. */
  stage: z.string().max(200).optional(),
  verdict: verdictName.optional(),
  grade: z
    .string()
    .regex(/^[A-D][1-4]$/, 'a grade is A1 … D4')
    .optional(),
  source: z.string().max(500).optional(),
  account: uuid.optional(),
  /** The beginning of an e-mail address, a name, a last name, or of the account's name or domain. */
  q: z.string().trim().min(1).max(200).optional(),
  sort: leadOrder.default('created'),
  direction: z.enum(['down', 'up']).default('down'),
  limit,
  cursor: cursor.optional(),
});
export type LeadSearch = z.infer<typeof leadSearch>;

export const listLeads = routeContract({
  method: 'GET',
  path: '/api/leads',
  summary: 'Leads, filtered and sorted',
  scope: 'leads:read',
  params: nothing,
  query: leadSearch,
  body: nothing,
  reply: page(leadSummary),
  status: 200,
});

export const showLead = routeContract({
  method: 'GET',
  path: '/api/leads/:id',
  summary: 'One lead: what is known of it, where it stands, its account, its open handoff',
  scope: 'leads:read',
  params: aLead,
  query: nothing,
  body: nothing,
  reply: lead,
  status: 200,
});

export const showTimeline = routeContract({
  method: 'GET',
  path: '/api/leads/:id/timeline',
  summary: 'What happened to a lead, the latest first: activities, moves and answers in one stream',
  scope: 'leads:read',
  params: aLead,
  query: z.strictObject({ limit, cursor: cursor.optional() }),
  body: nothing,
  reply: page(timelineEntry),
  status: 200,
});
