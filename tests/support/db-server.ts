// The PostgreSQL of one test run: started by the first test file that wants a database, shared by all, gone with the
// run. Runs as a process of its own, because test files come and go in processes of theirs.
//   node tests/support/db-server.ts DIRECTORY PID-TO-OUTLIVE
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded } from '#platform/db/embedded/embedded.ts';
import { isRunning } from '#platform/db/embedded/lock.ts';
import { migrate } from '#platform/db/migrate.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { settleApp } from '#platform/db/roles.ts';
import { openLog } from '#platform/log.ts';

const [directory = '', run = ''] = process.argv.slice(2);
const log = openLog('warn');

/** Nothing here is to be kept, so nothing waits for the disk. */
const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' };

const server = await startEmbedded({ dataDirectory: directory, log, settings, reserve: 0 }).catch((error) => {
  writeFileSync(join(directory, 'failed'), String(error)); // nobody need wait for it any longer
  throw error;
});
try {
  const { owner, app } = server.logins();
  const session = await connectOnce(owner, 'template');
  await settleApp(session, owner, app, log);
  await migrate(session, app.user, log);
  await session.end();
  writeFileSync(join(directory, 'ready.new'), JSON.stringify(server.logins()));
  renameSync(join(directory, 'ready.new'), join(directory, 'ready.json'));
  while (isRunning(Number(run))) await pause(200);
} finally {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}
