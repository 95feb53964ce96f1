/** What people say of a clause of a version, and what they suggest it should say. */
import type { Selectable } from 'kysely';
import type { ClauseComment } from '#contract/clause-comments.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { clausesByPath } from '#engine/pact/clauses/clauses.ts';
import type { Edit } from '#engine/pact/edit/apply.ts';
import { actorOf, type Caller, memberOf } from '#features/people/policy.ts';
import type { ClauseComments } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';
import { heldDraft, noSuchVersion, revise, type VersionKey } from './drafting.ts';
import { edited } from './editing.ts';
import { readAhead, readPact } from './reading/reading.ts';

type Row = Selectable<ClauseComments>;

export type Remark = {
  clause: string;
  body: string;
  edits?: readonly Edit[] | undefined;
  reply_to?: string | undefined;
};

/** Everything that was said of a version, the first first. */
export async function listComments(tx: Tx, { workspace }: Caller, key: VersionKey): Promise<ClauseComment[]> {
  const clauses = await clausesIn(tx, workspace, key);
  const rows = await tx
    .selectFrom('clause_comments')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', key.pact)
    .where('version', '=', key.number)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => shown(row, clauses));
}

/** @throws HttpProblem 404 for an unknown version or clause, 422 when a suggestion cannot be made of the draft */
export async function comment(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  { clause, body, edits, reply_to }: Remark,
  at: Instant,
): Promise<ClauseComment> {
  const { workspace } = caller;
  const clauses = await clausesIn(tx, workspace, key);
  const known = clauses.has(clause) || [...clauses].some((one) => one.startsWith(`${clause}.`));
  if (!known) {
    throw new HttpProblem(
      422,
      'no_such_clause',
      `Version ${key.number} has no clause ${clause} to speak of.`,
    );
  }
  if (edits !== undefined) await edited((await heldDraft(tx, caller, key)).text, edits);
  if (reply_to !== undefined) await mustAnswer(tx, workspace, key, reply_to);
  const row = await tx
    .insertInto('clause_comments')
    .values({
      workspace_id: workspace,
      id: newId(at),
      pact_id: key.pact,
      version: key.number,
      clause,
      author_id: memberOf(caller),
      at: new Date(at),
      body,
      edits: edits === undefined ? null : JSON.stringify(edits),
      reply_to: reply_to ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tell(tx, caller, edits === undefined ? 'commented' : 'suggested', row, at);
  return shown(row, clauses);
}

/** Says that a comment is dealt with. */
export async function resolve(tx: Tx, caller: Caller, id: string, at: Instant): Promise<ClauseComment> {
  const row = await held(tx, caller.workspace, id);
  if (row.resolved_at !== null) {
    throw new HttpProblem(409, 'already', `This comment was dealt with at ${row.resolved_at.toISOString()}.`);
  }
  const done = await set(tx, row, { resolved_at: new Date(at), resolved_by: memberOf(caller) });
  await tell(tx, caller, 'resolved', done, at);
  return shown(done, await clausesIn(tx, caller.workspace, keyOf(done)));
}

/** Takes a suggestion over: an edit of the draft like any other, by whoever accepts it. */
export async function accept(
  tx: Tx,
  caller: Caller,
  id: string,
  revision: number,
  at: Instant,
): Promise<{ comment: ClauseComment; key: VersionKey }> {
  const row = await held(tx, caller.workspace, id);
  if (row.edits === null) throw new HttpProblem(409, 'no_suggestion', 'This comment suggests no change.');
  if (row.accepted_at !== null)
    throw new HttpProblem(409, 'already', 'This suggestion was accepted already.');
  const key = keyOf(row);
  const { text } = await heldDraft(tx, caller, key, revision);
  await revise(tx, caller, key, { text: (await edited(text, row.edits as Edit[])).text, revision }, at);
  const by = memberOf(caller);
  const when = new Date(at);
  const resolution = row.resolved_at === null ? { resolved_at: when, resolved_by: by } : {};
  const done = await set(tx, row, { accepted_at: when, accepted_by: by, ...resolution });
  await tell(tx, caller, 'accepted', done, at);
  return { comment: shown(done, await clausesIn(tx, caller.workspace, key)), key };
}

const keyOf = ({ pact_id, version }: Row): VersionKey => ({ pact: pact_id, number: version });

async function held(tx: Tx, workspace: string, id: string): Promise<Row> {
  const row = await tx
    .selectFrom('clause_comments')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such comment here.');
  return row;
}

const set = (
  tx: Tx,
  { workspace_id, id }: Row,
  to: Partial<Pick<Row, 'resolved_at' | 'resolved_by' | 'accepted_at' | 'accepted_by'>>,
): Promise<Row> =>
  tx
    .updateTable('clause_comments')
    .set(to)
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

async function mustAnswer(tx: Tx, workspace: string, key: VersionKey, id: string): Promise<void> {
  const { pact_id, version } = await held(tx, workspace, id);
  if (pact_id === key.pact && version === key.number) return;
  throw new HttpProblem(422, 'elsewhere', 'The comment that is answered was made of another version.');
}

async function clausesIn(tx: Tx, workspace: string, { pact, number }: VersionKey): Promise<Set<string>> {
  const row = await tx
    .selectFrom('versions')
    .select('text')
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined) throw noSuchVersion(number);
  await readAhead(row.text);
  return new Set(clausesByPath(readPact(row.text)).keys());
}

/** The journal holds ids, never what people wrote. */
async function tell(tx: Tx, caller: Caller, verb: string, row: Row, at: Instant): Promise<void> {
  const data = { pact: row.pact_id, version: row.version, clause: row.clause };
  await tx
    .insertInto('outbox')
    .values({
      workspace_id: caller.workspace,
      id: newId(at),
      topic: `pact.${verb}`,
      payload: JSON.stringify({ ...data, comment: row.id, at }),
      created_at: new Date(at),
      due_at: new Date(at),
    })
    .execute();
  const subject = { kind: 'clause_comment', id: row.id };
  await record(tx, caller.workspace, [{ at, actor: actorOf(caller), what: `clause.${verb}`, subject, data }]);
}

const shown = (row: Row, clauses: ReadonlySet<string>): ClauseComment => ({
  id: row.id,
  version: row.version,
  clause: row.clause,
  stands: clauses.has(row.clause) || [...clauses].some((one) => one.startsWith(`${row.clause}.`)),
  author: row.author_id,
  at: row.at.toISOString(),
  body: row.body,
  edits: row.edits as ClauseComment['edits'],
  reply_to: row.reply_to,
  resolved_at: row.resolved_at?.toISOString() ?? null,
  resolved_by: row.resolved_by,
  accepted_at: row.accepted_at?.toISOString() ?? null,
  accepted_by: row.accepted_by,
});
