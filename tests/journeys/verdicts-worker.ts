// A worker in a process of its own, for tests that kill it.
//   node tests/journeys/verdicts-worker.ts LOGIN-AS-JSON
import { tellers } from '#features/verdicts/handlers.ts';
import { Database } from '#platform/db/database.ts';
import type { Login } from '#platform/db/login.ts';
import { openLog } from '#platform/log.ts';
import { startWorker } from '#server/worker.ts';

const login = JSON.parse(process.argv[2] ?? '') as Login;
const log = openLog('warn');
const database = new Database({
  logins: () => [login],
  max: 4,
  wait: 5_000,
  name: 'worker',
  log,
  citus: false,
});
startWorker({ database, log, handlers: tellers, most: 20 });
