/** What won and lost deals say of the pact: what has changed, and what it should say instead, each with its evidence. */
import { z } from 'zod';
import { versionSummary } from './pacts.ts';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const tally = z.strictObject({ n: z.int(), won: z.int() });

const suggestion = z.strictObject({
  /** The clause that it changes or adds: `profile.size`. */
  clause: z.string(),
  /** In one sentence, with the numbers it rests on. */
  said: z.string(),
  /** Leads that meet it, leads that do not, and how many of each won. */
  meets: tally,
  others: tally,
  /** 0 now where the pact does not have it. */
  points: z.strictObject({ now: z.number(), suggested: z.number() }),
});

const drifted = z.strictObject({
  clause: z.string().nullable(),
  said: z.string(),
  /** The population stability index: below .10 stable, above .25 time to act. Null where there are too few leads. */
  index: z.number().nullable(),
  verdict: z.enum(['stable', 'watch', 'act', 'too few']),
  part: z.int().nullable(),
  of: z.int(),
});

const learnt = z.strictObject({
  leads: z.int(),
  decided: z.int(),
  won: z.int(),
  drift: z.array(drifted),
  /** Why nothing is suggested; null when something is. */
  refusal: z.string().nullable(),
  /** How suggested points did on newer leads than they were learnt from. */
  trial: z
    .strictObject({
      older: z.int(),
      newer: z.int(),
      auc: z.strictObject({ now: z.number(), suggested: z.number() }),
      gain: z.number(),
    })
    .nullable(),
  suggestions: z.array(suggestion),
});

const lessons = z.strictObject({
  state: z.enum(['running', 'done', 'failed']),
  /** How much is done, from 0 to 1. */
  progress: z.number(),
  error: z.string().nullable(),
  /** The version it is of. */
  version: z.int(),
  begun_at: instant,
  finished_at: instant.nullable(),
  /** Whether the version, the leads or their deals are others by now. */
  stale: z.boolean(),
  learnt: learnt.nullable(),
});
export type Lessons = z.infer<typeof lessons>;

const aReview = z.strictObject({ review: uuid });

export const showLessons = routeContract({
  method: 'GET',
  path: '/api/reviews/:review/lessons',
  summary: 'What won and lost deals say of the pact under review; null while nobody has asked',
  scope: 'reviews:read',
  params: aReview,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ lessons: lessons.nullable() }),
  status: 200,
});

export const beginLessons = routeContract({
  method: 'POST',
  path: '/api/reviews/:review/lessons',
  summary: 'Study won and lost deals, in the background; nothing is done anew while nothing has changed',
  scope: 'reviews:write',
  params: aReview,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ lessons }),
  status: 201,
});

export const draftSuggestion = routeContract({
  method: 'POST',
  path: '/api/reviews/:review/suggestions',
  summary: 'Make a draft of a suggestion, for both to sign',
  scope: 'reviews:write',
  params: aReview,
  query: nothing,
  body: z.strictObject({ clause: z.string().min(1).max(200) }),
  reply: z.strictObject({ version: versionSummary.extend({ pact: uuid }) }),
  status: 201,
});
