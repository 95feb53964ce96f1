/** Two private drafts: each party writes its own definition unseen; then they are laid side by side. */
import { z } from 'zod';
import { finding, versionSummary } from './pacts.ts';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';
import { verdictName } from './verdicts.ts';

const text = z.string().min(1).max(2_000_000);

/** What may be known of a side while it is not open: whether it is in. */
const side = z.strictObject({ handed_in_at: instant.nullable() });

const summary = z.strictObject({
  id: uuid,
  name: z.string(),
  /** The pact that is negotiated anew; null at the very start. */
  pact: uuid.nullable(),
  opened_at: instant,
  opened_by: uuid,
  /** Writing until both are in, then choosing, then settled: there is a draft of both. */
  standing: z.enum(['writing', 'choosing', 'settled']),
  marketing: side,
  sales: side,
  /** The draft that grew from both. */
  draft: z.strictObject({ pact: uuid, number: z.int() }).nullable(),
});
export type OpeningSummary = z.infer<typeof summary>;

const choice = z.strictObject({
  clause: z.string(),
  take: z.enum(['marketing', 'sales', 'new']),
  by: uuid,
  at: instant,
});

const opening = summary.extend({
  /** The caller's own text; null for who belongs to neither party, and while nothing is written. */
  mine: z
    .strictObject({ text: z.string(), digest: z.string(), revision: z.int(), findings: z.array(finding) })
    .nullable(),
  /** Both texts, once both are in; null until then. */
  texts: z.strictObject({ marketing: z.string(), sales: z.string() }).nullable(),
  choices: z.array(choice),
  /** How many differences there are; null until both are in. */
  differences: z.int().nullable(),
});
export type Opening = z.infer<typeof opening>;

const difference = z.strictObject({
  clause: z.string(),
  part: z.string(),
  owner: z.enum(['marketing', 'sales', 'both']),
  /** One heading for several clauses: stages, thresholds, criteria, who qualifies, expectations, the rest. */
  kind: z.enum(['stages', 'thresholds', 'criteria', 'qualifies', 'expectations', 'other']),
  /** From what marketing wrote to what sales wrote, as sentences. */
  said: z.array(z.string()),
  /** The clause of each side in words; null where that side has none. */
  marketing: z.string().nullable(),
  sales: z.string().nullable(),
  /** In the normal form; null where that side has none. */
  values: z.strictObject({ marketing: z.unknown(), sales: z.unknown() }),
  chosen: choice.nullable(),
});
export type Difference = z.infer<typeof difference>;

const differing = z.strictObject({
  id: uuid,
  name: z.string(),
  marketing: verdictName,
  sales: verdictName,
});

const sampled = z.strictObject({
  /** How many leads were judged under both, of how many. */
  judged: z.int(),
  of: z.int(),
  /** MQLs of the sample under each. */
  mqls: z.strictObject({ marketing: z.int(), sales: z.int(), both: z.int() }),
  differing: z.int(),
  items: z.array(differing),
});

const anOpening = z.strictObject({ opening: uuid });
const reading = { method: 'GET', scope: 'pacts:read', query: nothing, body: nothing, status: 200 } as const;
const writing = { scope: 'pacts:write', query: nothing } as const;

export const listOpenings = routeContract({
  ...reading,
  path: '/api/openings',
  summary: 'Where each side writes, or wrote, its own definition first',
  params: nothing,
  reply: z.strictObject({ items: z.array(summary) }),
});

export const beginOpening = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/openings',
  summary: 'Let each side write its own definition, unseen by the other until both are in',
  params: nothing,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    /** Of a re-negotiation: the pact. */
    pact: uuid.optional(),
  }),
  reply: opening,
  status: 201,
});

export const showOpening = routeContract({
  ...reading,
  path: '/api/openings/:opening',
  summary: 'How far it has come, and your own text; both texts once both are in',
  params: anOpening,
  reply: opening,
});

export const writeOwnDefinition = routeContract({
  ...writing,
  method: 'PUT',
  path: '/api/openings/:opening/text',
  summary: 'Write your party’s own definition; nobody else sees it until both are in',
  params: anOpening,
  body: z.strictObject({
    text,
    /** The revision that was read; 0 for the first. */
    revision: z.int().min(0),
  }),
  reply: opening,
  status: 200,
});

export const handInDefinition = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/openings/:opening/handing-in',
  summary:
    'Hand your party’s definition in: from now on it stays as it is, and opens when the other is in too',
  params: anOpening,
  body: nothing,
  reply: opening,
  status: 201,
});

export const showDifferences = routeContract({
  ...reading,
  path: '/api/openings/:opening/differences',
  summary: 'Where the two definitions differ, clause by clause, in words',
  params: anOpening,
  reply: z.strictObject({ items: z.array(difference) }),
});

export const showDifferingLeads = routeContract({
  ...reading,
  path: '/api/openings/:opening/leads',
  summary: 'On which real leads the difference changes the verdict: a sample, judged under both',
  params: anOpening,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  reply: sampled,
});

export const chooseClause = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/openings/:opening/choices',
  summary: 'Take a clause from one side, or write it anew; choosing again replaces the choice',
  params: anOpening,
  body: z.discriminatedUnion('take', [
    z.strictObject({ clause: z.string().min(1).max(300), take: z.literal('marketing') }),
    z.strictObject({ clause: z.string().min(1).max(300), take: z.literal('sales') }),
    z.strictObject({ clause: z.string().min(1).max(300), take: z.literal('new'), value: z.unknown() }),
  ]),
  reply: z.strictObject({
    /** The draft as it stands with the choices so far; what is not chosen yet stands as its owner wrote it. */
    text: z.string(),
    findings: z.array(finding),
    chosen: z.int(),
    differences: z.int(),
  }),
  status: 201,
});

export const settleOpening = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/openings/:opening/draft',
  summary: 'Make one draft of both, once every difference is chosen',
  params: anOpening,
  body: nothing,
  reply: z.strictObject({ pact: uuid, version: versionSummary }),
  status: 201,
});
