import { z } from 'zod';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';
import { verdictName } from './verdicts.ts';

const anAccount = z.strictObject({ id: uuid, name: z.string().nullable(), domain: z.string().nullable() });

/** A lead in a list, as it stood when it was last judged. */
export const leadSummary = z.strictObject({
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
    /** Said of the lead, its account's thread left out, or of one of its handoffs. */
    'message',
    /** A clock of a handoff was met, or its time passed without that. */
    'clock_met',
    'clock_missed',
    'hold',
    'release',
    'dispute',
    'ruling',
    'exception',
    /** Given to somebody by a person's word. */
    'reassignment',
  ]),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

const limit = z.coerce.number().int().min(1).max(200).default(50);
const aLead = z.strictObject({ id: uuid });

/** What lists of leads are sorted by. `mql_at` lists those alone that were an MQL. */
const leadOrder = z.enum(['created', 'interest', 'last_activity', 'fit', 'grade', 'mql_at']);
export type LeadOrder = z.infer<typeof leadOrder>;

/** What became of the lead's latest handoff; `open`: waiting or being worked; `unready`: something is missing to make one. */
const handoffOfLead = z.enum([
  'open',
  'offered',
  'accepted',
  'qualified',
  'returned',
  'lapsed',
  'withdrawn',
  'unready',
  'none',
]);

export const leadFilter = z.strictObject({
  /** Stages, with or without a level, several with commas between: `prospect` finds `prospect/hot` too. */
  stage: z.string().max(2_000).optional(),
  verdict: verdictName.optional(),
  grade: z
    .string()
    .regex(/^[A-D][1-4]$/, 'a grade is A1 … D4')
    .optional(),
  source: z.string().max(500).optional(),
  account: uuid.optional(),
  /** The beginning of an e-mail address, a name, a last name, or of the account's name or domain. */
  q: z.string().trim().min(1).max(200).optional(),
  /** Whose open handoff it is. */
  owner: uuid.optional(),
  handoff: handoffOfLead.optional(),
  /** The tier of its open handoff. */
  tier: z.string().max(200).optional(),
  /** From an instant on, and until before another. */
  created_from: instant.optional(),
  created_until: instant.optional(),
  mql_from: instant.optional(),
  mql_until: instant.optional(),
  active_from: instant.optional(),
  active_until: instant.optional(),
});
export type LeadFilter = z.infer<typeof leadFilter>;

const order = {
  sort: leadOrder.default('created'),
  direction: z.enum(['down', 'up']).default('down'),
};
const leadSearch = leadFilter.extend({ ...order, limit, cursor: cursor.optional() });
export type LeadSearch = z.infer<typeof leadSearch>;

export const listLeads = routeContract({
  method: 'GET',
  path: '/api/leads',
  summary:
    'Leads, filtered and sorted; a page may hold fewer than asked for while `next` says there are more',
  scope: 'leads:read',
  params: nothing,
  query: leadSearch,
  body: nothing,
  reply: page(leadSummary),
  status: 200,
});

/** Exact up to a bound; past it `more` says that there are more than `n`. */
const bounded = { n: z.int(), more: z.boolean() };

export const countLeads = routeContract({
  method: 'GET',
  path: '/api/leads/counts',
  summary: 'How many leads a filter finds, in all and at each stage, counted up to 10,000 each',
  scope: 'leads:read',
  params: nothing,
  query: leadFilter,
  body: nothing,
  reply: z.strictObject({
    ...bounded,
    /** In no order of the ladder: by name. Stages where none is are left out. */
    stages: z.array(z.strictObject({ stage: z.string(), ...bounded })),
  }),
  status: 200,
});

export const exportLeads = routeContract({
  method: 'GET',
  path: '/api/leads.csv',
  summary: 'The same list as a CSV file: streamed, at most 100,000 rows, no cell of it a formula',
  scope: 'leads:read',
  params: nothing,
  query: leadFilter.extend(order),
  body: nothing,
  reply: z.custom<AsyncIterable<string>>(),
  file: { type: 'text/csv; charset=utf-8', name: 'leads.csv' },
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
