/** The joint review: an agenda from the numbers, what was said of it, what was decided, and the minutes. */
import { z } from 'zod';
import { aPact, versionSummary } from './pacts.ts';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const day = z.iso.date();
const standing = z.enum(['due', 'held']);

const decision = z.strictObject({
  id: uuid,
  review: uuid,
  text: z.string(),
  /** The clause it is about: `profile.size`. */
  clause: z.string().nullable(),
  /** Who sees to it, and by when. */
  owner: uuid,
  due_on: day,
  decided_at: instant,
  decided_by: uuid,
  done_at: instant.nullable(),
  /** The draft it became. */
  draft: z.strictObject({ pact: uuid, number: z.int() }).nullable(),
});
export type Decision = z.infer<typeof decision>;

const summary = z.strictObject({
  id: uuid,
  pact: uuid,
  /** The version that says when it is held. */
  version: z.int(),
  due_on: day,
  /** What it looks back on. */
  from: instant,
  until: instant,
  standing,
  held_at: instant.nullable(),
  decisions: z.int(),
});
export type ReviewSummary = z.infer<typeof summary>;

/** One thing to talk about, with the number that put it there. The weightiest first. */
const item = z.strictObject({
  kind: z.enum([
    'term_missed',
    'clause_accused',
    'dispute',
    'exception',
    'open_decision',
    'amendment',
    'agreement',
    'drift',
    'suggestion',
  ]),
  /** In one sentence, the number and what it is a share of included. */
  said: z.string(),
  /** Which clause it is about, or owns it. */
  clause: z.string().nullable(),
  /** The count and what it is of; null where it is no share. */
  part: z.int().nullable(),
  of: z.int().nullable(),
  /** Where its rows are: a path of this API, or of the app; null where it has none. */
  rows: z.string().nullable(),
});
export type AgendaItem = z.infer<typeof item>;

const review = summary.extend({ agenda: z.array(item), open: z.array(decision), made: z.array(decision) });
export type Review = z.infer<typeof review>;

const aReview = z.strictObject({ review: uuid });
const reading = { method: 'GET', scope: 'reviews:read', query: nothing, body: nothing, status: 200 } as const;
const writing = { method: 'POST', scope: 'reviews:write', query: nothing, status: 201 } as const;

export const listReviews = routeContract({
  ...reading,
  path: '/api/reviews',
  summary: 'The reviews to come and held, the latest first',
  params: nothing,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  reply: page(summary),
});

export const callReview = routeContract({
  ...writing,
  path: '/api/pacts/:pact/reviews',
  summary: 'Call a review before its time',
  params: aPact,
  body: z.strictObject({ due_on: day }),
  reply: review,
});

export const showReview = routeContract({
  ...reading,
  path: '/api/reviews/:review',
  summary: 'A review with its agenda from the numbers; what is said of it is the thread of the review',
  params: aReview,
  reply: review,
});

export const decideInReview = routeContract({
  ...writing,
  path: '/api/reviews/:review/decisions',
  summary: 'Record a decision, with who sees to it and by when',
  params: aReview,
  body: z.strictObject({
    text: z.string().trim().min(1).max(4_000),
    clause: z.string().min(1).max(300).optional(),
    owner: uuid,
    due_on: day,
  }),
  reply: decision,
});

export const finishDecision = routeContract({
  ...writing,
  path: '/api/review-decisions/:decision/done',
  summary: 'Say that what was decided is done',
  params: z.strictObject({ decision: uuid }),
  body: nothing,
  reply: decision,
});

export const draftFromDecision = routeContract({
  ...writing,
  path: '/api/review-decisions/:decision/draft',
  summary: 'Make a draft of a decision at once, on the version in force',
  params: z.strictObject({ decision: uuid }),
  body: z.strictObject({
    /** The text of the draft; that of the version in force when left out. */
    text: z.string().min(1).max(2_000_000).optional(),
  }),
  reply: z.strictObject({ decision, version: versionSummary }),
});

export const closeReview = routeContract({
  ...writing,
  path: '/api/reviews/:review/closing',
  summary: 'Say that the review was held: its minutes are kept, and the next one is due in its time',
  params: aReview,
  body: nothing,
  reply: review,
});

export const showMinutes = routeContract({
  ...reading,
  path: '/api/reviews/:review/minutes',
  summary: 'The minutes as Markdown: the agenda, what was said and what was decided',
  params: aReview,
  reply: z.strictObject({ markdown: z.string() }),
});
