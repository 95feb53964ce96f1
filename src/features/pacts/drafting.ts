/** Drafts: written by anybody, changed until they are proposed. */

import type { Beginning } from '#contract/pacts.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import { templates } from '#engine/pact/templates/index.ts';
import { actorOf, type Caller, memberOf } from '#features/people/policy.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';

/** One version of one pact. */
export type VersionKey = { pact: string; number: number };

export type Draft = {
  text: string;
  base?: number | undefined;
  note?: string | undefined;
  emergency?: boolean;
};

/** A text as a version keeps it. @throws HttpProblem with the line and column of everything that is wrong. */
function read(text: string): { pact: Pact; columns: { text: string; normal: string; digest: string } } {
  try {
    const { pact } = parsePact(text);
    return { pact, columns: { text, normal: JSON.stringify(pact), digest: digestPact(pact) } };
  } catch (error) {
    if (!(error instanceof PactError)) throw error;
    const errors = error.problems.map(({ line, column, path, message, hint }) => ({
      path: `text:${line}:${column}${path === '' ? '' : ` (${path})`}`,
      message: hint === undefined ? message : `${message}; ${hint}`,
    }));
    throw new HttpProblem(422, 'not_a_pact', 'The text is not a pact: see "errors" for where and why.', {
      errors,
    });
  }
}

/** Begins a pact with its first draft. */
export async function beginPact(
  tx: Tx,
  caller: Caller,
  beginning: Beginning,
  at: Instant,
): Promise<VersionKey> {
  const text = 'template' in beginning ? templates[beginning.template].source : beginning.text;
  const { pact, columns } = read(text);
  const [id, workspace_id, member] = [newId(at), caller.workspace, memberOf(caller)];
  await tx
    .insertInto('pacts')
    .values({ workspace_id, id, name: pact.pact, created_at: new Date(at), created_by: member })
    .execute();
  const own = { workspace_id, pact_id: id, number: 1, drafted_at: new Date(at), drafted_by: member };
  await tx
    .insertInto('versions')
    .values({ ...own, ...columns })
    .execute();
  await tell(tx, caller, 'version.drafted', { pact: id, number: 1 }, at, { digest: columns.digest });
  return { pact: id, number: 1 };
}

/** Drafts the next version of a pact. */
export async function draft(
  tx: Tx,
  caller: Caller,
  pact: string,
  { text, base, note, emergency = false }: Draft,
  at: Instant,
): Promise<VersionKey> {
  const { columns } = read(text);
  const { workspace } = caller;
  const held = await tx
    .selectFrom('pacts')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where('id', '=', pact)
    .forUpdate() // two drafts at once get two numbers
    .executeTakeFirst();
  if (held === undefined) throw noSuchPact();
  const { last } = await tx
    .selectFrom('versions')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .executeTakeFirstOrThrow();
  if (base !== undefined && base > last) {
    throw new HttpProblem(
      422,
      'no_such_base',
      `There is no version ${base} to draft from; the last is ${last}.`,
    );
  }
  const key = { pact, number: last + 1 };
  await tx
    .insertInto('versions')
    .values({
      workspace_id: workspace,
      pact_id: pact,
      number: key.number,
      ...columns,
      base: base ?? last,
      note: note ?? null,
      emergency,
      drafted_at: new Date(at),
      drafted_by: memberOf(caller),
    })
    .execute();
  await tell(tx, caller, 'version.drafted', key, at, { digest: columns.digest });
  return key;
}

/** Writes a draft anew. @throws HttpProblem 412 when somebody else changed it since `revision` was read. */
export async function revise(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  { text, note, revision }: { text: string; note?: string | undefined; revision: number },
  at: Instant,
): Promise<void> {
  const { columns } = read(text);
  const { numUpdatedRows } = await tx
    .updateTable('versions')
    .set({ ...columns, ...(note !== undefined && { note }), revision: revision + 1 })
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', key.pact)
    .where('number', '=', key.number)
    .where('revision', '=', revision)
    .where('proposed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) {
    throw new HttpProblem(
      412,
      'changed_meanwhile',
      `Version ${key.number} is no draft of revision ${revision} any more: read it again.`,
    );
  }
  await tell(tx, caller, 'version.revised', key, at, { digest: columns.digest, revision: revision + 1 });
}

const noSuchPact = (): HttpProblem =>
  new HttpProblem(404, 'not_found', 'There is no pact of that id in this workspace.');

/** An entry on a version. */
export const tell = (
  tx: Tx,
  caller: Caller,
  what: string,
  { pact, number }: VersionKey,
  at: Instant,
  data: Record<string, unknown>,
): Promise<void> => {
  const subject = { kind: 'version', id: `${pact}/${number}` };
  return record(tx, caller.workspace, [{ at, actor: actorOf(caller), what, subject, data }]);
};
