/** The workspace itself: founded, shown, changed. */
import type { Selectable } from 'kysely';
import type { Workspace } from '#contract/workspaces.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { requireMatch } from '#features/etag.ts';
import { knownZone } from '#features/zone.ts';
import type { Database } from '#platform/db/database.ts';
import type { Workspaces } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';
import type { Hand } from './keys.ts';

/** Every workspace of the installation, the oldest first: for whoever runs it, not for who is in one. */
export const listWorkspaces = (database: Database): Promise<{ id: string; name: string; demo: boolean }[]> =>
  database.acrossWorkspaces((tx) =>
    tx
      .selectFrom('workspaces')
      .select(['workspace_id as id', 'name', 'demo'])
      .orderBy('created_at')
      .orderBy('workspace_id')
      .execute(),
  );

/** Makes an empty workspace. */
export async function foundWorkspace(
  database: Database,
  { name, zone }: { name: string; zone: string },
  now: Instant,
): Promise<string> {
  const id = newId(now);
  const known = knownZone(zone);
  await database.inWorkspace(id, async (tx) => {
    await tx
      .insertInto('workspaces')
      .values({ workspace_id: id, name, zone: known, created_at: new Date(now) })
      .execute();
    const subject = { kind: 'workspace', id };
    await record(tx, id, [{ at: now, actor: { kind: 'system' }, what: 'workspace.founded', subject }]);
  });
  return id;
}

export async function showWorkspace(tx: Tx, workspace: string): Promise<Workspace> {
  return shown(
    await tx
      .selectFrom('workspaces')
      .selectAll()
      .where('workspace_id', '=', workspace)
      .executeTakeFirstOrThrow(),
  );
}

/** @throws HttpProblem 412 when the caller read another state of it. */
export async function changeWorkspace(
  tx: Tx,
  { workspace, actor }: Hand,
  change: { name?: string; zone?: string },
  ifMatch: string | null,
  now: Instant,
): Promise<Workspace> {
  const before = await tx
    .selectFrom('workspaces')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
  requireMatch(ifMatch, shown(before));
  const row = await tx
    .updateTable('workspaces')
    .set({ name: change.name ?? before.name, zone: change.zone ? knownZone(change.zone) : before.zone })
    .where('workspace_id', '=', workspace)
    .returningAll()
    .executeTakeFirstOrThrow();
  const subject = { kind: 'workspace', id: workspace };
  await record(tx, workspace, [{ at: now, actor, what: 'workspace.changed', subject, data: change }]);
  return shown(row);
}

const shown = ({ workspace_id, name, zone, demo, created_at }: Selectable<Workspaces>): Workspace => ({
  id: workspace_id,
  name,
  zone,
  demo,
  created_at: created_at.toISOString(),
});
