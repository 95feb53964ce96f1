import type pg from 'pg';

const SAME = "'01a20021-8e44-7973-9720-8b2c5c376d31'";

/** Where a row made of the least possible would break a check, what it takes instead. */
const special: Record<string, Record<string, string>> = {
  journal: { actor_kind: "'system'" },
  threads: { lead: '1' },
  // What is kept from the other party is open once both are in.
  openings: { id: SAME, revealed_at: 'now()' },
  opening_texts: { opening_id: SAME },
  workshops: { id: SAME, done_at: 'now()' },
  workshop_labels: { workshop_id: SAME },
  clause_comments: { edits: 'NULL' },
  history_layers: { after: "'00000000-0000-0000-0000-000000000000'" },
};

/**
 * One row in every table for a workspace, past triggers and references: only who sees it is of interest.
 * @param owner a session that may switch triggers off.
 * @returns the names of the tables.
 */
export async function fillEveryTable(owner: pg.Client, workspace: string): Promise<string[]> {
  const { rows } = await owner.query(`
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type, a.attnum AS position,
      (SELECT substring(pg_get_constraintdef(k.oid) FROM $$'(\\w+)'$$) FROM pg_constraint k
       WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]) AS choice
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND (a.attnotnull AND NOT a.atthasdef OR c.relname = 'threads' AND a.attname = 'lead')
    ORDER BY 1, a.attnum`);
  const values: Record<string, Record<string, string>> = {};
  for (const { table, column, type, position, choice } of rows) {
    const byType: Record<string, string> = {
      uuid: column === 'workspace_id' ? `'${workspace}'` : 'gen_random_uuid()',
      text: `'${choice ?? 'x'}'`,
      'text[]': "'{}'",
      'timestamp with time zone': `to_timestamp(${position})`,
      jsonb: "'{}'",
      bytea: "''",
      boolean: 'true',
      date: "'2026-01-01'",
    };
    values[table] ??= {};
    values[table][column] = special[table]?.[column] ?? byType[type] ?? String(position);
  }
  for (const table of Object.keys(values)) Object.assign(values[table]!, special[table]);
  await owner.query('SET session_replication_role = replica');
  for (const [table, row] of Object.entries(values)) {
    await owner.query(`INSERT INTO ${table} (${Object.keys(row)}) VALUES (${Object.values(row)})`);
  }
  await owner.query('SET session_replication_role = DEFAULT');
  return Object.keys(values);
}
