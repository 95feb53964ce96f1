import pg from 'pg';
import { DATABASE, OWNER } from '#platform/db/embedded/cluster.ts';

/** Any number, the same in every Leadpact: the lock that says whose server this is. */
const KEEPER_LOCK = 4_611_733;

/**
 * The session that makes a server ours. It holds an advisory lock, which PostgreSQL lets go when we die, so that the
 * next process knows an orphan from the server of a Leadpact that is alive.
 */
export type Keeper = { client: pg.Client; isOpen: () => boolean; leave: () => Promise<void> };

/** What a server says of itself. `mark` is the cluster's name, by which we know how it was started. */
export type Greeting = { systemIdentifier: string; mark: string };

/** Knocks at a server. @throws as `pg` does when it does not answer or does not know the password. */
export async function greet(port: number, password: string): Promise<Greeting & Keeper> {
  const client = await openSession(port, password, 'postgres');
  try {
    const { rows } = await client.query(
      "select system_identifier::text, current_setting('cluster_name') as mark from pg_control_system()",
    );
    const { system_identifier, mark } = rows[0] as { system_identifier: string; mark: string };
    let open = true;
    client.once('end', () => {
      open = false;
    });
    return {
      client,
      isOpen: () => open,
      leave: () => leave(client),
      systemIdentifier: system_identifier,
      mark,
    };
  } catch (error) {
    await leave(client);
    throw error;
  }
}

/** Whether the server is now ours; false while another Leadpact keeps it. */
export async function takeKeys(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [KEEPER_LOCK]);
  return (rows[0] as { taken: boolean }).taken;
}

/** The database that everything lives in, made at the first start. */
export async function makeDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`);
}

async function openSession(port: number, password: string, database: string): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: OWNER,
    password,
    database,
    application_name: 'leadpact keeper',
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    keepAlive: true,
  });
  client.on('error', () => undefined); // its end is noticed by whoever asks it next, and by the server's own
  await client.connect();
  return client;
}

async function leave(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined); // the server may be gone before us
}
