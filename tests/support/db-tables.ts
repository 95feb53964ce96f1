import type pg from 'pg';

type Column = {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  defaulted: boolean;
  generated: boolean;
};

/** What `pg` gives for a column's type, as our pool reads it (see `pool.ts`). */
const types: Record<string, string> = {
  bigint: 'number',
  boolean: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  'double precision': 'number',
  integer: 'number',
  jsonb: 'Json',
  numeric: 'number',
  text: 'string',
  'text[]': 'string[]',
  'timestamp with time zone': 'Date',
  uuid: 'string',
  'uuid[]': 'string[]',
};

const header = `// Generated from the migrated database by scripts/db-tables.ts. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/** Read as what was written; written as JSON text, so that an array is not taken for one of PostgreSQL's own. */
export type Json = ColumnType<unknown, string, string>;
export type GeneratedJson = ColumnType<unknown, string | undefined, string>;
`;

/** Writes the table types that Kysely works with. */
export async function describeTables(session: pg.ClientBase): Promise<string> {
  const { rows: columns } = await session.query(`
    SELECT c.relname AS table, a.attname AS column,
      regexp_replace(regexp_replace(format_type(a.atttypid, a.atttypmod), '\\([0-9,]+\\)', ''), '^timestamp with', 'timestamp with') AS type,
      NOT a.attnotnull AND c.relkind <> 'v' OR c.relkind = 'v' AND NOT coalesce(base.attnotnull, false) AS nullable,
      a.atthasdef AND a.attgenerated = '' AS defaulted, a.attgenerated <> '' AS generated
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN LATERAL (
        SELECT b.attnotnull FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
          JOIN pg_attribute b ON b.attrelid = d.refobjid AND b.attnum = d.refobjsubid
        WHERE r.ev_class = c.oid AND b.attname = a.attname LIMIT 1) base ON c.relkind = 'v'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
    ORDER BY c.relname, a.attnum`);
  const { rows: checks } = await session.query(`
    SELECT c.conrelid::regclass::text AS table, a.attname AS column, pg_get_constraintdef(c.oid) AS definition
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'c' AND cardinality(c.conkey) = 1 AND c.connamespace = 'public'::regnamespace`);
  const choices = new Map(
    (checks as { table: string; column: string; definition: string }[]).flatMap(
      ({ table, column, definition }) => {
        const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(definition)?.[1];
        const values = list
          ?.split(', ')
          .map((item) => item.replace(/::text$/, '').replace(/ COLLATE .*$/, ''));
        return values ? [[`${table}.${column}`, values.join(' | ')] as const] : [];
      },
    ),
  );

  const tables = new Map<string, string[]>();
  for (const column of columns as Column[]) {
    const lines = tables.get(column.table) ?? [];
    lines.push(`  ${column.column}: ${typeOf(column, choices.get(`${column.table}.${column.column}`))};`);
    tables.set(column.table, lines);
  }
  const interfaces = [...tables].map(
    ([table, lines]) => `export interface ${pascal(table)} {\n${lines.join('\n')}\n}\n`,
  );
  const index = [...tables.keys()].map((table) => `  ${table}: ${pascal(table)};`);
  return `${header}\n${interfaces.join('\n')}\nexport interface Tables {\n${index.join('\n')}\n}\n`;
}

function typeOf({ table, column, type, nullable, defaulted, generated }: Column, choices?: string): string {
  const base = choices ?? types[type];
  if (!base) throw new Error(`${table}.${column} is of type ${type}, for which db-tables.ts has no word.`);
  const full = nullable ? `${base} | null` : base;
  if (base === 'Json' && defaulted && !nullable) return 'GeneratedJson';
  if (generated) return `GeneratedAlways<${full}>`;
  return defaulted ? `Generated<${full}>` : full;
}

const pascal = (name: string): string =>
  name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
