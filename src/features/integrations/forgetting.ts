/** What went out is kept for 30 days, then forgotten. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';

const KEPT = 30 * 86_400_000;

/** Forgets, in every workspace, what was carried out, delivered or given up long ago. To be called once a day. */
export async function forgetSent(database: Database, now: Instant): Promise<void> {
  const workspaces = await database.acrossWorkspaces((_, query) =>
    query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces'),
  );
  const before = new Date(now - KEPT);
  for (const { workspace_id } of workspaces) {
    await database.inWorkspace(workspace_id, async (_, query) => {
      await query(
        `DELETE FROM webhook_deliveries WHERE workspace_id = $1 AND created_at < $2
           AND (delivered_at IS NOT NULL OR failed_at IS NOT NULL)`,
        [workspace_id, before],
      );
      await query(
        `DELETE FROM outbox WHERE workspace_id = $1 AND created_at < $2
           AND (done_at IS NOT NULL OR failed_at IS NOT NULL)`,
        [workspace_id, before],
      );
    });
  }
}
