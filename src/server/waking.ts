/**
 * Wakes those who fold leads in other processes. Nothing depends on it: a worker that hears nothing looks by itself, a
 * little later.
 */
import type { Database } from '#platform/db/database.ts';
import { messageOf } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

/** What is told: no workspace's, and no event. `Feed` passes over it. */
const NOTICE = JSON.stringify({ work: true });

/**
 * Tells other processes that something was stored, after its commit and by a transaction of its own: commits wait for
 * nobody to be told. What is said while one is being told is said once, after it.
 */
export function openWaking(database: Pick<Database, 'atTheDoor'>, log: Log): () => void {
  let state: 'silent' | 'telling' | 'telling, and again' = 'silent';
  const tell = async (): Promise<void> => {
    do {
      state = 'telling';
      await database
        .atTheDoor((_, query) => query("SELECT pg_notify('leadpact', $1)", [NOTICE]))
        .catch((error) => log.debug(`Workers were not told that there is work: ${messageOf(error)}`));
    } while (again());
    state = 'silent';
  };
  const again = (): boolean => state === 'telling, and again';
  return () => {
    if (state === 'silent') void tell();
    else state = 'telling, and again';
  };
}

/**
 * Wakes a worker whenever anything happens in any process: events were stored, or somebody did something.
 * @returns what ends it
 */
export function wakeOnNotices(database: Pick<Database, 'listen'>, wake: () => void, log: Log): () => void {
  const listening = database.listen(wake);
  listening.catch((error) => log.warn(`A worker hears nothing of others: ${messageOf(error)}`));
  return () => void listening.then((end) => end());
}
