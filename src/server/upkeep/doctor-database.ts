/** The database, as a doctor sees it: from outside when it sleeps, from inside when it answers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Config } from '#platform/config/config.ts';
import { findBinaries } from '#platform/db/embedded/binaries.ts';
import { findEmbedded } from '#platform/db/embedded/embedded.ts';
import { holderOf, readLock } from '#platform/db/embedded/lock.ts';
import { type Login, readLogins } from '#platform/db/login.ts';
import { statusOf } from '#platform/db/migrate.ts';
import { doubts, openOwner } from '#platform/db/start.ts';
import { messageOf } from '#platform/errors.ts';
import { damage } from './damage.ts';
import { type Finding, fail, ok, type Surroundings, warn } from './findings.ts';
import { workOf } from './queues.ts';

export async function examineDatabase(surroundings: Surroundings): Promise<Finding[]> {
  const { config } = surroundings;
  let logins: Login[];
  try {
    if (config.databaseUrl !== null) logins = readLogins(config.databaseUrl);
    else {
      const found = findEmbedded(config.dataDirectory);
      if (found === null) return [await asleep(config)];
      logins = [found.owner];
    }
    const { session } = await openOwner(logins);
    return await insideOf(session, surroundings).finally(() => session.end());
  } catch (error) {
    return [fail('database', messageOf(error), 'Nothing works without it: start it, or mend DATABASE_URL.')];
  }
}

async function asleep({ dataDirectory }: Config): Promise<Finding> {
  const cluster = join(dataDirectory, 'postgres', 'data');
  const isMade = existsSync(join(cluster, 'PG_VERSION'));
  const lock = isMade ? readLock(cluster) : null;
  const holder = lock === null ? 'nobody' : holderOf(lock, cluster);
  if (holder === 'server')
    return fail(
      'database',
      `process ${lock!.pid} works in ${cluster} and does not answer`,
      `Look into ${join(dataDirectory, 'postgres', 'postgres.log')}. When it does not come up by itself, end it with: kill -QUIT ${lock!.pid}`,
    );
  const made = isMade ? Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8')) : null;
  const { major } = await findBinaries(null);
  if (made !== null && made !== major)
    return fail(
      'database',
      `${cluster} was made by PostgreSQL ${made}, and this Leadpact brings PostgreSQL ${major}`,
      'Start the Leadpact that made it, write a backup with "leadpact backup FILE", and restore that into a new data directory with this one.',
    );
  return isMade
    ? warn(
        'database',
        'the embedded PostgreSQL is not running',
        'Start Leadpact, then ask again: more is seen then.',
      )
    : warn('database', 'there is none yet', 'leadpact start makes it.');
}

async function insideOf(session: pg.Client, { config, now }: Surroundings): Promise<Finding[]> {
  const findings: Finding[] = [];
  const before = now();
  const { rows } = await session.query<{
    version: string;
    number: number;
    at: Date;
    size: string;
    free: number;
    most: number;
  }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
       clock_timestamp() AS at, pg_size_pretty(pg_database_size(current_database())) AS size,
       (SELECT count(*)::int FROM pg_stat_activity) AS free, current_setting('max_connections')::int AS most`,
  );
  const { version, number, at, size, free, most } = rows[0]!;
  findings.push(
    number >= 150_000
      ? ok('database', `PostgreSQL ${version}, ${size}`)
      : fail('database', `PostgreSQL ${version}`, 'Upgrade it to 15 or newer.'),
  );
  const skew = Math.abs(at.getTime() - (before + now()) / 2);
  findings.push(
    skew < 2_000
      ? ok('clocks', `the database's is ${Math.round(skew)} ms off`)
      : warn(
          'clocks',
          `the database's is ${Math.round(skew / 1_000)} s off`,
          'Let both machines follow a time server.',
        ),
  );
  for (const doubt of await doubts(session))
    findings.push(warn('durability', doubt, 'ALTER SYSTEM SET …, then SELECT pg_reload_conf().'));
  findings.push(...(await damage(session, config)));
  if (free > most * 0.8)
    findings.push(
      warn('connections', `${free} of ${most} are taken`, 'Raise max_connections, or run fewer nodes.'),
    );
  const steps = await statusOf(session);
  const pending = steps.filter(({ applied_at }) => applied_at === null).length;
  findings.push(
    pending === 0
      ? ok('schema', `${steps.length} steps, up to date`)
      : warn(
          'schema',
          `${pending} of ${steps.length} steps are to be applied`,
          'leadpact migrate, or a start, does it.',
        ),
  );
  if (pending === 0) findings.push(...(await workOf(session, now())));
  return findings;
}
