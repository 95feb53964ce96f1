import { z } from 'zod';
import { instant, nothing, party, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const number = z.coerce.number().int().min(1).max(2_147_483_647);

/** What has become of a version: drafted, proposed for signing, declined, agreed, in force, over, or withdrawn. */
const versionStanding = z.enum(['draft', 'proposed', 'declined', 'agreed', 'in_force', 'over', 'withdrawn']);
export type VersionStanding = z.infer<typeof versionStanding>;

const signature = z.strictObject({
  party,
  member: uuid,
  digest: z.string(),
  signed_at: instant,
  /** The text it was given for was taken back, declined, or written anew: it counts for nothing any more. */
  void: z.boolean(),
});

/** A party's dated no to one version, and why. */
const decline = z.strictObject({
  party,
  member: uuid,
  digest: z.string(),
  reason: z.string(),
  declined_at: instant,
});

export const versionSummary = z.strictObject({
  number: z.int(),
  digest: z.string(),
  standing: versionStanding,
  base: z.int().nullable(),
  /** The version that has come into force since its base, or will: it must be merged in first. Null while none has. */
  behind: z.int().nullable(),
  note: z.string().nullable(),
  revision: z.int(),
  /** Who wrote it anew last; null when nobody has since it was drafted, or a program did. */
  revised_by: uuid.nullable(),
  /** One party's amendment: it holds for at most fourteen days, unless the other signs it as well. */
  emergency: z.boolean(),
  drafted_at: instant,
  /** Null when a program drafted it. */
  drafted_by: uuid.nullable(),
  proposed_at: instant.nullable(),
  /** From when it is to be in force, once both have signed; null when that is said after they have. */
  effective_from: instant.nullable(),
  in_force_from: instant.nullable(),
  in_force_until: instant.nullable(),
  withdrawn_at: instant.nullable(),
  withdrawn_why: z.string().nullable(),
  signatures: z.array(signature),
  declines: z.array(decline),
});
export type VersionSummary = z.infer<typeof versionSummary>;

export const finding = z.strictObject({
  level: z.enum(['error', 'warning']),
  code: z.string(),
  path: z.string(),
  message: z.string(),
  hint: z.string(),
  line: z.int(),
  column: z.int(),
});

const version = versionSummary.extend({
  /** The file as it was written. */
  text: z.string(),
  /** What lint and the golden leads have to say of it. */
  findings: z.array(finding),
});
export type Version = z.infer<typeof version>;

const pact = z.strictObject({
  id: uuid,
  name: z.string(),
  created_at: instant,
  versions: z.array(versionSummary),
});
export type Pact = z.infer<typeof pact>;

/** A text of the caller's own, or a template to begin with. */
const beginning = z.union([
  z.strictObject({ text: z.string().min(1) }),
  z.strictObject({ template: z.enum(['saas', 'industrial', 'services', 'agency', 'education']) }),
]);
export type Beginning = z.infer<typeof beginning>;

/** Why, in words for the other side. */
const reason = z.string().trim().min(1).max(4_000);

export const aPact = z.strictObject({ pact: uuid });
export const aVersion = aPact.extend({ number });
const shared = { scope: 'pacts:write', query: nothing, status: 201 } as const;

export const listPacts = routeContract({
  method: 'GET',
  path: '/api/pacts',
  summary: 'The pacts of the workspace and what has become of their versions',
  scope: 'pacts:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ items: z.array(pact) }),
  status: 200,
});

export const beginPact = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts',
  summary: 'Begin a pact with a first draft, from a text or a template',
  params: nothing,
  body: beginning,
  reply: z.strictObject({ id: uuid, version: versionSummary }),
});

export const showVersion = routeContract({
  method: 'GET',
  path: '/api/pacts/:pact/versions/:number',
  summary: 'One version: its text, who signed it, what lint says',
  scope: 'pacts:read',
  params: aVersion,
  query: nothing,
  body: nothing,
  reply: version,
  status: 200,
});

export const draftVersion = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts/:pact/versions',
  summary: 'Draft another version',
  params: aPact,
  body: z.strictObject({
    text: z.string().min(1),
    base: z.int().min(1).optional(),
    note: z.string().max(2_000).optional(),
    emergency: z.boolean().default(false),
  }),
  reply: versionSummary,
});

export const reviseVersion = routeContract({
  ...shared,
  method: 'PUT',
  path: '/api/pacts/:pact/versions/:number',
  summary: 'Write a draft anew; refused when somebody else changed it meanwhile',
  params: aVersion,
  body: z.strictObject({
    text: z.string().min(1),
    note: z.string().max(2_000).optional(),
    /** The revision that was read. */
    revision: z.int().min(1),
  }),
  reply: versionSummary,
  status: 200,
});

export const proposeVersion = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts/:pact/versions/:number/proposal',
  summary: 'Propose a draft for signing: from now on its text stays as it is',
  params: aVersion,
  body: z.strictObject({
    /** From when it is in force once both have signed, or from the second signature when that is later. */
    from: instant.optional(),
  }),
  reply: versionSummary,
});

export const signVersion = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts/:pact/versions/:number/signatures',
  summary: 'Sign a version for your party, over the digest of the text you have read',
  params: aVersion,
  body: z.strictObject({ digest: z.string().max(100) }),
  reply: versionSummary,
});

export const declineVersion = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts/:pact/versions/:number/declines',
  summary:
    'Decline a proposed version for your party, over the digest of the text you have read, with a reason',
  params: aVersion,
  body: z.strictObject({ digest: z.string().max(100), reason }),
  reply: versionSummary,
});

export const withdrawVersion = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts/:pact/versions/:number/withdrawal',
  summary: 'Take a draft or a proposal back: what was signed of it is void',
  params: aVersion,
  body: z.strictObject({ reason: reason.optional() }),
  reply: versionSummary,
});

export const reopenVersion = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts/:pact/versions/:number/reopening',
  summary:
    'Edit what was proposed, declined or signed: it is taken back, its signatures are void, and its text is a new draft',
  params: aVersion,
  body: z.strictObject({ text: z.string().min(1).optional(), reason: reason.optional() }),
  reply: z.strictObject({
    /** The new draft. */
    version: versionSummary,
    /** The signatures that count no more. */
    voided: z.array(signature),
    /** The same in words; null when nobody had signed. */
    said: z.string().nullable(),
  }),
});

export const amendPact = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts/:pact/amendments',
  summary:
    'Put an emergency amendment into force at once, for one party: at most fourteen days, unless the other signs it',
  params: aPact,
  body: z.strictObject({
    text: z.string().min(1),
    reason,
    /** When it lapses by itself. */
    until: instant,
  }),
  reply: versionSummary,
});

export const bringVersionIntoForce = routeContract({
  ...shared,
  method: 'POST',
  path: '/api/pacts/:pact/versions/:number/in-force',
  summary: 'Say from when a version that both parties signed is in force',
  params: aVersion,
  body: z.strictObject({
    /** Now, when left out. */
    from: instant.optional(),
    /** Needed for an emergency amendment with one signature. */
    until: instant.optional(),
  }),
  reply: versionSummary,
});
