import type { Config } from '#platform/config/config.ts';
import { readMigrations } from '#platform/db/migrate.ts';
import type { RunningDatabase } from '#platform/db/start.ts';
import type { Check } from '#platform/http/health.ts';

/** Effects older than this are stuck, not slow: those that fail are put off, and not due. Milliseconds. */
const STUCK = 15 * 60_000;

/** Without what a process can do nothing useful. */
export function readinessChecks(running: RunningDatabase, role: Config['role']): Check[] {
  const known = readMigrations().length;
  return [
    { name: 'database', look: () => databaseFault(running, known) },
    { name: 'disk', look: async () => diskFault(running) },
    ...(role === 'api' ? [] : [{ name: 'outbox', look: () => outboxFault(running) }]),
  ];
}

async function databaseFault({ database }: RunningDatabase, known: number): Promise<string | null> {
  const rows = await database.acrossWorkspaces(
    (_, query) => query<{ applied: number }>('SELECT count(*) AS applied FROM system.migrations'),
    { statementTimeout: 2_000 },
  );
  const { applied } = rows[0]!;
  return applied >= known ? null : `${applied} of ${known} migrations are applied: run "leadpact migrate"`;
}

function diskFault({ space }: RunningDatabase): string | null {
  const room = space();
  if (room === null || !room.short) return null;
  const mib = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MiB`;
  return `${mib(room.free)} are free on the disk of the data directory, ${mib(room.reserve)} are kept in reserve: make room`;
}

async function outboxFault({ database }: RunningDatabase): Promise<string | null> {
  const rows = await database.acrossWorkspaces(
    (_, query) =>
      query<{ oldest: Date | null }>(
        'SELECT min(due_at) AS oldest FROM outbox WHERE done_at IS NULL AND failed_at IS NULL',
      ),
    { statementTimeout: 2_000 },
  );
  const { oldest } = rows[0]!;
  const late = oldest === null ? 0 : Date.now() - oldest.getTime();
  return late < STUCK ? null : `the oldest effect has been due for ${Math.round(late / 60_000)} minutes`;
}
