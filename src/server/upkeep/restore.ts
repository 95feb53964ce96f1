/** Brings an empty database to what a backup holds, or leaves it as it was. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { eraseAgain } from '#features/personal-data/erasing.ts';
import type { Config } from '#platform/config/config.ts';
import { readSecret } from '#platform/config/secret.ts';
import { readMigrations } from '#platform/db/migrate.ts';
import { openOwner, startDatabase } from '#platform/db/start.ts';
import { InputError, messageOf, OutsideError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { type FileEnds, FORMAT, FORMAT_VERSION, type Manifest } from './backup.ts';
import { readTables, type Table, unwatched } from './tables.ts';
import { inTransaction } from './transaction.ts';

export type RestoreReport = {
  file: string;
  made_at: string;
  tables: number;
  rows: number;
  workspaces: number;
  /** Whether sessions, and links that were sent, go on working. */
  sessions: 'kept' | 'ended';
  /** Leads that were erased after the backup was made, and were erased again. */
  erased_again: number;
};

/** What is wanted besides. */
type Wanted = {
  tell: (table: string, rows: number) => Promise<void>;
  /** Hashes of whom to forget again, as "leadpact export erasures" wrote them. */
  erasures?: ReadonlySet<string>;
  now?: number;
};

const AT_ONCE = 1_000;

/**
 * Makes the database where there is none, and fills it.
 * @throws InputError when the file is no backup, is damaged, or is newer than this Leadpact
 * @throws OutsideError when the database is not empty, or cannot be reached
 */
export async function restoreBackup(
  config: Config,
  log: Log,
  path: string,
  { tell, erasures = new Set(), now = Date.now() }: Wanted,
): Promise<RestoreReport> {
  const { manifest, end } = await examine(path);
  const sessions = await keepSecret(config, manifest.secret);
  const secret = await readSecret(config);
  const running = await startDatabase({ config, secret, log, connections: 1, wait: 5_000 });
  try {
    const { session } = await openOwner(running.owner());
    const workspaces = await fillAll(session, path, tell).finally(() => session.end());
    const { tables, rows } = end;
    // Before anybody can ask for anything.
    const erased_again = erasures.size === 0 ? 0 : await eraseAgain(running.database, erasures, now);
    return { file: path, made_at: manifest.made_at, tables, rows, workspaces, sessions, erased_again };
  } finally {
    await running.stop();
  }
}

/** All of it or nothing. @returns how many workspaces there are */
async function fillAll(
  owner: pg.Client,
  path: string,
  tell: (table: string, rows: number) => Promise<void>,
): Promise<number> {
  const tables = await readTables(owner);
  return inTransaction(owner, 'READ COMMITTED', () =>
    unwatched(owner, tables, async () => {
      await refuseFull(owner, tables);
      await fill(owner, new Map(tables.map((table) => [table.name, table])), path, tell);
      await verify(owner);
      const { rows } = await owner.query<{ count: string }>('SELECT count(*) FROM workspaces');
      return Number(rows[0]!.count);
    }),
  );
}

type Line = Manifest | { table: string; columns: string[] } | { rows: number } | FileEnds | string;

async function* linesOf(path: string): AsyncGenerator<[line: Line, text: string]> {
  const file = createReadStream(path);
  const unpacked = file.pipe(createGunzip());
  file.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const text of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })) {
      yield [JSON.parse(text) as Line, text];
    }
  } catch (error) {
    throw new InputError(
      `${path} cannot be read as a backup: ${messageOf(error)}. Take another copy of it, or an older backup.`,
      { cause: error },
    );
  } finally {
    file.destroy();
  }
}

/** Reads the file to its end before anything is written. */
async function examine(path: string): Promise<{ manifest: Manifest; end: FileEnds }> {
  const digest = createHash('sha256');
  let manifest: Manifest | null = null;
  let end: FileEnds | null = null;
  for await (const [line, text] of linesOf(path)) {
    if (manifest === null) manifest = fitting(path, line);
    if (typeof line === 'object' && 'sha256' in line) end = line;
    else digest.update(`${text}\n`);
  }
  if (manifest === null)
    throw new InputError(`${path} is empty. Wanted a file that "leadpact backup" wrote.`);
  if (end === null) {
    throw new InputError(
      `${path} ends before its time: it was cut off. Take another copy of it, or an older backup.`,
    );
  }
  if (end.sha256 !== digest.digest('hex')) {
    throw new InputError(
      `${path} is damaged: its content is not what was written. Take another copy of it, or an older backup.`,
    );
  }
  return { manifest, end };
}

function fitting(path: string, line: Line): Manifest {
  if (typeof line !== 'object' || !('format' in line) || line.format !== FORMAT) {
    throw new InputError(`${path} is no backup of Leadpact. Wanted a file that "leadpact backup" wrote.`);
  }
  const ours = readMigrations();
  const isNewer = line.version > FORMAT_VERSION || line.schema.length > ours.length;
  if (isNewer) {
    throw new InputError(
      `${path} was written by a newer Leadpact (${line.schema.length} steps of the schema, this one knows ${ours.length}). Restore it with that version or a newer one.`,
    );
  }
  const differs = line.schema.some(({ number, checksum }, i) => {
    const own = ours[i]!;
    return own.number !== number || own.checksum !== checksum;
  });
  if (differs || line.schema.length < ours.length) {
    throw new InputError(
      `${path} was written with another schema (${line.schema.length} steps, this one has ${ours.length}). Restore it with the Leadpact that wrote it, then start this one: it brings the database up to date.`,
    );
  }
  return line;
}

async function refuseFull(owner: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    const { rowCount } = await owner.query(`SELECT FROM ${name} LIMIT 1`);
    if (rowCount !== 0) {
      throw new OutsideError(
        `The database is not empty (${name} has rows), and a backup is never mixed with what is there. Restore into a new data directory with --data, or a new database with DATABASE_URL.`,
      );
    }
  }
}

async function fill(
  owner: pg.Client,
  tables: ReadonlyMap<string, Table>,
  path: string,
  tell: (table: string, rows: number) => Promise<void>,
): Promise<void> {
  let table: Table | null = null;
  let waiting: string[] = [];
  let rows = 0;
  let all = 0;
  const write = async (): Promise<void> => {
    if (table !== null && waiting.length > 0) await insert(owner, table, waiting);
    waiting = [];
  };
  for await (const [line] of linesOf(path)) {
    if (typeof line === 'string') {
      waiting.push(line);
      rows++;
      if (waiting.length >= AT_ONCE) {
        await write();
        await tell(table!.name, all + rows);
      }
    } else if ('table' in line) {
      table = tables.get(line.table) ?? null;
      if (table === null || table.columns.join() !== line.columns.join())
        throw new InputError(`${path} holds a table ${line.table} that is not as it is here.`);
      rows = 0;
    } else if ('rows' in line && !('sha256' in line)) {
      await write();
      if (rows !== line.rows)
        throw new InputError(`${path} holds ${rows} rows of ${table?.name}, and says ${line.rows}.`);
      all += rows;
    }
  }
}

/** Rows as PostgreSQL wrote them, read by PostgreSQL: as a row of the table, then by its columns. */
async function insert(owner: pg.Client, { name, columns }: Table, lines: string[]): Promise<void> {
  const types = await typesOf(owner, name, columns);
  const fields = columns.map((column, i) => `${column} ${types[i]}`).join(', ');
  const kind = await rowType(owner, name, fields);
  const chosen = columns.map((column) => `(x).${column}`).join(', ');
  await owner.query(
    `INSERT INTO ${name} (${columns.join(', ')}) SELECT ${chosen} FROM (SELECT unnest($1::text[])::${kind} AS x) AS g`,
    [lines],
  );
}

const known = new WeakMap<pg.Client, Map<string, string>>();

/** A type of rows with the written columns alone, for as long as the session lasts. */
async function rowType(owner: pg.Client, name: string, fields: string): Promise<string> {
  const types = known.get(owner) ?? new Map<string, string>();
  known.set(owner, types);
  const made = types.get(name) ?? `pg_temp.restored_${types.size}`;
  if (!types.has(name)) await owner.query(`CREATE TYPE ${made} AS (${fields})`);
  types.set(name, made);
  return made;
}

async function typesOf(owner: pg.Client, name: string, columns: readonly string[]): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; type: string }>(
    `SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [name],
  );
  const types = new Map(rows.map((row) => [row.name.replaceAll('"', ''), row.type]));
  return columns.map((column) => types.get(column.replaceAll('"', ''))!);
}

/** Every journal is worked out again: what was changed in the file, or on its way, shows. */
async function verify(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ id: string; seq: string; fault: string }>(
    `SELECT w.workspace_id AS id, f.seq, f.fault FROM workspaces w, system.verify_journal(w.workspace_id) f LIMIT 1`,
  );
  const [broken] = rows;
  if (broken === undefined) return;
  throw new InputError(
    `The journal of workspace ${broken.id} does not hold at entry ${broken.seq}: ${broken.fault}. Nothing was restored; take an older backup.`,
  );
}

/** The secret comes along where the data directory has none yet. */
async function keepSecret(
  { secret, dataDirectory }: Config,
  given: string | null,
): Promise<RestoreReport['sessions']> {
  if (secret !== null) return given === null || given === secret ? 'kept' : 'ended';
  if (given === null) return 'ended';
  const path = join(dataDirectory, 'secret');
  if (existsSync(path)) return (await readFile(path, 'utf8')).trim() === given ? 'kept' : 'ended';
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(path, `${given}\n`, { mode: 0o600, flag: 'wx' });
  return 'kept';
}
