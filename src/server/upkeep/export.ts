/** One kind of what a workspace holds, as a stream of text: out of one snapshot, in memory that does not grow. */
import type pg from 'pg';
import { csvLine } from '#platform/files/csv-line.ts';
import { safeCell } from '#platform/files/safe-cell.ts';
import { type ExportKind, sourceOf } from './exports.ts';

/** `csv`: for spreadsheets too, so that no cell is taken for a formula; `json`: a line of JSON each. */
export type ExportFormat = 'csv' | 'json';

const AT_ONCE = 1_000;

/** Works inside of a transaction that sees the workspace. */
export async function* exportLines(
  owner: pg.ClientBase,
  workspace: string,
  kind: ExportKind,
  format: ExportFormat,
): AsyncGenerator<{ text: string; rows: number }> {
  const { sql, spread } = sourceOf(kind);
  await owner.query("SELECT set_config('app.workspace', $1, true)", [workspace]);
  const names =
    spread === undefined
      ? []
      : (await owner.query<{ name: string }>(spread.names, [workspace])).rows.map(({ name }) => name);
  await owner.query(`DECLARE export NO SCROLL CURSOR FOR ${sql}`, [workspace]);
  let columns: string[] | null = null;
  for (;;) {
    const { rows, fields } = await owner.query<Record<string, unknown>>(`FETCH ${AT_ONCE} FROM export`);
    const own = fields.map(({ name }) => name).filter((name) => name !== spread?.column);
    const further = names.filter((name) => !own.includes(name));
    const read = (row: Record<string, unknown>): unknown[] => {
      const inner = spread === undefined ? {} : (row[spread.column] as Record<string, unknown>);
      return [...own.map((name) => row[name]), ...further.map((name) => inner[name])];
    };
    if (columns === null) {
      columns = [...own, ...further];
      if (format === 'csv') yield { text: csvLine(columns.map(safeCell)), rows: 0 };
    }
    const known = columns;
    const text = rows
      .map((row) => (format === 'csv' ? csvLine(read(row).map(cellOf)) : jsonLine(known, read(row))))
      .join('');
    yield { text, rows: rows.length };
    if (rows.length < AT_ONCE) break;
  }
  await owner.query('CLOSE export');
}

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return safeCell(value);
  return typeof value === 'object' ? safeCell(JSON.stringify(value)) : String(value);
};

/** What is not known is left out. */
const jsonLine = (columns: readonly string[], cells: readonly unknown[]): string => {
  const known = columns.flatMap((name, i) =>
    cells[i] === null || cells[i] === undefined ? [] : [[name, cells[i]]],
  );
  return `${JSON.stringify(Object.fromEntries(known as [string, unknown][]))}\n`;
};

/** The workspaces there are. */
export async function listWorkspacesAsOwner(
  owner: pg.ClientBase,
): Promise<{ id: string; name: string; demo: boolean }[]> {
  await owner.query("SET LOCAL app.scan = 'on'");
  const { rows } = await owner.query<{ id: string; name: string; demo: boolean }>(
    'SELECT workspace_id AS id, name, demo FROM workspaces ORDER BY created_at',
  );
  await owner.query("SET LOCAL app.scan = 'off'");
  return rows;
}
