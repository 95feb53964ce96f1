/** A database for a command that works beside a running Leadpact, or without one. */
import type { Config } from '#platform/config/config.ts';
import { readSecret } from '#platform/config/secret.ts';
import { Database } from '#platform/db/database.ts';
import { findEmbedded } from '#platform/db/embedded/embedded.ts';
import { startDatabase } from '#platform/db/start.ts';
import type { Log } from '#platform/log.ts';

const CONNECTIONS = 2;
const WAIT = 5_000;

/** @throws OutsideError or InputError that says what is in the way and what to do. */
export async function withDatabase<T>(
  config: Config,
  log: Log,
  work: (database: Database, secret: string) => Promise<T>,
): Promise<T> {
  const secret = await readSecret(config);
  const found = config.databaseUrl === null ? findEmbedded(config.dataDirectory) : null;
  if (found) {
    const logins = () => [found.app];
    const database = new Database({
      logins,
      max: CONNECTIONS,
      wait: WAIT,
      name: 'leadpact',
      log,
      citus: false,
    });
    return work(database, secret).finally(() => database.close());
  }
  const running = await startDatabase({ config, secret, log, connections: CONNECTIONS, wait: WAIT });
  return work(running.database, secret).finally(() => running.stop());
}
