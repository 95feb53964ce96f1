/** Which leads are to be folded: those that something was learned of, those whose time has come. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';

/** The present, as the worker counts it: the database's clock, which all workers share. */
export type Now = (query: Query) => Promise<Instant>;

export const databaseNow: Now = async (query) => {
  const rows = await query<{ now: Date }>('SELECT clock_timestamp() AS now', [], 'now');
  return rows[0]!.now.getTime();
};

/** Leads of one workspace whose time has come; with marks waiting or without. */
export type Waiting = { workspace: string; due: number[]; marked: boolean; rejudge: boolean };

/**
 * What is waiting in any workspace. Of marks one probe of the index a workspace, however long its queue is; of leads
 * whose time has come the first.
 */
const WAITING = `WITH RECURSIVE marked AS (
  (SELECT workspace_id FROM dirty_leads ORDER BY workspace_id LIMIT 1)
  UNION ALL
  SELECT (SELECT d.workspace_id FROM dirty_leads d WHERE d.workspace_id > m.workspace_id
    ORDER BY d.workspace_id LIMIT 1) FROM marked m WHERE m.workspace_id IS NOT NULL)
SELECT 'marked' AS why, workspace_id, NULL::bigint AS lead FROM marked WHERE workspace_id IS NOT NULL
UNION ALL
(SELECT 'due', workspace_id, lead FROM lead_states WHERE next_at <= $1 AND lead % $3 = $4 ORDER BY next_at LIMIT $2)
UNION ALL
(SELECT 'due', workspace_id, lead FROM stuck_leads WHERE retry_at <= $1 ORDER BY retry_at LIMIT $2)
UNION ALL
SELECT DISTINCT 'rejudge', workspace_id, NULL::bigint FROM rejudgements WHERE finished_at IS NULL`;

type WaitingRow = { workspace_id: string } & ({ why: 'marked' | 'rejudge' } | { why: 'due'; lead: number });

/** One of several that work side by side: those whose time has come are shared out among them by their numbers. */
export type Lane = { number: number; of: number };

/** Looks through the queues of all workspaces; none of them is read to its end. */
export async function lookForWork(
  database: Database,
  most: number,
  nowOf: Now,
  lane: Lane = { number: 0, of: 1 },
): Promise<Waiting[]> {
  return database.acrossWorkspaces(async (_, query) => {
    const now = new Date(await nowOf(query));
    const found = new Map<string, Waiting>();
    for (const row of await query<WaitingRow>(WAITING, [now, most, lane.of, lane.number], 'queue-waiting')) {
      const workspace = row.workspace_id;
      const waiting = found.get(workspace) ?? { workspace, due: [], marked: false, rejudge: false };
      found.set(workspace, waiting);
      if (row.why === 'due') waiting.due.push(row.lead);
      else if (row.why === 'marked') waiting.marked = true;
      else waiting.rejudge = true;
    }
    return [...found.values()];
  });
}

/** A mark on a lead, with the activities that it stands for; null for anything at all. */
export type DirtyMark = { mark: string; lead: number; activities: string[] | null };

/** The leads of the oldest marks that no other worker has in hand. */
export const takeMarks = (
  query: Query,
  workspace: string,
  most: number,
): Promise<Pick<DirtyMark, 'mark' | 'lead'>[]> =>
  query(
    'SELECT mark, lead FROM dirty_leads WHERE workspace_id = $1 ORDER BY mark LIMIT $2 FOR UPDATE SKIP LOCKED',
    [workspace, most],
    'marks-take',
  );

/** All marks of leads, but for those that another worker has in hand. */
export const marksOf = (query: Query, workspace: string, leads: readonly number[]): Promise<DirtyMark[]> =>
  query(
    'SELECT mark, lead, activities FROM dirty_leads WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]) FOR UPDATE SKIP LOCKED',
    [workspace, leads],
    'marks-of',
  );

export const deleteMarks = async (
  query: Query,
  workspace: string,
  marks: readonly DirtyMark[],
): Promise<void> => {
  if (marks.length === 0) return;
  await query(
    'DELETE FROM dirty_leads WHERE workspace_id = $1 AND mark = ANY ($2::uuid[])',
    [workspace, marks.map(({ mark }) => mark)],
    'marks-delete',
  );
};
