import { type Clock, systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config/config.ts';
import { readSecret } from '#platform/config/secret.ts';
import { startDatabase } from '#platform/db/start.ts';
import type { Log } from '#platform/log.ts';
import { stopwatch } from '#platform/stopwatch.ts';
import type { RunningServer, Wanted } from '#server/serving.ts';

export type { RunningServer } from '#server/serving.ts';

const CONNECTIONS = 20;
const WAIT_FOR_CONNECTION = 2_000;

/**
 * Everything between a configuration and a server that answers.
 * @throws OutsideError or InputError that says what is in the way and what to do
 */
export async function startServer(
  config: Config,
  log: Log,
  wanted: Wanted = { demo: false },
  clock: Clock = systemClock,
): Promise<RunningServer> {
  const lap = stopwatch(log);
  const secret = await readSecret(config);
  // Loading it holds everything else up for a good part of a second, which PostgreSQL can use to start. Not while
  // somebody waits for an answer of it: on a busy machine they would take it for lost.
  const load = () => import('#server/serving.ts');
  const running = await startDatabase({
    config,
    secret,
    log,
    connections: CONNECTIONS,
    wait: WAIT_FOR_CONNECTION,
    meanwhile: load,
  });
  lap('database');
  try {
    const { serve } = await load();
    lap('loading what stands on it, as far as that was left');
    return await serve({ config, secret, running, log, clock }, wanted);
  } catch (error) {
    await running.stop();
    throw error;
  }
}
