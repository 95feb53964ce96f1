/** Looks at everything an installation needs. Nothing is changed, and nothing is started that was not running. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type pg from 'pg';
import { type Config, listSettings } from '#platform/config/config.ts';
import { findEmbedded } from '#platform/db/embedded/embedded.ts';
import { type Login, readLogins } from '#platform/db/login.ts';
import { statusOf } from '#platform/db/migrate.ts';
import { openOwner } from '#platform/db/start.ts';
import { messageOf } from '#platform/errors.ts';
import { readMoment } from './last-backup.ts';

/** `ok` all is well, `warn` it works and should not stay so, `fail` it does not work. */
export type Health = 'ok' | 'warn' | 'fail';
export type Finding = {
  check: string;
  health: Health;
  found: string;
  /** What to do; empty when all is well. */
  advice: string;
};

export type Surroundings = {
  config: Config;
  environment: Readonly<Record<string, string | undefined>>;
  version: string;
  now: () => number;
};

const ok = (check: string, found: string): Finding => ({ check, health: 'ok', found, advice: '' });
const warn = (check: string, found: string, advice: string): Finding => ({
  check,
  health: 'warn',
  found,
  advice,
});
const fail = (check: string, found: string, advice: string): Finding => ({
  check,
  health: 'fail',
  found,
  advice,
});

const GIB = 1024 ** 3;
const MINUTE = 60_000;
const PATIENCE = 3_000;

/** Everything that was looked at, in the order in which one would mend it. */
export async function examine(surroundings: Surroundings): Promise<Finding[]> {
  const { config, environment, version } = surroundings;
  return [
    ok('versions', `Leadpact ${version}, Node ${process.version}, ${process.platform}-${process.arch}`),
    ...settings(environment),
    address(config),
    ...(await dataDirectory(config)),
    await port(config),
    ...(await database(surroundings)),
    lastBackup(surroundings),
    await mail(config),
  ];
}

const settings = (environment: Surroundings['environment']): Finding[] => [
  ...listSettings(environment).map(({ name, value, from }) =>
    ok(name, `${value === '' ? 'not set' : value}${from === 'default' ? ' (default)' : ''}`),
  ),
  ...Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith('OTEL_') && value ? [ok(name, /HEADERS|CERT|KEY/.test(name) ? '…' : value)] : [],
  ),
];

/** What others type has to lead here. */
function address({ publicUrl, host }: Config): Finding {
  const { protocol, hostname } = new URL(publicUrl);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const isOpen = !['127.0.0.1', '::1', 'localhost'].includes(host);
  if (isLocal && isOpen) {
    return warn(
      'address',
      `${publicUrl}, while ${host} listens for everybody`,
      'Set LEADPACT_URL to what users type: links in mails, and browsers, go by it.',
    );
  }
  if (!isLocal && protocol === 'http:') {
    return warn(
      'address',
      `${publicUrl} is not encrypted`,
      'Put a proxy with a certificate in front, and set LEADPACT_URL to its https:// address.',
    );
  }
  return ok('address', publicUrl);
}

async function dataDirectory({ dataDirectory: path, databaseUrl, secret }: Config): Promise<Finding[]> {
  if (!existsSync(path)) {
    const needed = databaseUrl === null || secret === null;
    const found = `${path} is not there yet`;
    return [
      needed ? warn('data directory', found, 'The first start makes it.') : ok('data directory', found),
    ];
  }
  const findings: Finding[] = [];
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    findings.push(ok('data directory', path));
  } catch (error) {
    findings.push(
      fail(
        'data directory',
        messageOf(error),
        'Give it to the user who starts Leadpact, or choose another with LEADPACT_DATA.',
      ),
    );
  }
  const secretFile = join(path, 'secret');
  const mode = statSync(secretFile, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && (mode & 0o077) !== 0)
    findings.push(warn('secret', `others may read ${secretFile}`, `chmod 600 ${secretFile}`));
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  const room = `${(free / GIB).toFixed(1)} GiB free`;
  if (free < GIB / 4)
    findings.push(fail('disk', room, 'Make room: below the reserve nothing more is taken in.'));
  else if (free < 2 * GIB) findings.push(warn('disk', room, 'Make room before it runs out.'));
  else findings.push(ok('disk', room));
  return findings;
}

/** Free, or ours already. */
async function port({ host, port: wanted, role }: Config): Promise<Finding> {
  if (wanted === 0) return ok('port', 'any that is free');
  const taken = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(true));
    probe.listen(wanted, host, () => probe.close(() => resolve(false)));
  });
  if (!taken) return ok('port', `${wanted} is free`);
  const answer = await fetch(
    `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${wanted}/readyz`,
    {
      signal: AbortSignal.timeout(PATIENCE),
    },
  ).catch(() => null);
  const body = answer === null ? null : await answer.text().catch(() => null);
  if (body === null || !/"?(checks|status|ready)"?/.test(body))
    return fail('port', `${wanted} is taken by another program`, 'Choose another with --port or PORT.');
  return answer!.ok
    ? ok('port', `Leadpact answers on ${wanted} (${role}) and is ready`)
    : warn(
        'port',
        `Leadpact answers on ${wanted} and is not ready`,
        `Look at http://127.0.0.1:${wanted}/readyz`,
      );
}

async function database(surroundings: Surroundings): Promise<Finding[]> {
  const { config } = surroundings;
  let logins: Login[];
  try {
    if (config.databaseUrl !== null) logins = readLogins(config.databaseUrl);
    else {
      const found = findEmbedded(config.dataDirectory);
      if (found === null) return [asleep(config)];
      logins = [found.owner];
    }
    const { session } = await openOwner(logins);
    return await insideOf(session, surroundings).finally(() => session.end());
  } catch (error) {
    return [fail('database', messageOf(error), 'Nothing works without it: start it, or mend DATABASE_URL.')];
  }
}

function asleep({ dataDirectory }: Config): Finding {
  const isMade = existsSync(join(dataDirectory, 'postgres', 'data', 'PG_VERSION'));
  return isMade
    ? warn(
        'database',
        'the embedded PostgreSQL is not running',
        'Start Leadpact, then ask again: more is seen then.',
      )
    : warn('database', 'there is none yet', 'leadpact start makes it.');
}

async function insideOf(session: pg.Client, { now }: Surroundings): Promise<Finding[]> {
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

function lastBackup({ config, now }: Surroundings): Finding {
  const at = readMoment(config);
  const advice = 'Write one every day, and keep it elsewhere: leadpact backup FILE';
  if (at === null) return warn('backup', 'none was written by this data directory', advice);
  const days = Math.floor((now() - at) / (24 * 60 * MINUTE));
  const found = `the last was written at ${new Date(at).toISOString()}`;
  return days < 7 ? ok('backup', found) : warn('backup', `${found}, ${days} days ago`, advice);
}

/** A queue, and from what age on it is a cause for worry. */
type Queue = { check: string; sql: string; sentence: (n: number) => string; late: number; advice: string };

const queues: readonly Queue[] = [
  {
    check: 'stuck leads',
    sql: 'SELECT count(*)::int AS n, min(first_at) AS oldest FROM stuck_leads WHERE retry_at IS NULL',
    sentence: (n) => `${n} cannot be judged`,
    late: 0,
    advice:
      'Their errors are in stuck_leads and in the log; a new version of the pact lets them be tried again.',
  },
  {
    check: 'quarantine',
    sql: 'SELECT count(*)::int AS n, min(received_at) AS oldest FROM quarantine WHERE replayed_at IS NULL AND dismissed_at IS NULL',
    sentence: (n) => `${n} events wait to be looked at`,
    late: 0,
    advice: 'Look at them under Sources: take them in after all, or give them up.',
  },
  {
    check: 'folding',
    sql: `SELECT count(*)::int AS n, min(to_timestamp(('x' || left(replace(mark::text, '-', ''), 12))::bit(48)::bigint / 1000.0)) AS oldest FROM dirty_leads`,
    sentence: (n) => `${n} marks wait for the worker`,
    late: MINUTE,
    advice: 'Is a worker running (LEADPACT_ROLE all or worker)? Its log says what holds it up.',
  },
  {
    check: 'outbox',
    sql: 'SELECT count(*)::int AS n, min(due_at) AS oldest FROM outbox WHERE done_at IS NULL AND failed_at IS NULL AND due_at < now()',
    sentence: (n) => `${n} effects wait to be carried out`,
    late: 5 * MINUTE,
    advice: 'Is a worker running, and the mail server reachable? The log says what fails.',
  },
];

async function workOf(session: pg.Client, now: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  await session.query("SELECT set_config('app.scan', 'on', false)");
  for (const { check, sql, sentence, late, advice } of queues) {
    const { rows } = await session.query<{ n: number; oldest: Date | null }>(sql);
    const { n, oldest } = rows[0]!;
    const age = oldest === null ? 0 : now - oldest.getTime();
    if (n === 0) findings.push(ok(check, 'nothing waits'));
    else if (age <= late) findings.push(ok(check, sentence(n)));
    else findings.push(warn(check, `${sentence(n)}, since ${oldest!.toISOString()}`, advice));
  }
  return findings;
}

async function mail({ smtpUrl }: Config): Promise<Finding> {
  if (smtpUrl === null) {
    return warn(
      'mail',
      'none is sent',
      'Set SMTP_URL, and invitations, reminders and forgotten passwords go out by mail.',
    );
  }
  const { hostname, port: given, protocol } = new URL(smtpUrl);
  const place = `${hostname}:${given || (protocol === 'smtps:' ? 465 : 587)}`;
  const trouble = await new Promise<string | null>((resolve) => {
    const [host, number] = [
      hostname.replace(/^\[|\]$/g, ''),
      Number(place.slice(place.lastIndexOf(':') + 1)),
    ];
    const socket = connect({ host, port: number });
    const end = (said: string | null): void => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(PATIENCE, () => end('no answer'));
    socket.once('connect', () => end(null));
    socket.once('error', (error) => end(error.message));
  });
  return trouble === null
    ? ok('mail', `${place} answers`)
    : fail('mail', `${place}: ${trouble}`, 'Mend SMTP_URL, or let this machine reach it.');
}
