/** A thread for packing where much waits: it reads and packs by itself, and whoever else is served does not wait for it. */
import { type MessagePort, Worker } from 'node:worker_threads';
import type { Instant } from '#engine/facts/facts.ts';
import { Database, type DatabaseAddress } from '#platform/db/database.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { openLog } from '#platform/log.ts';
import { type Packer, packWhole } from '../history/packing.ts';

/** What the thread is started with. It ends when the work is done. */
export type PackingJob = { packing: { address: DatabaseAddress; workspace: string; now: Instant } };

type Told = { error: string | null };

/** One for the round's transaction, one for what is asked before it. */
const CONNECTIONS = 2;

/** @param entry the module that threads are started with */
export const packBeside =
  (entry: URL, database: Database): Packer =>
  (workspace, now) => {
    const address = database.address(CONNECTIONS);
    if (address === null) return packWhole(database, workspace, now);
    return new Promise((resolve, reject) => {
      const packing = { address, workspace, now };
      const worker = new Worker(entry, { workerData: { packing } satisfies PackingJob });
      let told: Told = { error: 'it ended before its work was done' };
      worker.on('message', (word: Told) => {
        told = word;
      });
      worker.on('error', (error) => {
        told = { error: messageOf(error) };
      });
      worker.on('exit', () => {
        if (told.error === null) resolve();
        else reject(new OutsideError(`a thread failed to pack a history: ${told.error}`));
      });
    });
  };

/** What the thread does. What goes wrong on the way to the database is told by whoever asked. */
export async function servePacking(
  port: MessagePort,
  { packing: { address, workspace, now } }: PackingJob,
): Promise<void> {
  const { logins } = address;
  const database = new Database({ ...address, logins: () => logins, log: openLog('silent') });
  const told: Told = { error: null };
  try {
    await packWhole(database, workspace, now);
  } catch (error) {
    told.error = messageOf(error);
  } finally {
    await database.close();
  }
  port.postMessage(told);
  port.close();
}
