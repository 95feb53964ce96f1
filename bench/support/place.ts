/**
 * A database for a measurement: in a directory of its own, on this machine's loopback alone, ended and deleted when the
 * measurement is over, however it ends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { readConfig } from '#platform/config/config.ts';
import { startEmbedded } from '#platform/db/embedded/embedded.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { type RunningDatabase, startDatabase } from '#platform/db/start.ts';
import { openLog } from '#platform/log.ts';

export type Place = { running: RunningDatabase; owner: pg.Client; url: string };

export async function withPlace<T>(
  work: (place: Place) => Promise<T>,
  settings: Record<string, string> = {},
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'leadpact-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const log = openLog('warn');
  try {
    const server = await startEmbedded({ dataDirectory: directory, log, settings });
    try {
      const { owner: login } = server.logins();
      const url = `postgres://${login.user}:${login.password}@${login.host}:${login.port}/${login.database}`;
      const config = readConfig({ LEADPACT_DATA: join(directory, 'app'), DATABASE_URL: url }, '/');
      const running = await startDatabase({
        config,
        secret: 'x'.repeat(40),
        log,
        connections: 20,
        wait: 5_000,
      });
      const owner = await connectOnce(login, 'bench');
      try {
        return await work({ running, owner, url });
      } finally {
        await owner.end();
        await running.stop();
      }
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
