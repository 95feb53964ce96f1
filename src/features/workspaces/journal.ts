import type { JournalEntry } from '#contract/workspaces.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { verifyJournal } from '#platform/journal/journal.ts';

export type JournalPage = { cursor?: string; limit: number; subject_kind?: string; subject_id?: string };

const columns = [
  'seq',
  'at',
  'recorded_at',
  'actor_kind',
  'actor_id',
  'what',
  'subject_kind',
  'subject_id',
  'data',
] as const;

/** The latest entries first. */
export async function readJournal(
  tx: Tx,
  workspace: string,
  { cursor, limit, subject_kind, subject_id }: JournalPage,
): Promise<{ items: JournalEntry[]; next: string | null }> {
  let query = tx.selectFrom('journal').select(columns).where('workspace_id', '=', workspace);
  if (cursor !== undefined) {
    const [seq] = readCursor<[number]>(cursor, [0]);
    query = query.where('seq', '<', seq);
  }
  if (subject_kind !== undefined) query = query.where('subject_kind', '=', subject_kind);
  if (subject_id !== undefined) query = query.where('subject_id', '=', subject_id);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, { item: showEntry, place: ({ seq }) => [seq] });
}

type Row = {
  seq: number;
  at: Date;
  recorded_at: Date;
  actor_kind: 'member' | 'key' | 'system';
  actor_id: string | null;
  what: string;
  subject_kind: string;
  subject_id: string;
  data: unknown;
};

const showEntry = (row: Row): JournalEntry => ({
  seq: row.seq,
  at: row.at.toISOString(),
  recorded_at: row.recorded_at.toISOString(),
  actor: { kind: row.actor_kind, id: row.actor_id },
  what: row.what,
  subject: { kind: row.subject_kind, id: row.subject_id },
  data: row.data as Record<string, unknown>,
});

/** Works a part of the chain out again. */
export async function verifyPart(query: Query, workspace: string, from: number, limit: number) {
  const [head] = await query<{ seq: number }>('SELECT seq FROM journal_heads WHERE workspace_id = $1', [
    workspace,
  ]);
  const last = head?.seq ?? 0;
  const to = Math.min(last, from + limit - 1);
  return { to, last, broken: await verifyJournal(query, workspace, from, to) };
}
