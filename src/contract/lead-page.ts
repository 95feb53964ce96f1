/** What a lead's page shows beside the lead: how its score came about, who it is, its handoffs. */
import { z } from 'zod';
import { handoffSummary } from './handoffs.ts';
import { leadSummary } from './leads.ts';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';
import { verdictName } from './verdicts.ts';

const aLead = z.strictObject({ id: uuid });
const look = { method: 'GET', scope: 'leads:read', params: aLead, body: nothing, status: 200 } as const;
const version = z.coerce.number().int().min(1).max(2_147_483_647);

const scoreAt = z.strictObject({
  at: instant,
  verdict: verdictName,
  grade: z.string(),
  fit: z.number(),
  interest: z.number(),
  stage: z.string(),
});
export type ScoreAt = z.infer<typeof scoreAt>;

export const showScoreHistory = routeContract({
  ...look,
  path: '/api/leads/:id/score-history',
  summary: 'Fit, interest, verdict and grade at instants over a range, under one version',
  query: z.strictObject({
    /** The lead's first day, when left out. */
    from: instant.optional(),
    /** Now, when left out; days to come show how interest fades when nothing more happens. */
    until: instant.optional(),
    version: version.optional(),
    /** How many instants, evenly apart, both ends included. */
    points: z.coerce.number().int().min(2).max(200).default(60),
  }),
  reply: z.strictObject({
    pact_id: uuid,
    version: z.int(),
    items: z.array(scoreAt),
    /** What moved interest between them: the latest 100 activities looked at, and how it stood before and after. */
    activities: z.array(
      z.strictObject({ at: instant, type: z.string(), before: z.number(), after: z.number() }),
    ),
  }),
});

/** One thing that is missing. */
const missing = z.strictObject({
  /** In words: "interest of at least 50: it is 34, 16 short". */
  words: z.string(),
  kind: z.enum(['attribute', 'did', 'fit', 'interest', 'grade', 'stage']),
  /** Null: not known, rather than not so. */
  holds: z.boolean().nullable(),
  /** How much is missing of a number, where that can be said. */
  short: z.number().nullable(),
});

const distance = z.strictObject({
  version: z.int(),
  at: instant,
  verdict: verdictName,
  /** The whole in one sentence. */
  words: z.string(),
  /** What shuts it out, whatever else holds. */
  shut_out_by: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  /** Each way to an MQL, the shortest first, with all that is missing on it; empty for an MQL. */
  ways: z.array(z.strictObject({ missing: z.array(missing) })),
  /** Criteria that do not hold or are not known and would bring points, the most first. */
  could_bring: z.array(
    z.strictObject({
      criterion: z.string(),
      kind: z.enum(['profile', 'interest']),
      text: z.string(),
      points: z.number(),
      holds: z.boolean().nullable(),
    }),
  ),
});
export type Distance = z.infer<typeof distance>;

export const showDistance = routeContract({
  ...look,
  path: '/api/leads/:id/distance',
  summary: 'What is missing to an MQL, in words',
  query: z.strictObject({ at: instant.optional(), version: version.optional() }),
  reply: distance,
});

const identity = z.strictObject({
  kind: z.enum(['anonymous', 'user', 'email', 'external']),
  value: z.string(),
  trust: z.enum(['browser', 'form', 'server', 'import', 'crm', 'member']),
  verified_at: instant.nullable(),
  first_seen_at: instant,
  /** The lead it first stood for: another than the one asked for, when that was merged. */
  lead: uuid,
});

const merge = z.strictObject({
  id: uuid,
  from: uuid,
  into: uuid,
  at: instant,
  /** `member`: by a person's word; else what the events said. */
  cause: z.string(),
  /** Whether it is believed: the two are one now. */
  believed: z.boolean(),
  undone_by: uuid.nullable(),
});

const identities = z.strictObject({
  items: z.array(identity),
  merges: z.array(merge),
  /** Leads that might be the same person, each with why; nothing is done about it by itself. */
  duplicates: z.array(z.strictObject({ lead: leadSummary, why: z.string() })),
});
export type Identities = z.infer<typeof identities>;

export const showIdentities = routeContract({
  ...look,
  path: '/api/leads/:id/identities',
  summary: 'By what a lead is recognised, what was merged into it, and who might be the same person',
  query: nothing,
  reply: identities,
});

const change = { method: 'POST', scope: 'leads:write', params: aLead, query: nothing, status: 201 } as const;

export const mergeLead = routeContract({
  ...change,
  path: '/api/leads/:id/merge',
  summary: 'Merge another lead into this one; nothing of it is lost, and it can be undone',
  body: z.strictObject({ lead: uuid }),
  reply: z.strictObject({
    /** The lead that now stands for both. */
    id: uuid,
    merge: uuid,
  }),
});

export const undoMerge = routeContract({
  ...change,
  path: '/api/leads/:id/merge-undo',
  summary: 'Say that two leads are not one: they part, and are not brought together again by themselves',
  body: z.strictObject({ merge: uuid }),
  reply: z.strictObject({ id: uuid, merge: uuid }),
});

export const listHandoffsOfLead = routeContract({
  ...look,
  scope: 'handoffs:read',
  path: '/api/leads/:id/handoffs',
  summary: 'The handoffs of a lead, the latest first, at most 100',
  query: nothing,
  reply: z.strictObject({ items: z.array(handoffSummary) }),
});
