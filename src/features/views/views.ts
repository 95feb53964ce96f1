/** Saved views: a member's own, and those shared with everybody in the workspace. */
import type { Selectable } from 'kysely';
import type { View, ViewTold } from '#contract/views.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { requireMatch } from '#features/etag.ts';
import type { SavedViews } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';

type Whose = { workspace: string; id: string };
type Row = Selectable<SavedViews>;

/** More than this nobody finds anything in. */
const MOST = 200;

/** Everybody's shared ones, and the caller's own. */
const seenBy = (tx: Tx, { workspace, id }: Whose) =>
  tx
    .selectFrom('saved_views')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where((view) => view.or([view('owner_id', '=', id), view('shared', '=', true)]));

export async function listViews(tx: Tx, whose: Whose, noun?: View['noun']): Promise<View[]> {
  let views = seenBy(tx, whose);
  if (noun !== undefined) views = views.where('noun', '=', noun);
  const rows = await views
    .orderBy('name')
    .orderBy('id')
    .limit(MOST * 5)
    .execute();
  return rows.map(shown);
}

/** @throws HttpProblem 404 */
export async function showView(tx: Tx, whose: Whose, view: string): Promise<View> {
  const row = await seenBy(tx, whose).where('id', '=', view).executeTakeFirst();
  if (row === undefined) throw noSuchView();
  return shown(row);
}

/** @throws HttpProblem 409 when the caller has as many as anybody may have */
export async function saveView(tx: Tx, whose: Whose, told: ViewTold, now: Instant): Promise<View> {
  const { n } = await tx
    .selectFrom('saved_views')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('workspace_id', '=', whose.workspace)
    .where('owner_id', '=', whose.id)
    .executeTakeFirstOrThrow();
  if (n >= MOST)
    throw new HttpProblem(409, 'too_many_views', `You have ${MOST} saved views: delete some first.`);
  const row = await tx
    .insertInto('saved_views')
    .values({ workspace_id: whose.workspace, id: newId(now), owner_id: whose.id, ...written(told, now) })
    .returningAll()
    .executeTakeFirstOrThrow();
  return shown(row);
}

/** @throws HttpProblem 404, 403 for somebody else's, 412 when it is no longer what was read */
export async function changeView(
  tx: Tx,
  whose: Whose,
  view: string,
  { told, ifMatch }: { told: ViewTold; ifMatch: string | null },
  now: Instant,
): Promise<View> {
  const before = await own(tx, whose, view);
  requireMatch(ifMatch, { revision: before.revision });
  const row = await tx
    .updateTable('saved_views')
    .set({ ...written(told, now), revision: before.revision + 1 })
    .where('workspace_id', '=', whose.workspace)
    .where('id', '=', view)
    .returningAll()
    .executeTakeFirstOrThrow();
  return shown(row);
}

/** @throws HttpProblem 404, 403 for somebody else's */
export async function deleteView(tx: Tx, whose: Whose, view: string): Promise<void> {
  await own(tx, whose, view);
  await tx
    .deleteFrom('saved_views')
    .where('workspace_id', '=', whose.workspace)
    .where('id', '=', view)
    .execute();
}

async function own(tx: Tx, whose: Whose, view: string): Promise<Row> {
  const row = await seenBy(tx, whose).where('id', '=', view).forUpdate().executeTakeFirst();
  if (row === undefined) throw noSuchView();
  if (row.owner_id !== whose.id)
    throw new HttpProblem(403, 'not_yours', 'This view is somebody else’s: save one of your own from it.');
  return row;
}

const noSuchView = (): HttpProblem => new HttpProblem(404, 'not_found', 'There is no such view here.');

const written = ({ name, noun, filter, sort, columns, shared }: ViewTold, now: Instant) => ({
  name,
  noun,
  filter: JSON.stringify(filter),
  sort: sort === null ? null : JSON.stringify(sort),
  columns: JSON.stringify(columns),
  shared,
  changed_at: new Date(now),
});

const shown = (row: Row): View => ({
  id: row.id,
  name: row.name,
  noun: row.noun as View['noun'],
  filter: row.filter as View['filter'],
  sort: row.sort as View['sort'],
  columns: row.columns as View['columns'],
  shared: row.shared,
  owner: row.owner_id,
  changed_at: row.changed_at.toISOString(),
  revision: row.revision,
});
