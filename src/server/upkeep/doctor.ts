/** Looks at everything an installation needs. Nothing is changed, and nothing is started that was not running. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { type Config, listSettings } from '#platform/config/config.ts';
import { messageOf } from '#platform/errors.ts';
import { examineDatabase } from './doctor-database.ts';
import { type Finding, fail, ok, type Surroundings, warn } from './findings.ts';
import { readMoment } from './last-backup.ts';

export type { Finding, Health } from './findings.ts';

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
    ...(await examineDatabase(surroundings)),
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

function lastBackup({ config, now }: Surroundings): Finding {
  const at = readMoment(config);
  const advice = 'Write one every day, and keep it elsewhere: leadpact backup FILE';
  if (at === null) return warn('backup', 'none was written by this data directory', advice);
  const days = Math.floor((now() - at) / (24 * 60 * MINUTE));
  const found = `the last was written at ${new Date(at).toISOString()}`;
  return days < 7 ? ok('backup', found) : warn('backup', `${found}, ${days} days ago`, advice);
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
