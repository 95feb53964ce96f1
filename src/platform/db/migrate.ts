import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { messageOf, OutsideError, systemCode } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

/** One step of the schema: a file of plain SQL, applied once, whole or not at all, and never changed afterwards. */
export type Migration = { number: number; name: string; sql: string; checksum: string };

type Applied = { number: number; name: string; checksum: string };

/** Any number, the same in every Leadpact: who migrates holds the lock of this number. */
const MIGRATION_LOCK = 4_611_734;
const WAIT_FOR_OTHERS = '120s';
/** A table in use is not to be queued for longer than this: those behind us would wait as well. */
const WAIT_FOR_TABLES = '5s';
const TRIES = 6;

const directory = new URL('./migrations/', import.meta.url);

/** The migrations this Leadpact knows, in order. */
export function readMigrations(): Migration[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(file, directory), 'utf8').replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { number: Number.parseInt(file, 10), name: file.replace(/\.sql$/, ''), sql, checksum };
    });
}

/**
 * Brings a database up to date. Several may try at once: one does it, the others wait and find it done. Killed half
 * way, the next one goes on from the last whole step.
 * @param owner a session of the role that owns the tables.
 * @param appRole the role the application connects as; it must exist.
 * @returns the names of what was applied.
 * @throws OutsideError when the database is newer than this Leadpact, or a step fails.
 */
export async function migrate(
  owner: pg.ClientBase,
  appRole: string,
  log: Log,
  migrations: Migration[] = readMigrations(),
): Promise<string[]> {
  const known = await appliedOrNone(owner);
  refuseUnfit(known, migrations);
  if (known.length === migrations.length) return [];
  await locked(owner, async () => {
    await owner.query('CREATE SCHEMA IF NOT EXISTS system');
    await owner.query(`CREATE TABLE IF NOT EXISTS system.migrations (
      number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
      applied_at timestamptz(3) NOT NULL DEFAULT clock_timestamp())`);
    await owner.query(`GRANT SELECT ON system.migrations TO ${quoted(appRole)}`);
  });
  const applied: string[] = [];
  for (const migration of migrations) {
    if (await applyOne(owner, appRole, migration, migrations)) {
      applied.push(migration.name);
      log.info(`The schema took its step ${migration.name}`);
    }
  }
  refuseUnfit(await readApplied(owner), migrations);
  return applied;
}

/**
 * Whether a database fits this Leadpact.
 * @throws OutsideError that says which of the two is behind, and what to do.
 */
export async function checkSchema(session: pg.ClientBase): Promise<void> {
  const applied = await appliedOrNone(session);
  const migrations = readMigrations();
  refuseUnfit(applied, migrations);
  const missing = migrations.slice(applied.length);
  if (missing.length > 0) {
    throw new OutsideError(
      `The database is older than this Leadpact: ${missing.length} of its ${migrations.length} steps are not yet applied, from ${missing[0]!.name} on. Run "leadpact migrate".`,
    );
  }
}

/** A step of the schema, and whether a database has taken it. */
export type StepStatus = { number: number; name: string; applied_at: string | null };

/** Every step this Leadpact knows, and those a newer one has taken. */
export async function statusOf(session: pg.ClientBase): Promise<StepStatus[]> {
  const { rows } = await session.query("SELECT to_regclass('system.migrations') IS NOT NULL AS any");
  const taken = (rows[0] as { any: boolean }).any
    ? (await session.query('SELECT number, name, applied_at FROM system.migrations ORDER BY number')).rows
    : [];
  const applied = new Map(
    (taken as { number: number; name: string; applied_at: Date }[]).map((row) => [row.number, row]),
  );
  const known = readMigrations().map(({ number, name }) => ({ number, name }));
  const newer = [...applied.values()].filter(({ number }) => !known.some((one) => one.number === number));
  return [...known, ...newer].map(({ number, name }) => ({
    number,
    name,
    applied_at: applied.get(number)?.applied_at.toISOString() ?? null,
  }));
}

async function applyOne(
  owner: pg.ClientBase,
  appRole: string,
  migration: Migration,
  known: Migration[],
): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      return await locked(owner, async () => {
        const applied = await readApplied(owner);
        refuseUnfit(applied, known);
        if (applied.some(({ number }) => number === migration.number)) return false;
        await owner.query(`SET LOCAL lock_timeout = '${WAIT_FOR_TABLES}'`);
        // The log is written in order: the last step, on the disk, has brought those before it there.
        if (migration !== known.at(-1)) await owner.query('SET LOCAL synchronous_commit = off');
        await owner.query("SELECT set_config('leadpact.app_role', $1, true)", [appRole]);
        await owner.query(migration.sql);
        await owner.query('INSERT INTO system.migrations (number, name, checksum) VALUES ($1, $2, $3)', [
          migration.number,
          migration.name,
          migration.checksum,
        ]);
        return true;
      });
    } catch (error) {
      if (error instanceof OutsideError) throw error;
      if (systemCode(error) !== '55P03' || tries === TRIES) throw failed(migration, error);
      await pause(1_000); // a table was in use for longer than we wait: let those behind us pass
    }
  }
}

/** Runs one step alone: the lock goes with the transaction, however that ends. */
async function locked<T>(owner: pg.ClientBase, step: () => Promise<T>): Promise<T> {
  await owner.query('BEGIN');
  try {
    await owner.query(`SET LOCAL lock_timeout = '${WAIT_FOR_OTHERS}'`);
    await owner.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const result = await step();
    await owner.query('COMMIT');
    return result;
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined); // a lost session has undone it already
    throw error;
  }
}

async function appliedOrNone(session: pg.ClientBase): Promise<Applied[]> {
  const { rows } = await session.query("SELECT to_regclass('system.migrations') IS NOT NULL AS any");
  return (rows[0] as { any: boolean }).any ? readApplied(session) : [];
}

async function readApplied(session: pg.ClientBase): Promise<Applied[]> {
  const { rows } = await session.query(
    'SELECT number, name, checksum FROM system.migrations ORDER BY number',
  );
  return rows as Applied[];
}

function refuseUnfit(applied: Applied[], known: Migration[]): void {
  const newest = known.at(-1);
  for (const [index, step] of applied.entries()) {
    const ours = known[index];
    if (!ours) {
      throw new OutsideError(
        `The database was migrated by a newer Leadpact: it took the step ${applied.at(-1)!.name}, and this one knows none after ${newest?.name}. Start that version or a newer one.`,
      );
    }
    if (ours.number !== step.number || ours.checksum !== step.checksum) {
      throw new OutsideError(
        `The step ${ours.name} is not the one that was applied to this database (${step.name}, checksum ${step.checksum.slice(0, 12)}…, here ${ours.checksum.slice(0, 12)}…). Start the Leadpact this database was made with, or a release after it.`,
      );
    }
  }
}

function failed(migration: Migration, error: unknown): OutsideError {
  const advice =
    systemCode(error) === '42501'
      ? 'The user of DATABASE_URL must be allowed to create tables: make it the owner of the database.'
      : 'Nothing of this step was kept. Mend the cause, then start again.';
  return new OutsideError(`The step ${migration.name} of the schema failed: ${messageOf(error)}. ${advice}`, {
    cause: error,
  });
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
