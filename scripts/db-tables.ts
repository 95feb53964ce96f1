// Writes src/platform/db/tables.ts from a database that was migrated just now. A test says when it is due.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '#platform/db/embedded/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { settleApp } from '#platform/db/roles.ts';
import { openLog } from '#platform/log.ts';
import { describeTables } from '#tests/support/db-tables.ts';

const target = 'src/platform/db/tables.ts';
const directory = mkdtempSync(join(tmpdir(), 'leadpact-tables-'));
const log = openLog('warn');
const server = await startEmbedded({ dataDirectory: directory, log, settings: { fsync: 'off' } });
try {
  const { owner, app } = server.logins();
  const session = await connectOnce(owner, 'tables');
  await settleApp(session, owner, app, log);
  await migrate(session, app.user, log);
  writeFileSync(target, await describeTables(session));
  await session.end();
} finally {
  await server.stop();
  rmSync(directory, { recursive: true });
}
spawnSync('biome', ['format', '--write', target], { stdio: 'inherit' });
