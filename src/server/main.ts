import { setTimeout as pause } from 'node:timers/promises';
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
/** Milliseconds in which the server is found or told to start. */
const HEAD_START = 20;

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
  const starting = startDatabase({
    config,
    secret,
    log,
    connections: CONNECTIONS,
    wait: WAIT_FOR_CONNECTION,
  });
  // Loading it holds everything else up for a good part of a second, in which PostgreSQL, once told to, starts.
  const loading = pause(HEAD_START).then(() => import('#server/serving.ts'));
  const [started, loaded] = await Promise.allSettled([starting, loading]);
  if (started.status === 'rejected') throw started.reason;
  const running = started.value;
  lap('database, and loading what stands on it');
  try {
    const { serve } = loaded.status === 'fulfilled' ? loaded.value : await loading;
    return await serve({ config, secret, running, log, clock }, wanted);
  } catch (error) {
    await running.stop();
    throw error;
  }
}
