/** The tables that hold an installation's data, as the database itself describes them. */
import pg from 'pg';

export type Table = {
  /** With its schema, quoted: `public.leads`. */
  name: string;
  /** Columns that are written; what is worked out from others is not. */
  columns: string[];
  /** Whether its rows belong to workspaces; the others are the door's. */
  isTenant: boolean;
  /** Whether triggers of ours watch over what is written. */
  isWatched: boolean;
};

type Row = {
  oid: number;
  schema: string;
  name: string;
  columns: string[];
  watched: boolean;
  needs: number[];
};

/** Every table, after those that its rows refer to. */
export async function readTables(session: pg.ClientBase): Promise<Table[]> {
  const { rows } = await session.query<Row>(
    `SELECT c.oid::int AS oid, n.nspname AS schema, c.relname AS name,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) AS watched,
       coalesce((SELECT array_agg(DISTINCT k.confrelid::int) FROM pg_constraint k
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid), '{}') AS needs
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'people') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY n.nspname, c.relname`,
  );
  return inOrder(rows).map(({ schema, name, columns, watched }) => ({
    name: `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`,
    columns: columns.map((column) => pg.escapeIdentifier(column)),
    isTenant: columns.includes('workspace_id'),
    isWatched: watched,
  }));
}

function inOrder(rows: readonly Row[]): Row[] {
  const ordered: Row[] = [];
  const waiting = new Set(rows);
  while (waiting.size > 0) {
    const missing = new Set([...waiting].map(({ oid }) => oid));
    const ready = [...waiting].filter(({ needs }) => needs.every((oid) => !missing.has(oid)));
    if (ready.length === 0) throw new Error('Tables refer to each other in a circle.');
    for (const row of ready) {
      ordered.push(row);
      waiting.delete(row);
    }
  }
  return ordered;
}

/** In a transaction of the owner's: what is written or deleted is taken as it is, for as long as `work` takes. */
export async function unwatched<T>(
  session: pg.ClientBase,
  tables: readonly Table[],
  work: () => Promise<T>,
): Promise<T> {
  const alter = async (change: (table: Table) => string[]): Promise<void> => {
    for (const table of tables)
      for (const what of change(table)) await session.query(`ALTER TABLE ${table.name} ${what}`);
  };
  await alter(({ isWatched }) => [
    'NO FORCE ROW LEVEL SECURITY',
    ...(isWatched ? ['DISABLE TRIGGER USER'] : []),
  ]);
  const result = await work();
  // Checks of references are still to be made, and a table that waits for them cannot be altered.
  await session.query('SET CONSTRAINTS ALL IMMEDIATE');
  await alter(({ isWatched }) => ['FORCE ROW LEVEL SECURITY', ...(isWatched ? ['ENABLE TRIGGER USER'] : [])]);
  return result;
}
