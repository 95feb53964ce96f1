import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findBinaries } from '#platform/db/embedded/binaries.ts';
import { type Access, DATABASE, OWNER, openCluster, readAccess } from '#platform/db/embedded/cluster.ts';
import { closeHome, openHome } from '#platform/db/embedded/home.ts';
import { greet, takeKeys } from '#platform/db/embedded/keeper.ts';
import { holderOf, isRunning, readLock } from '#platform/db/embedded/lock.ts';
import { type Settings, shutDown } from '#platform/db/embedded/postmaster.ts';
import { dropBallast, loadBallast, measureSpace, type Space } from '#platform/db/embedded/reserve.ts';
import { type Held, type Site, takeServer } from '#platform/db/embedded/take.ts';
import type { Login } from '#platform/db/login.ts';
import { messageOf } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { stopwatch } from '#platform/stopwatch.ts';

/** Who owns the tables, and who the application is (see `roles.ts`). */
export type Logins = { owner: Login; app: Login };

export type EmbeddedOptions = {
  dataDirectory: string;
  log: Log;
  /** Laid over our own settings, for instance `fsync: 'off'` where nothing is to be kept. */
  settings?: Settings;
  /** Bytes of the disk to keep free; by default by its size (see `reserve.ts`). */
  reserve?: number;
  /** Done once while PostgreSQL starts, where it has to be started: nothing is waited for that could take it for slow. */
  meanwhile?: () => Promise<unknown>;
};

/** The role the application connects as. Made by `migrate`. */
const APP = 'leadpact_app';
const WATCH_EVERY = 1_000;
const BACK_OFF = { first: 100, last: 10_000 };

/**
 * Starts the PostgreSQL of a data directory, made at the first start, and keeps it running until `stop`.
 * Adopts the server that a killed Leadpact left behind.
 * @throws OutsideError that says what is in the way and what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const lap = stopwatch(options.log);
  let ahead: Promise<unknown> | null = null;
  const meanwhile = () => (ahead ??= (options.meanwhile ?? (async () => undefined))());
  const home = openHome(options.dataDirectory);
  try {
    const binaries = await findBinaries(home.account);
    lap('finding the programs of PostgreSQL');
    const settings = options.settings ?? {};
    const cluster = await openCluster(home, binaries, settings.fsync !== 'off', meanwhile);
    lap('data directory');
    const print = createHash('sha256')
      .update(JSON.stringify([binaries.version, settings]))
      .digest('hex');
    const mark = `leadpact ${print.slice(0, 16)}`;
    const site: Site = {
      home,
      binaries,
      cluster,
      access: readAccess(cluster),
      settings: { ...settings, cluster_name: mark },
      mark,
      log: options.log,
      meanwhile,
    };
    const held = await takeServer(site, null);
    lap(held.adopted ? 'adopting the server that was left running' : 'starting the server');
    return new EmbeddedServer(
      site,
      held,
      await measureSpace(home, options.reserve ?? null),
      options.reserve ?? null,
    );
  } catch (error) {
    closeHome(home);
    throw error;
  }
}

/**
 * The logins of a server that another Leadpact runs in this data directory right now, for a command that works beside
 * it; null when none does.
 */
export function findEmbedded(dataDirectory: string): Logins | null {
  const cluster = join(dataDirectory, 'postgres', 'data');
  if (!existsSync(cluster)) return null;
  const lock = readLock(cluster);
  if (!lock?.ready || holderOf(lock, cluster) !== 'server') return null;
  return loginsAt(lock.port, readAccess(cluster));
}

/** A PostgreSQL of our own that is kept running: brought back when it dies, with a back-off, on the same port. */
export class EmbeddedServer {
  readonly adopted: boolean;
  readonly #site: Site;
  readonly #reserve: number | null;
  #held: Held | null;
  #port: number;
  #space: Space;
  #coming: Promise<Held | null> | null = null;
  readonly #stopping = new AbortController();
  readonly #watch: NodeJS.Timeout;
  /** An end that leaves us time for one word (an uncaught error) does not leave an orphan. */
  readonly #lastWord = () => {
    const pid = this.#held?.postmaster.pid;
    if (pid && isRunning(pid)) process.kill(pid, 'SIGINT');
  };

  constructor(site: Site, held: Held, space: Space, reserve: number | null) {
    this.#site = site;
    this.#reserve = reserve;
    this.#held = held;
    this.#port = held.postmaster.port;
    this.#space = space;
    this.adopted = held.adopted;
    this.#watch = setInterval(() => void this.#look(), WATCH_EVERY);
    this.#watch.unref();
    process.once('exit', this.#lastWord);
    void this.#guard();
  }

  /** Where the server answers now. Asked anew for every connection. */
  logins(): Logins {
    return loginsAt(this.#port, this.#site.access);
  }

  /** Whether the disk has room: nothing more may be taken in while it is short. As of the last second. */
  space(): Space {
    return this.#space;
  }

  /** The process of the server, null while it is down. */
  get pid(): number | null {
    return this.#held?.postmaster.pid ?? null;
  }

  /** Ends the server by a fast shutdown, which waits for no client. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    clearInterval(this.#watch);
    const held = this.#coming ? await this.#coming : this.#held;
    if (held) {
      await held.keeper.leave();
      await shutDown(held.postmaster);
    }
    this.#held = null;
    process.removeListener('exit', this.#lastWord);
    closeHome(this.#site.home);
  }

  async #guard(): Promise<void> {
    while (this.#held) {
      const { postmaster, keeper } = this.#held;
      await postmaster.gone;
      this.#held = null;
      if (this.#stopping.signal.aborted) return;
      this.#site.log.error({ pid: postmaster.pid }, 'PostgreSQL is down; it is started again');
      await keeper.leave();
      this.#coming = this.#bringBack();
      this.#held = await this.#coming;
      this.#coming = null;
    }
  }

  async #bringBack(): Promise<Held | null> {
    const { log, home } = this.#site;
    let wait = BACK_OFF.first;
    for (let tries = 1; !this.#stopping.signal.aborted; tries++) {
      try {
        await this.#measure();
        if (this.#space.short) dropBallast(home);
        const held = await takeServer(this.#site, tries <= 3 ? this.#port : null);
        this.#port = held.postmaster.port;
        log.info({ pid: held.postmaster.pid, tries }, 'PostgreSQL is back');
        return held;
      } catch (error) {
        log.error({ tries, wait }, messageOf(error));
      }
      await pause(wait, undefined, { signal: this.#stopping.signal }).catch(() => undefined); // stopped: look above
      wait = Math.min(wait * 2, BACK_OFF.last);
    }
    return null;
  }

  async #measure(): Promise<void> {
    this.#space = await measureSpace(this.#site.home, this.#reserve);
  }

  async #look(): Promise<void> {
    try {
      await this.#measure();
      if (this.#held) {
        loadBallast(this.#site.home, this.#space);
        await this.#keep(this.#held);
      }
    } catch (error) {
      this.#site.log.warn(`The data directory cannot be watched: ${messageOf(error)}`);
    }
  }

  /** Sessions can be ended from outside: ours is opened again, lest another process take the server for an orphan. */
  async #keep(held: Held): Promise<void> {
    if (held.keeper.isOpen()) return;
    const keeper = await greet(held.postmaster.port, this.#site.access.owner);
    if (await takeKeys(keeper.client)) held.keeper = keeper;
    else await keeper.leave();
  }
}

function loginsAt(port: number, access: Access): Logins {
  const place = { host: '127.0.0.1', port, database: DATABASE };
  return {
    owner: { ...place, user: OWNER, password: access.owner },
    app: { ...place, user: APP, password: access.app },
  };
}
