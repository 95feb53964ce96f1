/** What went out is kept for 30 days, then forgotten. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';
import { inEveryWorkspace } from '#platform/db/every-workspace.ts';

const KEPT = 30 * 86_400_000;

/** Forgets, in every workspace, what was carried out, delivered or given up long ago. To be called once a day. */
export const forgetSent = (database: Database, now: Instant): Promise<void> =>
  inEveryWorkspace(database, (workspace) => async (_, query) => {
    const given = [workspace, new Date(now - KEPT)];
    await query(
      `DELETE FROM webhook_deliveries WHERE workspace_id = $1 AND created_at < $2
         AND (delivered_at IS NOT NULL OR failed_at IS NOT NULL)`,
      given,
    );
    await query(
      `DELETE FROM outbox WHERE workspace_id = $1 AND created_at < $2
         AND (done_at IS NOT NULL OR failed_at IS NOT NULL)`,
      given,
    );
    return 'done';
  });
