/** What is decided in a review: by whom it is seen to, by when, and the draft it becomes. */
import type { Selectable } from 'kysely';
import type { Decision } from '#contract/reviews.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { headAmong, standingsOf } from '#features/pacts/base.ts';
import { draft, type VersionKey } from '#features/pacts/drafting.ts';
import { type Caller, isSenior, memberOf } from '#features/people/policy.ts';
import type { ReviewDecisions } from '#platform/db/tables.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { requireDue, reviewOf, showDecision, tell } from './review.ts';

export type Deciding = { text: string; clause?: string | undefined; owner: string; due_on: string };

export async function decide(deed: Deed, caller: Caller, review: string, given: Deciding): Promise<Decision> {
  const { tx, workspace, now } = deed;
  requireDue(await reviewOf(tx, workspace, review, true));
  const owner = await tx
    .selectFrom('members')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where('id', '=', given.owner)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (owner === undefined) {
    throw new HttpProblem(
      422,
      'unknown_member',
      `Found ${given.owner} to see to it, wanted a present member.`,
    );
  }
  const row = await tx
    .insertInto('review_decisions')
    .values({
      workspace_id: workspace,
      id: newId(now),
      review_id: review,
      text: given.text,
      clause: given.clause ?? null,
      owner_id: given.owner,
      due_on: given.due_on,
      decided_at: new Date(now),
      decided_by: memberOf(caller),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  tell(deed, review, 'decided', {
    decision: row.id,
    owner: row.owner_id,
    due_on: row.due_on,
    clause: row.clause,
  });
  return showDecision(row);
}

/** Says that it is done: whoever sees to it, or a senior. */
export async function finishDecision(deed: Deed, caller: Caller, id: string): Promise<Decision> {
  const row = await held(deed, id);
  const member = memberOf(caller);
  if (row.owner_id !== member && !(caller.kind === 'member' && isSenior(caller)))
    throw new HttpProblem(403, 'not_yours', 'Somebody else sees to this: they say when it is done.');
  if (row.done_at !== null)
    throw new HttpProblem(409, 'already_done', `This was done at ${row.done_at.toISOString()}.`);
  const done = await set(deed, id, { done_at: new Date(deed.now), done_by: member });
  tell(deed, row.review_id, 'decision_done', { decision: id });
  return showDecision(done);
}

/** Makes a draft of it at once, on what was last agreed upon. */
export async function draftFrom(
  deed: Deed,
  caller: Caller,
  id: string,
  text: string | undefined,
): Promise<{ decision: Decision; key: VersionKey }> {
  const { tx, workspace, now } = deed;
  const row = await held(deed, id);
  if (row.draft_version !== null) {
    throw new HttpProblem(409, 'drafted', `This decision has become version ${row.draft_version} already.`);
  }
  const { pact_id } = await reviewOf(tx, workspace, row.review_id);
  const head = headAmong(await standingsOf(tx, workspace, pact_id))!; // a review is of a version in force
  const { text: agreed } = await tx
    .selectFrom('versions')
    .select('text')
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact_id)
    .where('number', '=', head.number)
    .executeTakeFirstOrThrow();
  const key = await draft(
    tx,
    caller,
    pact_id,
    { text: text ?? agreed, base: head.number, note: row.text.slice(0, 2_000) },
    now,
  );
  const drafted = await set(deed, id, { draft_pact: key.pact, draft_version: key.number });
  tell(deed, row.review_id, 'drafted', { decision: id, pact: key.pact, version: key.number });
  return { decision: showDecision(drafted), key };
}

type Row = Selectable<ReviewDecisions>;

async function held({ tx, workspace }: Deed, id: string): Promise<Row> {
  const row = await tx
    .selectFrom('review_decisions')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such decision here.');
  return row;
}

const set = (
  { tx, workspace }: Deed,
  id: string,
  to: Partial<Pick<Row, 'done_at' | 'done_by' | 'draft_pact' | 'draft_version'>>,
): Promise<Row> =>
  tx
    .updateTable('review_decisions')
    .set(to)
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
