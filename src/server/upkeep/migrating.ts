import type { Config } from '#platform/config/config.ts';
import { readSecret } from '#platform/config/secret.ts';
import { findEmbedded } from '#platform/db/embedded/embedded.ts';
import { migrate, type StepStatus, statusOf } from '#platform/db/migrate.ts';
import { startDatabase } from '#platform/db/start.ts';
import type { Log } from '#platform/log.ts';
import { asOwner } from './session.ts';

/** How far the database's schema is; an embedded one is made when there is none. */
export const readStatus = (config: Config, log: Log): Promise<StepStatus[]> => asOwner(config, log, statusOf);

/** Brings the schema up to date, under its lock: of several who try at once one does it. */
export async function bringUpToDate(config: Config, log: Log): Promise<StepStatus[]> {
  const found = config.databaseUrl === null ? findEmbedded(config.dataDirectory) : null;
  if (found !== null) {
    return asOwner(config, log, async (owner) => {
      await migrate(owner, found.app.user, log);
      return statusOf(owner);
    });
  }
  const secret = await readSecret(config);
  const running = await startDatabase({ config, secret, log, connections: 1, wait: 10_000 });
  await running.stop();
  return readStatus(config, log);
}
