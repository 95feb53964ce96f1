// A process that keeps an embedded server, to be killed: node tests/faults/postgres-owner.ts DIRECTORY
import { startEmbedded } from '#platform/db/embedded/embedded.ts';
import { openLog } from '#platform/log.ts';

const server = await startEmbedded({
  dataDirectory: process.argv[2] ?? '',
  log: openLog('warn'),
  settings: JSON.parse(process.argv[3] ?? '{}'),
  reserve: 0,
});
process.stdout.write(`${JSON.stringify({ pid: server.pid, logins: server.logins() })}\n`);
setInterval(() => undefined, 1_000);
