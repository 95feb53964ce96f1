import { z } from 'zod';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

export const verdictName = z.enum(['visitor', 'bad_lead', 'mql', 'not_mql']);
const reason = z.strictObject({
  criterion: z.string(),
  kind: z.enum(['profile', 'interest', 'bad_lead', 'mql', 'fast_lane']),
  points: z.number(),
  /** Null: not known. */
  holds: z.boolean().nullable(),
  because: z.string(),
});

/** What a version says of a lead at an instant: the same, to the digit, as `leadpact score --explain`. */
const verdict = z.strictObject({
  pact: z.string(),
  pact_id: uuid,
  version: z.int(),
  digest: z.string(),
  /** An emergency amendment that one party alone has signed: it lapses unless the other does too. */
  emergency: z.boolean(),
  at: instant,
  id: uuid,
  verdict: verdictName,
  grade: z.string(),
  fit: z.number(),
  interest: z.number(),
  stage: z.string(),
  fast_lane: z.string().nullable(),
  reasons: z.array(reason),
});
export type Verdict = z.infer<typeof verdict>;

export const showVerdict = routeContract({
  method: 'GET',
  path: '/api/leads/:id/verdict',
  summary: 'Score, grade, verdict and the reasons for them, on any day under any version',
  scope: 'leads:read',
  params: z.strictObject({ id: uuid }),
  query: z.strictObject({
    /** Now, when left out. */
    at: instant.optional(),
    /** A version of the pact then in force, by its number; the one in force at that instant, when left out. */
    version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  }),
  body: nothing,
  reply: verdict,
  status: 200,
});
