import type { Query } from '#platform/db/transaction.ts';

/**
 * A mark of a workspace's history: as long as it is the same, so is the history, with its deals. What is packed anew
 * may change it, though nothing has.
 */
export async function readMark(query: Query, workspace: string): Promise<string> {
  const [row] = await query<Record<'did' | 'stated' | 'doubts' | 'deals', string | null>>(
    `SELECT
       (SELECT id FROM activities WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1) AS did,
       (SELECT id FROM attribute_changes WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1) AS stated,
       (SELECT md5(string_agg(id::text, '' ORDER BY id)) FROM history_doubts WHERE workspace_id = $1) AS doubts,
       (SELECT count(*) || '.' || coalesce(sum(revision), 0) FROM deals WHERE workspace_id = $1) AS deals`,
    [workspace],
    'history-mark',
  );
  const { did, stated, doubts, deals } = row!;
  return [did, stated, doubts, deals].join(' ');
}
