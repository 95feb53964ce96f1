import type { Database, Work } from './database.ts';

/**
 * Does the same in each workspace in turn.
 * @param work done in a transaction of its own, again and again for as long as it says that there is more to do
 */
export async function inEveryWorkspace(
  database: Database,
  work: (workspace: string) => Work<'done' | 'more'>,
): Promise<void> {
  const workspaces = await database.acrossWorkspaces((_, query) =>
    query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces'),
  );
  for (const { workspace_id } of workspaces) {
    while ((await database.inWorkspace(workspace_id, work(workspace_id))) === 'more');
  }
}
