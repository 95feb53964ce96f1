/** Pages that PostgreSQL read and found damaged, by their checksums. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Config } from '#platform/config/config.ts';
import { systemCode } from '#platform/errors.ts';
import { type Finding, fail } from './findings.ts';

/** Of the server's own log so much is looked through, from its end. */
const LOOKED_THROUGH = 1024 * 1024;

export async function damage(session: pg.Client, config: Config): Promise<Finding[]> {
  const { rows } = await session.query<{ reads: number }>(
    'SELECT coalesce(sum(checksum_failures), 0)::int AS reads FROM pg_stat_database',
  );
  const { reads } = rows[0]!;
  if (reads === 0) return [];
  const tables = config.databaseUrl === null ? await damagedTables(session, config) : [];
  const where = tables.length === 0 ? '' : `, in ${tables.join(', ')}`;
  return [
    fail(
      'pages',
      `${reads} ${reads === 1 ? 'read' : 'reads'} of damaged pages${where}`,
      'The disk may be failing. Keep the data directory as it is, and restore the last backup elsewhere: leadpact restore FILE --data NEW.',
    ),
  ];
}

/** What the embedded server complained of, by name; what it was made anew since is not among it. */
async function damagedTables(session: pg.Client, { dataDirectory }: Config): Promise<string[]> {
  const said = endOf(join(dataDirectory, 'postgres', 'postgres.log'));
  const files = new Set(
    [...said.matchAll(/invalid page in block \d+ of relation "base\/\d+\/(\d+)/g)].map(([, n]) => n!),
  );
  const { rows } = await session.query<{ name: string }>(
    `SELECT DISTINCT pg_filenode_relation(0, n)::regclass::text AS name FROM unnest($1::oid[]) AS n
     WHERE pg_filenode_relation(0, n) IS NOT NULL ORDER BY 1`,
    [[...files]],
  );
  return rows.map(({ name }) => name);
}

function endOf(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'EACCES') return ''; // then they stay without a name
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const end = Buffer.alloc(Math.min(size, LOOKED_THROUGH));
    readSync(file, end, 0, end.length, size - end.length);
    return end.toString();
  } finally {
    closeSync(file);
  }
}
