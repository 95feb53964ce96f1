/** Imports as people see them. */
import type { ImportShown } from '#contract/imports.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import type { Query } from '#platform/db/transaction.ts';
import { csvLine } from '#platform/files/csv-line.ts';
import { safeCell } from '#platform/files/safe-cell.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { ImportKind } from './kind.ts';
import { INTERRUPTED } from './uploads.ts';

type Row = {
  id: string;
  kind: ImportKind;
  file_name: string;
  mapping: { system?: string };
  member_id: string | null;
  created_at: Date;
  read: number;
  accepted: number;
  rejected: number;
  finished_at: Date | null;
  failed_at: Date | null;
  error: string | null;
};

const SELECT = `SELECT id, kind, file_name, mapping, member_id, created_at, read, accepted, rejected, finished_at,
  failed_at, error FROM imports WHERE workspace_id = $1`;
/** What has said nothing for so long, and is in no process' hands that we know of, goes on no more. */
const LONGEST = 6 * 3_600_000;

/** What this process knows of an import that it is at. */
type Known = { now: Instant; progressOf: (id: string) => number | null };

export async function listImports(
  query: Query,
  workspace: string,
  { kind, cursor, limit }: { kind?: ImportKind | undefined; cursor?: string | undefined; limit: number },
  known: Known,
): Promise<{ items: ImportShown[]; next: string | null }> {
  const after = cursor === undefined ? null : readCursor<[string]>(cursor, [''])[0];
  const rows = await query<Row>(
    `${SELECT} AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR id::text < $3)
     ORDER BY id::text DESC LIMIT $4`,
    [workspace, kind ?? null, after, limit + 1],
  );
  return pageOf(rows, limit, { item: (row) => shown(row, known), place: ({ id }) => [id] });
}

/** @throws HttpProblem 404 */
export async function showImport(
  query: Query,
  workspace: string,
  id: string,
  known: Known,
): Promise<ImportShown> {
  const [row] = await query<Row>(`${SELECT} AND id = $2`, [workspace, id]);
  if (row) return shown(row, known);
  throw new HttpProblem(404, 'not_found', 'There is no such import here.');
}

function standingOf(
  { finished_at, failed_at, error, created_at }: Row,
  progress: number | null,
  now: Instant,
): ImportShown['standing'] {
  if (finished_at !== null) return 'finished';
  if (failed_at !== null) return error === INTERRUPTED ? 'interrupted' : 'failed';
  return progress === null && now - created_at.getTime() > LONGEST ? 'interrupted' : 'running';
}

function shown(row: Row, { now, progressOf }: Known): ImportShown {
  const { id, kind, read, accepted, rejected, finished_at } = row;
  const progress = progressOf(id);
  return {
    id,
    kind,
    name: row.file_name,
    system: row.mapping.system ?? 'import',
    standing: standingOf(row, progress, now),
    created_at: row.created_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
    by: row.member_id,
    read,
    accepted,
    rejected,
    progress: progress === null ? null : Math.min(1, Math.max(0, progress)),
    error: row.failed_at === null ? null : row.error,
  };
}

const PIECE = 1_000;

type Reject = { row: number; reason: string; cells: string[] };

/** The rows that were refused, as a file, piece by piece: each read in a transaction of its own. */
export async function* rejectsFile(
  read: <T>(work: (query: Query) => Promise<T>) => Promise<T>,
  workspace: string,
  id: string,
): AsyncGenerator<string> {
  yield csvLine(['line', 'reason', 'row']);
  for (let after = -1; ; ) {
    const rows = await read((query) =>
      query<Reject>(
        `SELECT row, reason, cells FROM import_rejects WHERE workspace_id = $1 AND import_id = $2 AND row > $3
         ORDER BY row LIMIT ${PIECE}`,
        [workspace, id, after],
      ),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row;
    yield rows
      .map(({ row, reason, cells }) => csvLine([String(row), safeCell(reason), ...cells.map(safeCell)]))
      .join('');
  }
}
