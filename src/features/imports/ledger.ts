/** The record of an import: how far it is, what it refused, and how it ended. */
import { cleanText } from '#features/intake/clean.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { Reject } from '#platform/files/rejects.ts';
import { newId } from '#platform/ids.ts';
import type { ImportKind, Scope } from './kind.ts';

export type ImportRecord = {
  id: string;
  /** The number of the last row that was taken. */
  read: number;
  accepted: number;
  rejected: number;
  finished_at: Date | null;
};

export type Begun = { kind: ImportKind; name: string; digest: string; how: unknown; member: string | null };

/** The import of the same file, to go on with or to leave as it is; a new one where there is none. */
export async function beginImport({ query, workspace, now }: Scope, begun: Begun): Promise<ImportRecord> {
  const { kind, name, digest, how, member } = begun;
  await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`import ${workspace} ${digest}`]);
  const [before] = await query<ImportRecord>(
    `UPDATE imports SET failed_at = NULL, error = NULL WHERE workspace_id = $1 AND digest = $2 AND kind = $3
     RETURNING id, read, accepted, rejected, finished_at`,
    [workspace, digest, kind],
  );
  if (before !== undefined) return before;
  const id = newId(now);
  await query(
    `INSERT INTO imports (workspace_id, id, kind, file_name, digest, mapping, member_id, created_at, started_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
    [workspace, id, kind, cleanText(name), digest, JSON.stringify(how), member, new Date(now)],
  );
  return { id, read: 0, accepted: 0, rejected: 0, finished_at: null };
}

/** Writes down how far it is; committed together with the rows themselves. */
export async function keepProgress(
  { query, workspace }: Scope,
  id: string,
  { read, accepted }: { read: number; accepted: number },
  rejects: readonly Reject[],
): Promise<void> {
  await query(
    `INSERT INTO import_rejects (workspace_id, import_id, row, reason, cells)
     SELECT $1, $2, g.row, g.reason, g.cells FROM unnest($3::bigint[], $4::text[], $5::jsonb[]) AS g(row, reason, cells)
     ON CONFLICT DO NOTHING`,
    [
      workspace,
      id,
      rejects.map(({ line }) => line),
      rejects.map(({ found, wanted, column }) =>
        cleanText(`${column === undefined ? '' : `${column}: `}found ${found}, wanted ${wanted}`).slice(
          0,
          1_000,
        ),
      ),
      rejects.map(({ row }) => JSON.stringify([cleanText(row).slice(0, 65_536)])),
    ],
  );
  await query(
    `UPDATE imports SET read = greatest(read, $3), accepted = accepted + $4,
       rejected = (SELECT count(*) FROM import_rejects WHERE workspace_id = $1 AND import_id = $2)
     WHERE workspace_id = $1 AND id = $2`,
    [workspace, id, read, accepted],
  );
}

export const finishImport = async ({ query, workspace, now }: Scope, id: string): Promise<ImportRecord> => {
  const [row] = await query<ImportRecord>(
    `UPDATE imports SET finished_at = $3 WHERE workspace_id = $1 AND id = $2
     RETURNING id, read, accepted, rejected, finished_at`,
    [workspace, id, new Date(now)],
  );
  return row!;
};

export const failImport = (query: Query, workspace: string, id: string, now: number, error: string) =>
  query('UPDATE imports SET failed_at = $3, error = $4 WHERE workspace_id = $1 AND id = $2', [
    workspace,
    id,
    new Date(now),
    cleanText(error).slice(0, 1_000),
  ]);
