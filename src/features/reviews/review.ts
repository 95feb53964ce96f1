/** Reviews: called, shown, closed with their minutes. */
import type { Selectable } from 'kysely';
import type { Decision, Review, ReviewSummary } from '#contract/reviews.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import type { ReviewDecisions, Reviews } from '#platform/db/tables.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { agendaOf } from './agenda.ts';
import { beginningOf, dayAt } from './due.ts';
import { minutesOf } from './minutes.ts';

export type ReviewRow = Selectable<Reviews>;
export type Looking = { tx: Tx; query: Query; workspace: string; now: number };

export async function callReview(deed: Deed, caller: Caller, pact: string, due_on: string): Promise<string> {
  const { tx, query, workspace, now } = deed;
  const known = await query('SELECT FROM pacts WHERE workspace_id = $1 AND id = $2', [workspace, pact]);
  if (known.length === 0)
    throw new HttpProblem(404, 'not_found', 'There is no pact of that id in this workspace.');
  const beginning = await beginningOf(query, workspace, pact);
  if (beginning === null) {
    throw new HttpProblem(
      409,
      'nothing_in_force',
      'No version of this pact is in force: there is nothing to review.',
    );
  }
  const due = await tx
    .selectFrom('reviews')
    .select(['id', 'due_on'])
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .where('held_at', 'is', null)
    .executeTakeFirst();
  if (due !== undefined)
    throw new HttpProblem(409, 'due_already', `A review is due on ${due.due_on} already: hold that.`);
  const zone = (await readTimeline(query, workspace)).at(now)?.pact.calendar.zone ?? 'UTC';
  if (due_on < dayAt(now, zone))
    throw new HttpProblem(422, 'in_the_past', `A review is called for today or later, not for ${due_on}.`);
  const id = newId(now);
  const called = { called_by: memberOf(caller), version: beginning.version, from_at: beginning.from };
  await tx
    .insertInto('reviews')
    .values({ workspace_id: workspace, id, pact_id: pact, due_on, ...called })
    .execute();
  tell(deed, id, 'called', { pact, due_on });
  return id;
}

/** The latest first; one more than asked for when there are more. */
export async function listReviews(
  { query, workspace, now }: Looking,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<ReviewSummary[]> {
  const rows = await query<ReviewRow & { decisions: number }>(
    `SELECT r.*, r.due_on::text AS due_on, (SELECT count(*)::int FROM review_decisions d
       WHERE d.workspace_id = r.workspace_id AND d.review_id = r.id) AS decisions
     FROM reviews r WHERE r.workspace_id = $1 AND ($2::date IS NULL OR (r.due_on, r.id) < ($2, $3::uuid))
     ORDER BY r.due_on DESC, r.id DESC LIMIT $4`,
    [workspace, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows.map(({ decisions, ...row }) => summarise(row, decisions, now));
}

/** @throws HttpProblem 404 */
export async function showReview(looking: Looking, id: string): Promise<Review> {
  const { tx, query, workspace, now } = looking;
  const row = await reviewOf(tx, workspace, id);
  const decisions = await decisionsOf(tx, workspace, row.pact_id);
  const made = decisions.filter(({ review }) => review === id);
  const period = {
    review: id,
    pact: row.pact_id,
    from: row.from_at.getTime(),
    until: row.held_at?.getTime() ?? now,
  };
  return {
    ...summarise(row, made.length, now),
    agenda: await agendaOf({ query, workspace, ...period }),
    open: decisions.filter(({ review, done_at }) => review !== id && done_at === null),
    made,
  };
}

/** Closes a review: from now on its minutes stay as they are. */
export async function closeReview(deed: Deed, caller: Caller, id: string): Promise<void> {
  const { tx, query, workspace, now } = deed;
  const row = await reviewOf(tx, workspace, id, true);
  requireDue(row);
  const minutes = await minutesOf(query, workspace, await showReview({ tx, query, workspace, now }, id), now);
  await tx
    .updateTable('reviews')
    .set({ held_at: new Date(now), held_by: memberOf(caller), minutes })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
  tell(deed, id, 'held', { pact: row.pact_id });
}

/** The minutes as they were kept; of a review that is not held yet, as they would be. */
export async function showMinutes(looking: Looking, id: string): Promise<string> {
  const { tx, query, workspace, now } = looking;
  const { minutes } = await reviewOf(tx, workspace, id);
  return minutes ?? minutesOf(query, workspace, await showReview(looking, id), now);
}

export function requireDue({ held_at }: ReviewRow): void {
  if (held_at === null) return;
  throw new HttpProblem(
    409,
    'held',
    `This review was held on ${held_at.toISOString()}: its minutes stay as they are.`,
  );
}

export async function reviewOf(tx: Tx, workspace: string, id: string, forUpdate = false): Promise<ReviewRow> {
  const found = tx
    .selectFrom('reviews')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id);
  const row = await (forUpdate ? found.forUpdate() : found).executeTakeFirst();
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such review here.');
  return row;
}

async function decisionsOf(tx: Tx, workspace: string, pact: string): Promise<Decision[]> {
  const rows = await tx
    .selectFrom('review_decisions as d')
    .innerJoin('reviews as r', (join) =>
      join.onRef('r.workspace_id', '=', 'd.workspace_id').onRef('r.id', '=', 'd.review_id'),
    )
    .selectAll('d')
    .where('d.workspace_id', '=', workspace)
    .where('r.workspace_id', '=', workspace)
    .where('r.pact_id', '=', pact)
    .orderBy('d.decided_at')
    .orderBy('d.id')
    .execute();
  return rows.map(showDecision);
}

export const showDecision = (row: Selectable<ReviewDecisions>): Decision => ({
  id: row.id,
  review: row.review_id,
  text: row.text,
  clause: row.clause,
  owner: row.owner_id,
  due_on: row.due_on,
  decided_at: row.decided_at.toISOString(),
  decided_by: row.decided_by,
  done_at: row.done_at?.toISOString() ?? null,
  draft: row.draft_pact === null ? null : { pact: row.draft_pact, number: row.draft_version! },
});

export function tell(deed: Deed, id: string, verb: string, data: Record<string, unknown>): void {
  deed.journal({ at: deed.now, what: `review.${verb}`, subject: { kind: 'review', id }, data });
  deed.send(`pact.review_${verb}`, { review: id, at: deed.now, ...data });
}

const summarise = (row: ReviewRow, decisions: number, now: number): ReviewSummary => ({
  id: row.id,
  pact: row.pact_id,
  version: row.version,
  due_on: row.due_on,
  from: row.from_at.toISOString(),
  until: (row.held_at ?? new Date(now)).toISOString(),
  standing: row.held_at === null ? 'due' : 'held',
  held_at: row.held_at?.toISOString() ?? null,
  decisions,
});
