import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from '#platform/db/embedded/binaries.ts';
import { type Access, systemIdentifier } from '#platform/db/embedded/cluster.ts';
import type { Home } from '#platform/db/embedded/home.ts';
import { type Greeting, greet, type Keeper, makeDatabase, takeKeys } from '#platform/db/embedded/keeper.ts';
import { holderOf, type Lock, readLock } from '#platform/db/embedded/lock.ts';
import {
  launch,
  type Postmaster,
  type Settings,
  StartError,
  shutDown,
  watch,
} from '#platform/db/embedded/postmaster.ts';
import { dropBallast } from '#platform/db/embedded/reserve.ts';
import { messageOf, OutsideError, systemCode } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

/** Everything about one data directory that does not change while we run. */
export type Site = {
  home: Home;
  binaries: Binaries;
  cluster: string;
  access: Access;
  settings: Settings;
  /** Tells a server started as we would start it from one that was started otherwise. */
  mark: string;
  log: Log;
  /** Done while the server starts. */
  meanwhile?: () => Promise<unknown>;
};

/** A server that is ours, and the session that says so. */
export type Held = { postmaster: Postmaster; keeper: Keeper; adopted: boolean };

const PATIENCE = 60_000;
/** A Leadpact that was killed has a session that PostgreSQL may take a moment to notice the end of. */
const KEYS_WITHIN = 2_000;

/**
 * Makes the server of this directory ours: adopts one that a killed Leadpact left behind, replaces one that was
 * started otherwise, starts one where there is none.
 * @param port the port to come back on; null: any free one.
 * @throws OutsideError when it cannot be, or another Leadpact that is alive keeps it.
 */
export async function takeServer(site: Site, port: number | null): Promise<Held> {
  const patience = performance.now() + PATIENCE;
  let ballast = true;
  for (;;) {
    try {
      const lock = readLock(site.cluster);
      const holder = lock ? holderOf(lock, site.cluster) : 'nobody';
      if (!lock || holder !== 'server')
        return await start(site, port, holder === 'stranger' && lock ? lock.pid : null);
      const held = await adopt(site, lock);
      if (held) return held;
    } catch (error) {
      if (!(error instanceof StartError) || error.fault === 'other' || performance.now() > patience)
        throw error;
      if (error.fault === 'port' && port !== null) throw error;
      if (error.fault === 'space') {
        if (!ballast) throw error;
        ballast = false;
        dropBallast(site.home);
      }
    }
    if (performance.now() > patience) {
      throw new OutsideError(
        `A PostgreSQL server uses ${site.cluster} and does not answer. Look into ${site.home.path}/postgres.log, or end it with: kill -QUIT ${readLock(site.cluster)?.pid}`,
      );
    }
    await pause(50);
  }
}

async function start(site: Site, port: number | null, stranger: number | null): Promise<Held> {
  const { home, binaries, cluster, settings, meanwhile } = site;
  const postmaster = await launch(home, binaries, cluster, settings, port, stranger, meanwhile);
  try {
    const keeper = await greet(postmaster.port, site.access.owner);
    if (!(await keysWithin(keeper))) throw taken(site, postmaster.pid);
    await makeDatabase(keeper.client);
    return { postmaster, keeper, adopted: false };
  } catch (error) {
    if (!(error instanceof TakenError)) await shutDown(postmaster); // else it has a new master, who stops it
    throw error;
  }
}

/** The server in the lock, when it can be ours; null when it is to be looked at again. */
async function adopt(site: Site, lock: Lock): Promise<Held | null> {
  if (!lock.ready) return null;
  const met = await greetOrNull(site, lock);
  if (!met) return null;
  if (met.systemIdentifier !== systemIdentifier(site.cluster)) {
    await met.leave();
    throw new OutsideError(
      `Process ${lock.pid} works in ${site.cluster}, but the server on port ${lock.port} is of another directory. Stop both, then start again.`,
    );
  }
  if (!(await keysWithin(met))) {
    await met.leave();
    throw taken(site, lock.pid);
  }
  const postmaster = watch(lock.pid, lock.port);
  if (met.mark === site.mark) {
    site.log.info({ pid: lock.pid, port: lock.port }, 'PostgreSQL was left running, and is ours again');
    await makeDatabase(met.client);
    return { postmaster, keeper: met, adopted: true };
  }
  site.log.info(
    { pid: lock.pid },
    'PostgreSQL was left running as it was started before, and is started anew',
  );
  await met.leave();
  await shutDown(postmaster);
  return null;
}

async function greetOrNull(site: Site, lock: Lock): Promise<(Greeting & Keeper) | null> {
  try {
    return await greet(lock.port, site.access.owner);
  } catch (error) {
    if (systemCode(error)?.startsWith('28')) {
      throw new OutsideError(
        `The server of ${site.cluster} (process ${lock.pid}) does not accept the password kept with it: ${messageOf(error)}. Restore leadpact-access.json there from a backup.`,
        { cause: error },
      );
    }
    return null; // just going down, or not yet up
  }
}

async function keysWithin(keeper: Keeper): Promise<boolean> {
  const patience = performance.now() + KEYS_WITHIN;
  while (!(await takeKeys(keeper.client))) {
    if (performance.now() > patience) {
      await keeper.leave();
      return false;
    }
    await pause(50);
  }
  return true;
}

/** Another Leadpact, alive, keeps the server. */
class TakenError extends OutsideError {
  override name = 'TakenError';
}

const taken = (site: Site, pid: number): TakenError =>
  new TakenError(
    `Leadpact already runs on ${site.home.path} (its PostgreSQL is process ${pid}). Stop it first, or choose another directory with --data or LEADPACT_DATA.`,
  );
