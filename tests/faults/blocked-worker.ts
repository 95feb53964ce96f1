// A worker in a process of its own that stands still in the middle of its work, so that nothing of it moves, until a
// file is there; then it finishes what it had begun.
//   node tests/faults/blocked-worker.ts folds|carries LOGIN-AS-JSON FILE
import { existsSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Handlers, tellers } from '#features/verdicts/handlers.ts';
import { Database } from '#platform/db/database.ts';
import type { Login } from '#platform/db/login.ts';
import { openLog } from '#platform/log.ts';
import { outboxQueue } from '#platform/outbox/outbox.ts';
import { startPump } from '#platform/outbox/pump.ts';
import { startWorker } from '#server/worker.ts';

const [work = '', login = '', file = ''] = process.argv.slice(2);
const log = openLog('silent');
const logins = () => [JSON.parse(login) as Login];
const database = new Database({ logins, max: 2, wait: 5_000, name: 'blocked', log, citus: false });

let isAwake = false;
/** Holds the whole process up, timers and sockets and all, the first time. */
function standStill(): void {
  if (isAwake) return;
  writeSync(1, 'standing still\n');
  const cell = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(file)) Atomics.wait(cell, 0, 0, 20);
  isAwake = true;
}

const handlers: Handlers = {
  ...tellers,
  moved: async (work, told) => {
    await work.query("SET LOCAL idle_in_transaction_session_timeout = '100ms'"); // half a minute, in earnest
    standStill();
    await tellers.moved(work, told);
  },
};

const starts: Record<string, () => { stop: () => Promise<void> }> = {
  folds: () => startWorker({ database, log, handlers, lanes: 1 }),
  carries: () => {
    const alone = async () => {
      standStill();
      return { kind: 'failed', error: 'said too late' } as const;
    };
    return startPump(outboxQueue({}, { alone }), { database, log, lease: 100 });
  },
};
const worker = starts[work]!();
while (!isAwake) await pause(10);
await worker.stop();
await database.close();
