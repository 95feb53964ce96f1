/** Messages, decisions and duties. Whoever is mentioned or given a duty is told. */
import type { Selectable } from 'kysely';
import type { Message } from '#contract/threads.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import type { Messages } from '#platform/db/tables.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { type Place, threadFor, threadsOf } from './place.ts';

type Row = Selectable<Messages>;
type Reading = Pick<Deed, 'query' | 'workspace'>;

export type Writing = {
  kind: Row['kind'];
  body: string;
  mentions: string[];
  duty_of?: string | undefined;
  due_on?: string | undefined;
};

export async function write(deed: Deed, caller: Caller, place: Place, given: Writing): Promise<Message> {
  const { kind, body, duty_of = null, due_on = null } = given;
  const mentions = [...new Set(given.mentions)];
  const thread = await threadFor(deed, place);
  await mustBeMembers(deed, [...mentions, ...(duty_of === null ? [] : [duty_of])]);
  const row = await deed.tx
    .insertInto('messages')
    .values({
      workspace_id: deed.workspace,
      id: newId(deed.now),
      thread_id: thread,
      author_id: memberOf(caller),
      at: new Date(deed.now),
      kind,
      body,
      mentions,
      duty_of,
      due_on,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  tell(deed, 'thread.message', row, { about: place.about, of: place.id, kind, mentions, duty_of, due_on });
  return shown(row);
}

/** Nobody is mentioned or burdened who is not there. */
async function mustBeMembers({ query, workspace }: Reading, members: string[]): Promise<void> {
  const rows = await query<{ id: string }>(
    'SELECT id FROM members WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND left_at IS NULL',
    [workspace, members],
  );
  const present = new Set(rows.map(({ id }) => id));
  const missing = members.filter((id) => !present.has(id));
  if (missing.length === 0) return;
  throw new HttpProblem(
    422,
    'unknown_member',
    'Somebody who is named is no member of the workspace any more.',
    {
      errors: missing.map((id) => ({ path: 'mentions', message: `found ${id}, wanted a present member` })),
    },
  );
}

/** A message is written anew by its author alone; that it was shows. */
export async function edit(deed: Deed, caller: Caller, id: string, body: string): Promise<Message> {
  const row = await held(deed, id);
  if (row.author_id !== caller.id) {
    throw new HttpProblem(403, 'not_yours', 'This was written by somebody else: answer it instead.');
  }
  const edited = await set(deed, id, { body, edited_at: new Date(deed.now) });
  tell(deed, 'thread.edited', edited, {});
  return shown(edited);
}

/** A duty is done by whose it is, or by who gave it. */
export async function finish(deed: Deed, caller: Caller, id: string): Promise<Message> {
  const row = await held(deed, id);
  if (row.kind !== 'duty')
    throw new HttpProblem(409, 'no_duty', 'This is no duty: there is nothing to be done.');
  if (row.duty_of !== caller.id && row.author_id !== caller.id) {
    throw new HttpProblem(403, 'not_yours', 'This duty is somebody else’s: they say when it is done.');
  }
  if (row.done_at !== null) {
    throw new HttpProblem(409, 'already_done', `This duty was done at ${row.done_at.toISOString()}.`);
  }
  const done = await set(deed, id, { done_at: new Date(deed.now) });
  tell(deed, 'thread.done', done, { duty_of: row.duty_of });
  return shown(done);
}

async function held({ tx, workspace }: Deed, id: string): Promise<Row> {
  const row = await tx
    .selectFrom('messages')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such message here.');
  return row;
}

const set = ({ tx, workspace }: Deed, id: string, to: Partial<Pick<Row, 'body' | 'edited_at' | 'done_at'>>) =>
  tx
    .updateTable('messages')
    .set(to)
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** The journal holds ids, never what people wrote. */
function tell(
  deed: Deed,
  what: string,
  { id, thread_id, author_id }: Row,
  data: Record<string, unknown>,
): void {
  const subject = { kind: 'message', id };
  deed.journal({ at: deed.now, what, subject, data: { thread: thread_id, ...data } });
  deed.send(what, { message: id, thread: thread_id, author: author_id, at: deed.now, ...data });
}

/** What was said, the latest last; from a place on backwards. One more than asked for, at the front, when there is. */
export async function read(
  reading: Reading,
  place: Place,
  { before, limit }: { before: { at: Instant; id: string } | null; limit: number },
): Promise<Message[]> {
  const threads = await threadsOf(reading, place);
  const rows = await reading.query<Row>(
    `SELECT * FROM messages WHERE workspace_id = $1 AND thread_id = ANY ($2::uuid[])
       AND ($3::timestamptz IS NULL OR (at, id) < ($3, $4::uuid)) ORDER BY at DESC, id DESC LIMIT $5`,
    [reading.workspace, threads, before === null ? null : new Date(before.at), before?.id ?? null, limit + 1],
  );
  return rows.reverse().map(shown);
}

const MOST_DUTIES = 500;

/** The caller's duties that are not done, the first due first. */
export async function dutiesOf({ query, workspace }: Reading, caller: Caller): Promise<Message[]> {
  const rows = await query<Row>(
    `SELECT * FROM messages WHERE workspace_id = $1 AND duty_of = $2 AND kind = 'duty' AND done_at IS NULL
     ORDER BY due_on, at, id LIMIT ${MOST_DUTIES}`,
    [workspace, caller.id],
  );
  return rows.map(shown);
}

const shown = ({
  id,
  author_id,
  at,
  kind,
  body,
  mentions,
  duty_of,
  due_on,
  done_at,
  edited_at,
}: Row): Message => ({
  id,
  author: author_id,
  at: at.toISOString(),
  kind,
  body,
  mentions,
  duty_of,
  due_on,
  done_at: done_at?.toISOString() ?? null,
  edited_at: edited_at?.toISOString() ?? null,
});
