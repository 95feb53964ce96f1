/** What people say of a clause of a draft, and what they would rather have it say. */
import { z } from 'zod';
import { edit } from './pact-texts.ts';
import { aVersion, versionSummary } from './pacts.ts';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const comment = z.strictObject({
  id: uuid,
  version: z.int(),
  /** Stable by id: `profile.size`. */
  clause: z.string(),
  /** Whether the draft still has that clause. */
  stands: z.boolean(),
  author: uuid,
  at: instant,
  body: z.string(),
  /** What the draft is to be changed by, when it suggests something. */
  edits: z.array(edit).nullable(),
  /** The comment it answers. */
  reply_to: uuid.nullable(),
  resolved_at: instant.nullable(),
  resolved_by: uuid.nullable(),
  /** Since when its suggestion is part of the draft. */
  accepted_at: instant.nullable(),
  accepted_by: uuid.nullable(),
});
export type ClauseComment = z.infer<typeof comment>;

const aComment = z.strictObject({ comment: uuid });
const writing = { method: 'POST', scope: 'pacts:write', query: nothing, status: 201 } as const;

export const listComments = routeContract({
  method: 'GET',
  path: '/api/pacts/:pact/versions/:number/comments',
  summary: 'What was said of the clauses of a version, the first one first',
  scope: 'pacts:read',
  params: aVersion,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ items: z.array(comment) }),
  status: 200,
});

export const writeComment = routeContract({
  ...writing,
  path: '/api/pacts/:pact/versions/:number/comments',
  summary: 'Say something of a clause, or suggest a change of it',
  params: aVersion,
  body: z.strictObject({
    clause: z.string().min(1).max(300),
    body: z.string().trim().min(1).max(20_000),
    edits: z.array(edit).min(1).max(50).optional(),
    reply_to: uuid.optional(),
  }),
  reply: comment,
});

export const resolveComment = routeContract({
  ...writing,
  path: '/api/clause-comments/:comment/resolution',
  summary: 'Say that a comment is dealt with',
  params: aComment,
  body: nothing,
  reply: comment,
});

export const acceptSuggestion = routeContract({
  ...writing,
  path: '/api/clause-comments/:comment/acceptance',
  summary: 'Take a suggestion over into the draft: an edit like any other',
  params: aComment,
  body: z.strictObject({
    /** The revision of the draft that was read. */
    revision: z.int().min(1),
  }),
  reply: z.strictObject({ comment, version: versionSummary }),
});
