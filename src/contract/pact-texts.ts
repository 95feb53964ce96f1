/** A pact's text while it is being written: linted as one types, edited by parts, merged when the base moved. */
import { z } from 'zod';
import { aPact, aVersion, finding, versionSummary } from './pacts.ts';
import { nothing } from './parts.ts';
import { routeContract } from './route.ts';

const owner = z.enum(['marketing', 'sales', 'both']);

/** The longest a text may be in characters; what it may be in bytes is the language's to say, in words. */
const text = z.string().min(1).max(2_000_000);

/** The way to a part from the top: keys, ids of what has an id, else places from 0: `["profile", "size", "points"]`. */
const at = z.array(z.string().min(1).max(200)).min(1).max(24);
/** Behind which of its neighbours, by id or place; null: first; last when left out. */
const after = z.string().max(200).nullable().optional();

/** One change of a part. Values are as in the file; shorthands are welcome. */
export const edit = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('set'), at, value: z.unknown() }),
  z.strictObject({ do: z.literal('remove'), at }),
  z.strictObject({ do: z.literal('add'), at, value: z.unknown(), after }),
  z.strictObject({ do: z.literal('move'), at, after }),
]);

const golden = z.strictObject({
  /** Its place in `golden`, from 0. */
  index: z.int(),
  /** What it is called: its own words, else its e-mail. */
  name: z.string(),
  expect: z.enum(['mql', 'not_mql', 'bad_lead', 'visitor']),
  got: z.enum(['mql', 'not_mql', 'bad_lead', 'visitor']),
  ok: z.boolean(),
  because: z.string(),
});

/** One clause as a card shows it. */
const card = z.strictObject({
  /** Stable by id: `mql`, `profile.size`, `terms.marketing`. */
  path: z.string(),
  /** The part of the pact it stands in: `profile`. */
  part: z.string(),
  id: z.string().nullable(),
  owner,
  /** What both teams read and sign; null where the part has no sentence of its own. */
  words: z.string().nullable(),
  /** Its rule in words; null where it has none. */
  rule: z.string().nullable(),
  points: z.number().nullable(),
  /** The clause in its normal form, for a rule builder. */
  value: z.unknown(),
  line: z.int(),
  column: z.int(),
});

const examined = z.strictObject({
  /** Whether it could be proposed: a pact, without errors, its golden leads as agreed. */
  ok: z.boolean(),
  /** Null while the text is no pact. */
  digest: z.string().nullable(),
  /** Everything that is wrong or doubtful, each with its place; broken golden leads included. */
  findings: z.array(finding),
  golden: z.array(golden),
  clauses: z.array(card),
  /** The normal form; null while the text is no pact. */
  normal: z.unknown(),
});

const looking = {
  method: 'POST',
  scope: 'pacts:read',
  query: nothing,
  params: nothing,
  status: 200,
} as const;

export const lintPact = routeContract({
  ...looking,
  path: '/api/pacts/lint',
  summary: 'What is to be said of a text: problems with their places, golden leads, clauses; nothing is kept',
  body: z.strictObject({ text }),
  reply: examined,
});

export const editPact = routeContract({
  ...looking,
  path: '/api/pacts/edit',
  summary: 'Change parts of a text; its comments and its order stay where they can',
  body: z.strictObject({ text, edits: z.array(edit).min(1).max(200) }),
  reply: examined.extend({
    text: z.string(),
    /** Whether everything else stayed as it was written; false when the whole had to be written anew. */
    kept: z.boolean(),
  }),
});

/** Which side a clause is taken from, or what it says instead. */
const clauseChoice = z.discriminatedUnion('take', [
  z.strictObject({ clause: z.string().max(300), take: z.literal('ours') }),
  z.strictObject({ clause: z.string().max(300), take: z.literal('theirs') }),
  z.strictObject({ clause: z.string().max(300), take: z.literal('new'), value: z.unknown() }),
]);

/** A clause that both sides changed, each otherwise. */
const conflict = z.strictObject({
  clause: z.string(),
  owner,
  /** In words: what the clause is, and what each side did with it. */
  said: z.string(),
  ours: z.array(z.string()),
  theirs: z.array(z.string()),
  /** What it would say; null where that side took it out. */
  values: z.strictObject({ base: z.unknown(), ours: z.unknown(), theirs: z.unknown() }),
});

const merge = z.strictObject({
  /** The version that both come from; null when there is none. */
  base: z.int().nullable(),
  ours: z.int(),
  theirs: z.int(),
  /** What is taken over from the other side, in words. */
  taken: z.array(z.string()),
  conflicts: z.array(conflict),
  /** Why the two do not make a pact together although they do not touch each other, with what to do. */
  problems: z.array(z.string()),
  /** The merged text; null while there are conflicts or problems. */
  text: z.string().nullable(),
});
export type Merge = z.infer<typeof merge>;

/** What is merged in: the version now agreed upon, when left out. */
const withVersion = z.coerce.number().int().min(1).max(2_147_483_647).optional();

export const previewMerge = routeContract({
  method: 'GET',
  path: '/api/pacts/:pact/versions/:number/merge',
  summary:
    'What becomes of a draft when the version that was agreed meanwhile, or another draft, is merged in',
  scope: 'pacts:read',
  params: aVersion,
  query: z.strictObject({ with: withVersion }),
  body: nothing,
  reply: merge,
  status: 200,
});

export const mergeVersion = routeContract({
  method: 'POST',
  path: '/api/pacts/:pact/versions/:number/merge',
  summary: 'Merge it into the draft, with a choice for each conflict',
  scope: 'pacts:write',
  params: aVersion,
  query: nothing,
  body: z.strictObject({
    with: z.int().min(1).max(2_147_483_647).optional(),
    /** The revision that was read. */
    revision: z.int().min(1),
    choices: z.array(clauseChoice).max(3_000).default([]),
  }),
  reply: versionSummary,
  status: 201,
});

export const addGolden = routeContract({
  method: 'POST',
  path: '/api/pacts/:pact/golden',
  summary: 'Hold a draft to a lead: what is known of the lead now, and the verdict it must get',
  scope: 'pacts:write',
  params: aPact,
  query: nothing,
  body: z.strictObject({
    lead: z.uuid(),
    expect: z.enum(['mql', 'not_mql', 'bad_lead', 'visitor']),
    /** Why, in words. */
    text: z.string().trim().min(1).max(500).optional(),
    /** The draft it goes into; a new one on the version in force when left out. */
    version: z.int().min(1).max(2_147_483_647).optional(),
  }),
  reply: z.strictObject({ version: versionSummary, golden }),
  status: 201,
});
