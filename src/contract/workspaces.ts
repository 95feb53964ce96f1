/** The workspace itself, and the keys by which programs come in. */
import { z } from 'zod';
import { cursor, instant, nothing, page, party, uuid } from './parts.ts';
import { zone } from './people.ts';
import { routeContract } from './route.ts';

const workspace = z.strictObject({
  id: uuid,
  name: z.string(),
  zone: z.string(),
  demo: z.boolean(),
  created_at: instant,
});
export type Workspace = z.infer<typeof workspace>;

/** A noun of the API and whether it may be changed. */
const scope = z.string().regex(/^[a-z_]+:(read|write)$/, 'a noun and :read or :write, such as leads:read');

const apiKey = z.strictObject({
  id: uuid,
  name: z.string(),
  /** The first characters, by which it is known again. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  party: party.nullable(),
  /** Whom it acts for; null for a key of the workspace, which reads and gives no one's word. */
  member: uuid.nullable(),
  created_at: instant,
  expires_at: instant.nullable(),
  revoked_at: instant.nullable(),
  used_at: instant.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

const trust = z.enum(['browser', 'server']);
const writeKey = z.strictObject({
  id: uuid,
  name: z.string(),
  key: z.string(),
  trust,
  created_at: instant,
  revoked_at: instant.nullable(),
});
export type WriteKey = z.infer<typeof writeKey>;

const keyName = z.string().trim().min(1).max(100);
const aKey = z.strictObject({ key: uuid });

const journalEntry = z.strictObject({
  seq: z.int(),
  at: instant,
  recorded_at: instant,
  actor: z.strictObject({ kind: z.enum(['member', 'key', 'system']), id: uuid.nullable() }),
  what: z.string(),
  subject: z.strictObject({ kind: z.string(), id: z.string() }),
  data: z.record(z.string(), z.unknown()),
});
export type JournalEntry = z.infer<typeof journalEntry>;

export const showWorkspace = routeContract({
  method: 'GET',
  path: '/api/workspace',
  summary: 'The workspace the caller is in',
  scope: 'workspace:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: workspace,
  status: 200,
});

export const changeWorkspace = routeContract({
  method: 'PATCH',
  path: '/api/workspace',
  summary: 'Change what the workspace is called, or its time zone',
  scope: 'workspace:write',
  params: nothing,
  query: nothing,
  body: z.strictObject({ name: z.string().trim().min(1).max(200).optional(), zone: zone.optional() }),
  reply: workspace,
  status: 200,
});

export const showMail = routeContract({
  method: 'GET',
  path: '/api/mail',
  summary: 'Whether mail is sent from here; else links are handed over by hand',
  scope: 'workspace:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ sent: z.boolean() }),
  status: 200,
});

export const listApiKeys = routeContract({
  method: 'GET',
  path: '/api/api-keys',
  summary: 'The API keys, revoked ones included; never their secrets',
  scope: 'keys:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ items: z.array(apiKey) }),
  status: 200,
});

export const makeApiKey = routeContract({
  method: 'POST',
  path: '/api/api-keys',
  summary: 'Make an API key; its secret is shown this once',
  scope: 'keys:write',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    name: keyName,
    scopes: z.array(scope).min(1).max(100),
    party: party.nullable().default(null),
    /** The caller's own id: the key then does what they may do, within its scopes. */
    member: uuid.nullable().default(null),
    expires_at: instant.nullable().default(null),
  }),
  reply: z.strictObject({ key: apiKey, secret: z.string() }),
  status: 201,
  shownOnce: true,
});

export const revokeApiKey = routeContract({
  method: 'POST',
  path: '/api/api-keys/:key/revocation',
  summary: 'Revoke an API key, from this moment on',
  scope: 'keys:write',
  params: aKey,
  query: nothing,
  body: nothing,
  reply: apiKey,
  status: 201,
});

export const listWriteKeys = routeContract({
  method: 'GET',
  path: '/api/write-keys',
  summary: 'The write keys with which websites and servers append activities',
  scope: 'keys:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ items: z.array(writeKey) }),
  status: 200,
});

export const makeWriteKey = routeContract({
  method: 'POST',
  path: '/api/write-keys',
  summary: 'Make a write key, for browsers or for a server of yours',
  scope: 'keys:write',
  params: nothing,
  query: nothing,
  body: z.strictObject({ name: keyName, trust }),
  reply: writeKey,
  status: 201,
});

export const revokeWriteKey = routeContract({
  method: 'POST',
  path: '/api/write-keys/:key/revocation',
  summary: 'Revoke a write key: what is sent with it is refused from then on',
  scope: 'keys:write',
  params: aKey,
  query: nothing,
  body: nothing,
  reply: writeKey,
  status: 201,
});

export const verifyJournal = routeContract({
  method: 'GET',
  path: '/api/journal/verification',
  summary: 'Work the chain of the journal out again, some entries at a time',
  scope: 'journal:read',
  params: nothing,
  query: z.strictObject({
    /** The first entry to look at; the one before it is taken as it is. */
    from: z.coerce.number().int().min(1).default(1),
    limit: z.coerce.number().int().min(1).max(20_000).default(5_000),
  }),
  body: nothing,
  reply: z.strictObject({
    /** Up to which entry it was looked at. */
    to: z.int(),
    /** The last entry there is. */
    last: z.int(),
    /** The first entry at which it does not hold, and how. */
    broken: z.strictObject({ seq: z.int(), fault: z.string() }).nullable(),
  }),
  status: 200,
});

export const readJournal = routeContract({
  method: 'GET',
  path: '/api/journal',
  summary: 'What was done in the workspace and by whom, the latest first',
  scope: 'journal:read',
  params: nothing,
  query: z.strictObject({
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    subject_kind: z.string().max(100).optional(),
    subject_id: z.string().max(200).optional(),
  }),
  body: nothing,
  reply: page(journalEntry),
  status: 200,
});
