/**
 * Everything an installation holds, as one packed file: written out of one snapshot, while others go on working.
 *
 * A line of JSON each: what the file is; then for every table its name and columns, its rows as PostgreSQL itself
 * writes them, and how many there were; at the end the digest of all that went before, so that a damaged or cut file
 * is known for one before anything of it is used.
 */
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import type { Config } from '#platform/config/config.ts';
import { checkSchema, readMigrations } from '#platform/db/migrate.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { readTables, type Table } from './tables.ts';
import { inTransaction } from './transaction.ts';

export const FORMAT = 'leadpact backup';
export const FORMAT_VERSION = 1;

/** The first line. */
export type Manifest = {
  format: typeof FORMAT;
  version: number;
  made_at: string;
  postgres: string;
  /** The steps of the schema it was written with. */
  schema: { number: number; checksum: string }[];
  /** What signs sessions and tokens; null when the environment gives it, which is then to be kept elsewhere. */
  secret: string | null;
};
/** The lines after it: a table begins, its rows follow as texts, and it ends; the file ends. */
type TableBegins = { table: string; columns: string[] };
type TableEnds = { rows: number };
export type FileEnds = { sha256: string; tables: number; rows: number };

export type BackupReport = {
  file: string;
  bytes: number;
  tables: number;
  rows: number;
  holds_secret: boolean;
};

const AT_ONCE = 1_000;

/**
 * @param path where to; it appears when it is whole, readable by its owner alone
 * @throws OutsideError when it cannot be written, or the database is not of this Leadpact's schema
 */
export async function writeBackup(
  owner: pg.Client,
  config: Config,
  path: string,
  now: number,
  tell: (table: string, rows: number) => Promise<void>,
): Promise<BackupReport> {
  if (existsSync(path)) {
    throw new OutsideError(`${path} is there already. Choose another name, or remove it first.`);
  }
  await checkSchema(owner);
  const secret = await secretOf(config);
  const draft = `${path}.part`;
  const counted = { bytes: 0, tables: 0, rows: 0 };
  try {
    await inTransaction(owner, 'REPEATABLE READ READ ONLY', async () => {
      const lines = backupLines(owner, secret, now, counted, tell);
      const gzip = createGzip({ level: 6 });
      gzip.on('data', (chunk: Buffer) => {
        counted.bytes += chunk.length;
      });
      await pipeline(lines, gzip, createWriteStream(draft, { mode: 0o600, flags: 'w', flush: true }));
    });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    if (error instanceof OutsideError) throw error;
    throw new OutsideError(`The backup cannot be written to ${path}: ${messageOf(error)}.`, { cause: error });
  }
  return { file: path, ...counted, holds_secret: secret !== null };
}

async function secretOf({ secret, dataDirectory }: Config): Promise<string | null> {
  const path = join(dataDirectory, 'secret');
  if (secret !== null || !existsSync(path)) return null;
  return (await readFile(path, 'utf8')).trim();
}

async function* backupLines(
  owner: pg.Client,
  secret: string | null,
  now: number,
  counted: { tables: number; rows: number },
  tell: (table: string, rows: number) => Promise<void>,
): AsyncGenerator<string> {
  const digest = createHash('sha256');
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`;
    digest.update(text);
    return text;
  };
  const { rows: server } = await owner.query<{ version: string }>(
    "SELECT current_setting('server_version') AS version",
  );
  const manifest: Manifest = {
    format: FORMAT,
    version: FORMAT_VERSION,
    made_at: new Date(now).toISOString(),
    postgres: server[0]!.version,
    schema: readMigrations().map(({ number, checksum }) => ({ number, checksum })),
    secret,
  };
  yield line(manifest);
  const workspaces = await readWorkspaces(owner);
  for (const table of await readTables(owner)) {
    yield line({ table: table.name, columns: table.columns } satisfies TableBegins);
    let rows = 0;
    for await (const some of rowsOf(owner, table, workspaces)) {
      yield some.map(line).join('');
      rows += some.length;
      await tell(table.name, counted.rows + rows);
    }
    yield line({ rows } satisfies TableEnds);
    counted.tables++;
    counted.rows += rows;
  }
  const { tables, rows } = counted;
  yield `${JSON.stringify({ sha256: digest.digest('hex'), tables, rows } satisfies FileEnds)}\n`;
}

/** In the contexts that row-level security knows: it binds an owner who is no superuser as well. */
async function readWorkspaces(owner: pg.Client): Promise<string[]> {
  await owner.query("SET LOCAL app.scan = 'on'; SET LOCAL app.door = 'on'");
  const { rows } = await owner.query<{ id: string }>('SELECT workspace_id AS id FROM workspaces ORDER BY 1');
  await owner.query("SET LOCAL app.scan = 'off'");
  return rows.map(({ id }) => id);
}

async function* rowsOf(
  owner: pg.Client,
  table: Table,
  workspaces: readonly string[],
): AsyncGenerator<string[]> {
  if (!table.isTenant) {
    yield* fetched(owner, table, '');
    return;
  }
  for (const workspace of workspaces) {
    await owner.query("SELECT set_config('app.workspace', $1, true)", [workspace]);
    yield* fetched(owner, table, `WHERE workspace_id = '${workspace}'`);
  }
}

async function* fetched(owner: pg.Client, { name, columns }: Table, where: string): AsyncGenerator<string[]> {
  await owner.query(
    `DECLARE backup NO SCROLL CURSOR FOR SELECT ROW(${columns.join(', ')})::text AS line FROM ${name} ${where}`,
  );
  for (;;) {
    const { rows } = await owner.query<{ line: string }>(`FETCH ${AT_ONCE} FROM backup`);
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (rows.length < AT_ONCE) break;
  }
  await owner.query('CLOSE backup');
}
