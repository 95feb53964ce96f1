/** A message is known again for 90 days; then its id is forgotten. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';
import { inEveryWorkspace } from '#platform/db/every-workspace.ts';

const KEPT = 90 * 86_400_000;
/** A day of a busy workspace is more than one statement has time for: so many ids at a time. */
const AT_ONCE = 20_000;

/** Forgets, in every workspace, the ids of messages of long ago. To be called once a day. */
export const forgetMessageIds = (database: Database, now: Instant, atOnce = AT_ONCE): Promise<void> =>
  inEveryWorkspace(database, (workspace) => async (_, query) => {
    const forgotten = await query(
      `DELETE FROM message_ids WHERE workspace_id = $1 AND key IN (
         SELECT key FROM message_ids WHERE workspace_id = $1 AND received_at < $2 LIMIT $3)
       RETURNING key`,
      [workspace, new Date(now - KEPT), atOnce],
    );
    return forgotten.length < atOnce ? 'done' : 'more';
  });
