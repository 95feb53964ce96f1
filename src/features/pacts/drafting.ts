/** Drafts: several at once, each on a base, written by whoever owns what they change, until they are proposed. */
import type { Beginning } from '#contract/pacts.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { trespasses } from '#engine/pact/clauses/ownership.ts';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { PactError } from '#engine/pact/problem.ts';
import { templates } from '#engine/pact/templates/index.ts';
import { actorOf, type Caller, memberOf } from '#features/people/policy.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { headAmong, standingsOf } from './base.ts';
import { readAhead, readPact } from './reading/reading.ts';
import { tell as tellOf, type VersionKey } from './telling.ts';

export type { VersionKey } from './telling.ts';

export type Draft = {
  text: string;
  /** Null: from nothing. What was last agreed upon when left out. */
  base?: number | null | undefined;
  note?: string | undefined;
  emergency?: boolean;
  /** Further texts whose clauses it may take over: what it follows, or what grew from both sides. */
  sources?: readonly string[];
};

type Columns = { text: string; normal: string; digest: string };

/** A text as a version keeps it. @throws HttpProblem with the line and column of everything that is wrong. */
export async function readText(text: string): Promise<{ pact: Pact; columns: Columns }> {
  await readAhead(text);
  try {
    const pact = readPact(text);
    return { pact, columns: { text, normal: JSON.stringify(pact), digest: digestPact(pact) } };
  } catch (error) {
    throw error instanceof PactError ? notAPact(error) : error;
  }
}

/** Everything that is wrong with a text, with its line and column. */
export function notAPact({ problems }: PactError): HttpProblem {
  const errors = problems.map(({ line, column, path, message, hint }) => ({
    path: `text:${line}:${column}${path === '' ? '' : ` (${path})`}`,
    message: hint === undefined ? message : `${message}; ${hint}`,
  }));
  return new HttpProblem(422, 'not_a_pact', 'The text is not a pact: see "errors" for where and why.', {
    errors,
  });
}

/** Begins a pact with its first draft. */
export async function beginPact(
  tx: Tx,
  caller: Caller,
  beginning: Beginning,
  at: Instant,
): Promise<VersionKey> {
  const text = 'template' in beginning ? templates[beginning.template].source : beginning.text;
  const { pact, columns } = await readText(text);
  const [id, workspace_id, member] = [newId(at), caller.workspace, writerOf(caller)];
  await tx
    .insertInto('pacts')
    .values({ workspace_id, id, name: pact.pact, created_at: new Date(at), created_by: member })
    .execute();
  const own = { workspace_id, pact_id: id, number: 1, drafted_at: new Date(at), drafted_by: member };
  await tx
    .insertInto('versions')
    .values({ ...own, ...columns })
    .execute();
  await tell(tx, caller, 'drafted', { pact: id, number: 1 }, at, { digest: columns.digest });
  return { pact: id, number: 1 };
}

/** Drafts the next version of a pact, from what was last agreed upon when nothing else is said. */
export async function draft(
  tx: Tx,
  caller: Caller,
  pact: string,
  { text, base: given, note, emergency = false, sources = [] }: Draft,
  at: Instant,
): Promise<VersionKey> {
  const { pact: read, columns } = await readText(text);
  const workspace_id = caller.workspace;
  await lockPact(tx, caller, pact); // two drafts at once get two numbers
  const standings = await standingsOf(tx, workspace_id, pact);
  const last = standings.at(-1)!.number;
  const head = headAmong(standings);
  const base = given === undefined ? (head?.number ?? last) : given;
  const from = base === null ? null : await baseFor(tx, caller, pact, base, last);
  await requireOwn(caller, head === undefined, [...(from === null ? [] : [from.text]), ...sources], read);
  const key = { pact, number: last + 1 };
  await tx
    .insertInto('versions')
    .values({
      workspace_id,
      pact_id: pact,
      number: key.number,
      ...columns,
      base,
      base_text: from?.proposed_at === null ? from.text : null,
      note: note ?? null,
      emergency,
      drafted_at: new Date(at),
      drafted_by: writerOf(caller),
    })
    .execute();
  await tell(tx, caller, 'drafted', key, at, { digest: columns.digest, base });
  return key;
}

/** @throws HttpProblem when there is nothing to draft from */
async function baseFor(tx: Tx, caller: Caller, pact: string, base: number, last: number) {
  const from = await textOf(tx, caller, pact, base);
  if (from !== undefined && from.withdrawn_at === null) return from;
  const why =
    from === undefined
      ? `There is no version ${base} to draft from; the last is ${last}.`
      : `Version ${base} was withdrawn: draft from another.`;
  throw new HttpProblem(422, 'no_such_base', why);
}

export type Revision = {
  text: string;
  note?: string | undefined;
  /** The revision that was read. */
  revision: number;
  /** Of a merge: what was merged in, and where the draft stands now. */
  merged?: { texts: readonly string[]; base: number | null } | undefined;
};

/**
 * Writes a draft anew.
 * @throws HttpProblem 412 when somebody else changed it since `revision` was read, 409 when it is no draft any more,
 *   403 naming every clause that belongs to the other party
 */
export async function revise(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  { text, note, revision, merged }: Revision,
  at: Instant,
): Promise<void> {
  const { pact, columns } = await readText(text);
  const now = await heldDraft(tx, caller, key, revision);
  const standings = await standingsOf(tx, caller.workspace, key.pact);
  const base = now.base === null ? undefined : await textOf(tx, caller, key.pact, now.base);
  const sources = [now.text, now.base_text ?? base?.text ?? now.text, ...(merged?.texts ?? [])];
  await requireOwn(caller, headAmong(standings) === undefined, sources, pact);
  const rebased = merged !== undefined && merged.base !== null && { base: merged.base, base_text: null };
  await tx
    .updateTable('versions')
    .set({
      ...columns,
      ...(note !== undefined && { note }),
      ...rebased,
      revision: revision + 1,
      revised_by: writerOf(caller),
    })
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', key.pact)
    .where('number', '=', key.number)
    .execute();
  const into = merged === undefined ? {} : { merged: merged.base };
  await tell(tx, caller, 'revised', key, at, {
    digest: columns.digest,
    revision: revision + 1,
    ...into,
  });
}

/** A draft as it stands, held until the transaction ends. @throws HttpProblem 404, 409 or 412 */
export async function heldDraft(tx: Tx, caller: Caller, { pact, number }: VersionKey, revision?: number) {
  const row = await tx
    .selectFrom('versions')
    .select(['text', 'base', 'base_text', 'digest', 'revision', 'emergency', 'proposed_at', 'withdrawn_at'])
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', pact)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw noSuchVersion(number);
  if (row.withdrawn_at !== null)
    throw new HttpProblem(409, 'no_draft', `Version ${number} was withdrawn: draft another.`);
  if (row.proposed_at !== null) {
    throw new HttpProblem(
      409,
      'no_draft',
      `Version ${number} was proposed and stays as it is. To edit it, open it again: that takes the proposal back, and what was signed of it is void.`,
    );
  }
  if (revision !== undefined && row.revision !== revision) {
    throw new HttpProblem(
      412,
      'changed_meanwhile',
      `Version ${number} has revision ${row.revision} by now, not ${revision}: read it again.`,
    );
  }
  return row;
}

/** @throws HttpProblem 403 with each clause that somebody else owns and the new text changes */
async function requireOwn(
  caller: Caller,
  isBeginning: boolean,
  sources: readonly string[],
  after: Pact,
): Promise<void> {
  // Until a first version is agreed upon, whoever is neutral writes for both.
  if (caller.party === null && isBeginning) return;
  await readAhead(...sources);
  const before = [...new Set(sources)].map(readPact);
  const found = trespasses(caller.party, before, after);
  if (found.length === 0) return;
  throw new HttpProblem(403, 'not_your_clause', `${found.map(({ said }) => said).join('. ')}.`, {
    errors: found.map(({ clause, said }) => ({ path: clause, message: said })),
  });
}

/** @throws HttpProblem 404 */
export async function lockPact(tx: Tx, { workspace }: Caller, pact: string): Promise<void> {
  const held = await tx
    .selectFrom('pacts')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where('id', '=', pact)
    .forUpdate()
    .executeTakeFirst();
  if (held === undefined)
    throw new HttpProblem(404, 'not_found', 'There is no pact of that id in this workspace.');
}

const textOf = (tx: Tx, { workspace }: Caller, pact: string, number: number) =>
  tx
    .selectFrom('versions')
    .select(['text', 'proposed_at', 'withdrawn_at'])
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .where('number', '=', number)
    .executeTakeFirst();

/** The member who writes; null for a program. */
const writerOf = (caller: Caller): string | null => (caller.kind === 'key' ? null : memberOf(caller));

export const noSuchVersion = (number: number): HttpProblem =>
  new HttpProblem(404, 'not_found', `The pact has no version ${number}.`);

/** An entry on a version, by the caller. */
export const tell = (
  tx: Tx,
  caller: Caller,
  verb: string,
  key: VersionKey,
  at: Instant,
  data: Record<string, unknown>,
): Promise<void> => tellOf(tx, { workspace: caller.workspace, actor: actorOf(caller) }, verb, key, at, data);
