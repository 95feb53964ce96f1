/** Leads, activities and deals out of files, over the API. */
import { z } from 'zod';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const kind = z.enum(['leads', 'activities', 'deals']);

const importShown = z.strictObject({
  id: uuid,
  kind,
  /** What the file is called. */
  name: z.string(),
  /** The system whose ids it has. */
  system: z.string(),
  /** `interrupted`: it was stopped half way; the same file, sent again, goes on there. */
  standing: z.enum(['running', 'finished', 'failed', 'interrupted']),
  created_at: instant,
  finished_at: instant.nullable(),
  /** The member who sent it; null for a key or the command line. */
  by: uuid.nullable(),
  /** The number of the last row that was taken. */
  read: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  /** From 0 to 1, while this process is at it. */
  progress: z.number().min(0).max(1).nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
});
export type ImportShown = z.infer<typeof importShown>;

/** A file's bytes, as they come in. */
const bytes = z.custom<AsyncIterable<Uint8Array>>(
  (given) => typeof given === 'object' && given !== null && Symbol.asyncIterator in given,
  'wanted the file as the body, as text/csv or application/octet-stream',
);

const text = z.string().trim().min(1).max(200);
const anImport = z.strictObject({ id: uuid });
const reading = { method: 'GET', scope: 'imports:read', body: nothing, status: 200 } as const;

export const sendImport = routeContract({
  method: 'POST',
  path: '/api/imports',
  summary:
    'Take leads, activities or deals out of a CSV file, packed or not, of at most 1 GiB and a million rows. The same file again changes nothing, or goes on where it was interrupted',
  scope: 'imports:write',
  params: nothing,
  query: z.strictObject({
    kind,
    name: text.default('upload.csv'),
    /** The system whose ids the file has, such as hubspot. */
    system: text.default('import'),
    /** The columns that identify a lead, and say when it was created, where the header does not tell. */
    id: text.optional(),
    created: text.optional(),
    /** In which order day and month stand, where a column does not tell. */
    dates: z.enum(['dmy', 'mdy']).optional(),
    /** The time zone of times without one, an IANA name. */
    zone: z.string().max(64).optional(),
    encoding: z.string().max(40).optional(),
  }),
  body: bytes,
  upload: { type: 'text/csv' },
  reply: importShown.extend({
    /** Whether this very file had been taken in before. */
    repeated: z.boolean(),
  }),
  status: 201,
});

export const listImports = routeContract({
  ...reading,
  path: '/api/imports',
  summary: 'The imports there were, the latest first',
  params: nothing,
  query: z.strictObject({
    kind: kind.optional(),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: page(importShown),
});

export const showImport = routeContract({
  ...reading,
  path: '/api/imports/:id',
  summary: 'One import: how far it is, what it took and what it refused',
  params: anImport,
  query: nothing,
  reply: importShown,
});

export const importRejects = routeContract({
  ...reading,
  path: '/api/imports/:id/rejects',
  summary: 'The rows that were refused, with the line and the reason, as a CSV file; no cell of it a formula',
  params: anImport,
  query: nothing,
  reply: z.custom<AsyncIterable<string>>(),
  file: { type: 'text/csv; charset=utf-8', name: 'rejects.csv' },
});
