/** A version as a document: clause by clause, in words, each with what became of it; and one beside another. */
import { z } from 'zod';
import { versionSummary } from './pacts.ts';
import { instant, nothing, party, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const number = z.coerce.number().int().min(1).max(2_147_483_647);
const owner = z.enum(['marketing', 'sales', 'both']);
const look = { method: 'GET', scope: 'pacts:read', body: nothing, status: 200 } as const;

/** How many handoffs, and the filter of `GET /api/handoffs` that lists exactly these. */
const tally = z.strictObject({ n: z.int(), filter: z.record(z.string(), z.string()).nullable() });

const clause = z.strictObject({
  /** `mql`, `profile.size`, `reasons.not_now`: as the path of a change names it. A part that holds several stands before them. */
  id: z.string(),
  part: z.enum([
    'lead',
    'bad_leads',
    'profile',
    'interest',
    'stages',
    'mql',
    'fast_lanes',
    'sql',
    'handoff',
    'reasons',
    'terms',
  ]),
  /** As people wrote it. */
  text: z.string(),
  /** The rule, in words; null where it is none. */
  rule: z.string().nullable(),
  owner,
  points: z.number().nullable(),
  /** Over the period, among handoffs made by this version: in how many packets it held; null for what no packet tells. */
  held: tally.nullable(),
  /** Returns whose reason accuses it; of a reason, those it was given for. */
  accused: tally,
  /** Disputes of these that ended with the return overturned: the clause was right; and with it upheld. */
  right: tally,
  wrong: tally,
});
export type ClauseShown = z.infer<typeof clause>;

const aVersion = z.strictObject({ pact: uuid, number });

export const showClauses = routeContract({
  ...look,
  path: '/api/pacts/:pact/versions/:number/clauses',
  summary:
    'A version clause by clause: words, rule, owner, points, and how often it held, was accused and was right',
  params: aVersion,
  query: z.strictObject({
    /** 90 days back, when left out. */
    from: instant.optional(),
    /** Now, when left out. */
    until: instant.optional(),
  }),
  reply: z.strictObject({
    pact: uuid,
    name: z.string(),
    number: z.int(),
    digest: z.string(),
    from: instant,
    until: instant,
    /** Handoffs made by this version in the period. */
    handoffs: tally,
    clauses: z.array(clause),
    signatures: z.array(
      z.strictObject({ party, member: uuid, name: z.string(), digest: z.string(), signed_at: instant }),
    ),
    /** Every version of the pact, the latest first. */
    history: z.array(
      versionSummary.pick({
        number: true,
        standing: true,
        note: true,
        drafted_at: true,
        drafted_by: true,
        in_force_from: true,
        in_force_until: true,
      }),
    ),
  }),
});

export const compareVersions = routeContract({
  ...look,
  path: '/api/pacts/:pact/versions/:number/diff/:other',
  summary: 'What changes from one version to another, in sentences, the weightiest first',
  params: aVersion.extend({ other: number }),
  query: nothing,
  reply: z.strictObject({
    from: z.int(),
    to: z.int(),
    changes: z.array(
      z.strictObject({
        kind: z.enum(['added', 'removed', 'changed']),
        path: z.string(),
        clause: z.string(),
        owner,
        text: z.string(),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
      }),
    ),
  }),
});
