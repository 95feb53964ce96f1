import type pg from 'pg';
import type { Config } from '#platform/config/config.ts';
import { Database } from '#platform/db/database.ts';
import { startEmbedded } from '#platform/db/embedded/embedded.ts';
import type { Space } from '#platform/db/embedded/reserve.ts';
import { type Login, nameOf, readLogins } from '#platform/db/login.ts';
import { migrate } from '#platform/db/migrate.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { appLogin, settleApp } from '#platform/db/roles.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { stopwatch } from '#platform/stopwatch.ts';

export type StartOptions = {
  config: Config;
  secret: string;
  log: Log;
  /** The most connections held at once. */
  connections: number;
  /** How long a caller waits for a connection, in milliseconds. */
  wait: number;
  /** Done while the embedded server starts, where it has to be started. */
  meanwhile?: () => Promise<unknown>;
};

/** The database a process works with, and what it stands on. */
export type RunningDatabase = {
  database: Database;
  /** The hosts of the server, as the owner of the tables: for migrations, backups and the doctor. */
  owner: () => Login[];
  /** Room on the disk of the embedded server; null for a server of the user's own. */
  space: () => Space | null;
  /** Lets the connections go, then ends the embedded server. */
  stop: () => Promise<void>;
};

const OLDEST = 15;

/**
 * Everything between nothing and a usable database: the embedded server or the one of `DATABASE_URL`, the application's
 * role, the migrations, the pool.
 * @throws OutsideError or InputError that says what is in the way and what to do.
 */
export async function startDatabase(options: StartOptions): Promise<RunningDatabase> {
  const { config, secret, log, connections, wait, meanwhile } = options;
  const { dataDirectory } = config;
  const lap = stopwatch(log);
  const embedded =
    config.databaseUrl === null
      ? await startEmbedded({ dataDirectory, log, ...(meanwhile && { meanwhile }) })
      : null;
  if (embedded) lap('PostgreSQL');
  try {
    const given = config.databaseUrl === null ? [] : readLogins(config.databaseUrl);
    const owner = embedded ? () => [embedded.logins().owner] : () => given;
    const asApp = embedded ? () => embedded.logins().app : (login: Login) => appLogin(login, secret);
    const { app, citus } = await prepare(owner(), asApp, log);
    const database = new Database({
      logins: () => owner().map((login) => ({ ...login, ...app })),
      max: connections,
      wait,
      name: `leadpact ${config.role}`,
      log,
      citus,
    });
    return {
      database,
      owner,
      space: () => embedded?.space() ?? null,
      stop: async () => {
        await database.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function prepare(
  logins: Login[],
  asApp: (owner: Login) => Login,
  log: Log,
): Promise<{ app: Pick<Login, 'user' | 'password'>; citus: boolean }> {
  const lap = stopwatch(log);
  const { session, login } = await openOwner(logins);
  lap('first connection');
  try {
    await refuseUnfit(session, login);
    for (const warning of await doubts(session)) log.warn(warning);
    const { user, password } = await settleApp(session, login, asApp(login), log);
    lap('role of the application');
    await migrate(session, user, log);
    lap('schema');
    const { rowCount } = await session.query("SELECT FROM pg_extension WHERE extname = 'citus'");
    return { app: { user, password }, citus: rowCount === 1 };
  } finally {
    await session.end();
  }
}

/** A session with the primary among the hosts, as the owner. The caller ends it. */
export async function openOwner(logins: Login[]): Promise<{ session: pg.Client; login: Login }> {
  const refusals: string[] = [];
  for (const login of logins) {
    try {
      const session = await connectOnce(login, 'leadpact owner');
      const { rows } = await session.query('SELECT pg_is_in_recovery() AS standby');
      if (!(rows[0] as { standby: boolean }).standby) return { session, login };
      refusals.push(`${nameOf(login)} is a standby`);
      await session.end();
    } catch (error) {
      refusals.push(`${nameOf(login)}: ${messageOf(error)}`);
    }
  }
  throw new OutsideError(
    `No database could be opened. ${refusals.join('; ')}. Check DATABASE_URL and that the server runs.`,
  );
}

async function refuseUnfit(session: pg.Client, login: Login): Promise<void> {
  const { rows } = await session.query(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name, current_setting('server_encoding') AS encoding",
  );
  const { version, name, encoding } = rows[0] as { version: number; name: string; encoding: string };
  if (version < OLDEST * 10_000) {
    throw new OutsideError(
      `${nameOf(login)} is PostgreSQL ${name}; ${OLDEST} or newer is wanted. Upgrade it, or leave DATABASE_URL out to use the embedded one.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new OutsideError(
      `${nameOf(login)} is encoded in ${encoding}; UTF8 is wanted. Make a database for Leadpact with: CREATE DATABASE leadpact ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
}

/** Settings under which "committed" would mean less than we promise. */
export async function doubts(session: pg.Client): Promise<string[]> {
  // The last may also be set for the application's role alone, which sees it in its own sessions only.
  const { rows } = await session.query(
    `SELECT name FROM pg_settings
     WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
     UNION SELECT 'synchronous_commit' FROM pg_db_role_setting
     WHERE 'synchronous_commit=off' = ANY (setconfig)
       AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
       AND setrole = (SELECT oid FROM pg_roles WHERE rolname = left(current_database() || '_app', 63))
     ORDER BY name`,
  );
  return (rows as { name: string }[]).map(
    ({ name }) => `The server has ${name} off: what it has confirmed can be lost when it crashes. Set it on.`,
  );
}
