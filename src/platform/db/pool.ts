import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { BulkSocket } from '#platform/db/bulk.ts';
import { DatabaseAway, meaningOf } from '#platform/db/faults.ts';
import { readTimestamp } from '#platform/db/instants.ts';
import { type Login, nameOf } from '#platform/db/login.ts';
import { messageOf } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

export type PoolOptions = {
  /** Where to look, asked anew for every connection: the embedded server may move, a primary may fail over. */
  logins: () => Login[];
  /** The most connections held at once. */
  max: number;
  /** How long a caller waits for a connection, in milliseconds. */
  wait: number;
  /** Shown in `pg_stat_activity`. */
  name: string;
  /** Whether they are there to copy rows by the hundred megabytes. */
  bulk?: boolean;
  log: Log;
};

/** A connection that is held by one caller. */
export type Connection = {
  client: pg.Client;
  /** Gives it back; `discard` when it cannot be trusted any more. */
  release: (discard: boolean) => void;
};

export type Pool = {
  /**
   * A connection to the primary.
   * @throws DatabaseAway when there is none within the wait.
   */
  acquire: () => Promise<Connection>;
  /** A line: a connection beside the others, which sends without waiting for answers. It is ended when given back. */
  line: () => Promise<Connection>;
  /** How many connections there are, idle ones, and callers that wait. */
  standing: () => { total: number; idle: number; waiting: number };
  close: () => Promise<void>;
};

const int8 = 20;
const date = 1082;
const numeric = 1700;
const timestamptz = 1184;

/** Whole numbers and amounts as numbers, a day as its text: `pg` would give text, text, and midnight local time. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (oid === timestamptz) return readTimestamp;
      if (oid === int8) return wholeNumber;
      if (oid === numeric) return Number;
      if (oid === date) return String;
    }
    return pg.types.getTypeParser(oid, format);
  },
};

function wholeNumber(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n)) throw new RangeError(`${text} is too large for a number in JavaScript.`);
  return n;
}

/** Connects to one server. The caller ends the client. */
export async function connectOnce(login: Login, name: string): Promise<pg.Client> {
  const client = new pg.Client({ ...login, types, application_name: name, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // whoever uses it next is told
  await client.connect();
  return client;
}

/** While this thread was busy for such a part of a wait, what it waited for may have been there. */
const HELD = 0.8;

export function openPool({ logins, max, wait, name, log, bulk = false }: PoolOptions): Pool {
  const broken = new WeakSet<object>();
  let turn = 0; // which of the hosts is taken for the primary
  const here = (): Login => {
    const all = logins();
    return all[turn % all.length]!;
  };

  const pool = new pg.Pool({
    max,
    types,
    application_name: name,
    connectionTimeoutMillis: wait,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // pg makes a client from the pool's options; ours looks up where the server is at that moment.
    Client: class extends pg.Client {
      constructor(options?: string | pg.ClientConfig) {
        const login = here();
        // What is encrypted is not read from the socket itself.
        const stream = bulk && !login.ssl && { stream: () => new BulkSocket() };
        super({ ...(typeof options === 'object' && options), ...login, ...stream });
      }
    } as typeof pg.Client,
    onConnect: async (client) => {
      if (await isStandby(client)) throw new StandbyError(here());
    },
  });
  // Without listeners an 'error' event ends the process: a connection may die at any time, in use or idle.
  pool.on('error', (error) => log.debug(`An idle connection was lost: ${messageOf(error)}`));
  pool.on('connect', (client) => client.on('error', () => broken.add(client)));

  const acquire = async (): Promise<Connection> => {
    let patience = performance.now() + wait;
    let wasHeld = false;
    for (;;) {
      const asked = performance.now();
      const before = performance.eventLoopUtilization();
      try {
        const client = await pool.connect();
        return { client, release: (discard) => client.release(discard || broken.has(client)) };
      } catch (error) {
        if (!(error instanceof StandbyError) && meaningOf(error) !== 'lost') throw error;
        turn++;
        if (performance.eventLoopUtilization(before).utilization > HELD && !wasHeld) {
          // Hardly anybody looked all the while whether the server had answered.
          wasHeld = true;
          patience += performance.now() - asked;
        }
        if (performance.now() >= patience) throw away(error);
      }
      await pause(20 + Math.random() * 80);
    }
  };

  const lines = new Set<Promise<void>>();
  const line = async (): Promise<Connection> => {
    const place = { ...here(), types, application_name: name, connectionTimeoutMillis: wait };
    const client = new pg.Client({ ...place, pipeline: true });
    client.on('error', () => undefined); // whatever is under way on it is told
    await client.connect();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    lines.add(ended);
    const release = (): void => {
      lines.delete(ended);
      client.end().then(resolve, resolve); // how it ends is all the same: whatever was done on it is done
    };
    return { client, release };
  };

  const away = (error: unknown): DatabaseAway => {
    if (pool.waitingCount > 0 || pool.totalCount >= max) {
      return new DatabaseAway(`All ${max} connections to the database were busy for ${wait} ms. Try again.`, {
        cause: error,
      });
    }
    return new DatabaseAway(
      `The database ${nameOf(here())} cannot be reached: ${messageOf(error)}. Try again.`,
      { cause: error },
    );
  };

  return {
    acquire,
    line,
    standing: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: async () => {
      await Promise.all([pool.end(), ...lines]);
    },
  };
}

/** A host that answers, but only for reading. */
class StandbyError extends Error {
  constructor(login: Login) {
    super(`${nameOf(login)} is a standby`);
  }
}

async function isStandby(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query('select pg_is_in_recovery() as standby');
  return (rows[0] as { standby: boolean }).standby;
}
