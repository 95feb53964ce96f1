/** What answers and works once there is a database. The larger part of what Leadpact is made of hangs on this file. */
import { isIPv6 } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { deskOf } from '#features/backtests/desk.ts';
import { beginDemo } from '#features/demo/demo.ts';
import { endReading, readBeside } from '#features/pacts/reading/reading.ts';
import { isUnclaimed } from '#features/people/joining.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config/config.ts';
import type { RunningDatabase } from '#platform/db/start.ts';
import { messageOf, OutsideError, systemCode } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { noPostman, type Postman } from '#platform/mail/postman.ts';
import { openOutbound } from '#platform/outbound/outbound.ts';
import { stopwatch } from '#platform/stopwatch.ts';
import { createApp } from '#server/app.ts';
import { type Background, startBackground } from '#server/background.ts';
import { readinessChecks } from '#server/checks.ts';
import { type FirstStart, makeFirstWorkspace } from '#server/first-start.ts';
import { openHouse } from '#server/house.ts';
import { firstLink } from '#server/keys.ts';
import { openWaking } from '#server/waking.ts';

/** A Leadpact that answers. */
export type RunningServer = {
  /** Where it answers, for this machine. */
  address: string;
  /** What was made because there was nothing yet; null at every later start. */
  firstStart: FirstStart | null;
  /** Where the first member comes in, with the token that lets them; null once somebody can sign in. */
  setup: string | null;
  /** Answers what was asked, takes no more, and ends the database it started. At the latest after 25 seconds. */
  stop: () => Promise<void>;
};

/** What is wanted besides. */
export type Wanted = {
  /** The demo company, built in the background. */
  demo: boolean;
  /** The module that threads are started with, for replays; without one they take turns with everything else. */
  entry?: URL | null;
};

/** With what follows it, within the half minute that those who stop us leave before they kill. */
const DRAIN = 20_000;

export type Served = {
  config: Config;
  secret: string;
  running: RunningDatabase;
  log: Log;
  clock: Clock;
};

/** Opens the doors of a house whose database stands. The caller ends the database when this fails. */
export async function serve(served: Served, wanted: Wanted): Promise<RunningServer> {
  const { config, secret, running, log, clock } = served;
  const lap = stopwatch(log);
  const { database } = running;
  deskOf(database, wanted.entry ?? null);
  readBeside(wanted.entry ?? null);
  const firstStart = config.role === 'worker' ? null : await makeFirstWorkspace(database, clock());
  const isWaiting = config.role !== 'worker' && (await isUnclaimed({ database }));
  lap('looking for workspaces');
  // The last that can fail: nothing may go on working when the caller ends the database.
  const answering = await open(served, wanted.entry ?? null);
  lap('web server, its routes and the background');
  const { publicUrl } = config;
  if (wanted.demo) beginDemo(openHouse({ database, clock, secret, publicUrl, mailed: false }));
  return { firstStart, setup: isWaiting ? firstLink(secret, publicUrl) : null, ...answering };
}

async function open(
  { config, secret, running, log, clock }: Served,
  entry: URL | null,
): Promise<Pick<RunningServer, 'address' | 'stop'>> {
  let draining = false;
  let background: Background | null = null;
  const { publicUrl, smtpUrl } = config;
  const tellWorkers = openWaking(running.database, log);
  const outbound = openOutbound({ log: log.child({ part: 'outbound' }), allow: config.allowedHosts });
  const lent = { database: running.database, clock, publicUrl, secret, mailed: smtpUrl !== null };
  const app = await createApp({
    ...lent,
    log,
    outbound,
    stored: () => (background === null ? tellWorkers() : background.nudge()),
    isOpen: config.role !== 'worker',
    isShort: () => running.space()?.short ?? false,
    checks: [
      { name: 'draining', look: async () => (draining ? 'it is being stopped' : null) },
      ...readinessChecks(running, config.role),
    ],
  });
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    throw unheard(config, error);
  }
  const postman = await postmanOf(config);
  if (config.role !== 'api')
    background = startBackground({ house: { ...openHouse(lent), publicUrl }, outbound, postman, log, entry });
  const { port } = app.server.address() as { port: number };
  return {
    address: `http://${nameOf(config.host)}:${port}`,
    stop: async () => {
      draining = true;
      const late = setTimeout(() => app.server.closeAllConnections(), DRAIN);
      // What is being sent may wait for somebody outside; what we leave in the middle, its lease gives to another.
      const sent = Promise.race([background?.stop(), pause(DRAIN, undefined, { ref: false })]);
      await app.close();
      clearTimeout(late);
      await sent;
      await deskOf(running.database).close();
      await endReading();
      await outbound.close();
      await running.stop();
    },
  };
}

/** What speaks SMTP is loaded where there is a mail server. */
async function postmanOf({ smtpUrl, publicUrl }: Config): Promise<Postman> {
  if (smtpUrl === null) return noPostman;
  const { openSmtp } = await import('#platform/mail/smtp.ts');
  return openSmtp(smtpUrl, publicUrl);
}

/** An address of every interface cannot be typed into a browser. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

function unheard({ host, port }: Config, error: unknown): OutsideError {
  const advice =
    systemCode(error) === 'EADDRINUSE'
      ? 'Something else answers there already: stop it, or choose another port with --port or PORT.'
      : 'Choose another with PORT and HOST.';
  return new OutsideError(`Leadpact cannot listen on ${host}:${port}: ${messageOf(error)}. ${advice}`, {
    cause: error,
  });
}
