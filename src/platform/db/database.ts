import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Contended, DatabaseAway, meaningOf, OutcomeUnknown } from '#platform/db/faults.ts';
import { isPassable, type Login } from '#platform/db/login.ts';
import { type Hear, Notices } from '#platform/db/notices.ts';
import { type Connection, openPool, type Pool, type PoolOptions } from '#platform/db/pool.ts';
import { type Copy, facesOf, type Query, type Tx } from '#platform/db/transaction.ts';
import { messageOf, systemCode } from '#platform/errors.ts';
import { isUuid } from '#platform/ids.ts';

/**
 * What is done inside a transaction. It may be run again from its start, after a deadlock or a lost connection: what
 * it does outside of the database must bear that.
 */
export type Work<T> = (tx: Tx, query: Query, copy: Copy) => Promise<T>;

export type TransactionOptions = {
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readOnly?: boolean;
  /** Milliseconds that one statement may take; 10 000 when left out. */
  statementTimeout?: number;
  /**
   * For one long piece of work of many statements: they may be sent side by side, none waits for the answer to the one
   * before it. Whoever does so waits for all of them, also when one fails.
   */
  line?: boolean;
  /** One that another transaction has exported, which is still open: what that sees is seen. */
  snapshot?: string;
};

export type DatabaseOptions = PoolOptions & {
  /** Whether the server is Citus, which hands settings on to its workers only when told to. */
  citus: boolean;
};

/** What another thread needs to open the same database. */
export type DatabaseAddress = Omit<DatabaseOptions, 'logins' | 'log'> & { logins: Login[] };

const STATEMENT_TIMEOUT = 10_000;
const IDLE_TIMEOUT = 30_000;
/** How much longer than the server's own timeout we wait for its word. */
const GRACE = 5_000;
const REPEATS = 3;

/**
 * The database as the application sees it: always inside a transaction, always in a context that row-level security
 * reads. Without a context every table is empty.
 */
export class Database {
  readonly #pool: Pool;
  readonly #citus: boolean;
  readonly #notices: Notices;
  readonly #log: PoolOptions['log'];
  readonly #options: DatabaseOptions;
  /** Set while a transaction runs, to catch one inside another: they would wait for each other's connections. */
  readonly #inside = new AsyncLocalStorage<true>();

  constructor(options: DatabaseOptions) {
    this.#pool = openPool(options);
    this.#notices = new Notices(this.#pool.acquire, options.log);
    this.#citus = options.citus;
    this.#log = options.log;
    this.#options = options;
  }

  /**
   * Where it is at present, for a thread that opens it with so many connections of its own; null where a login cannot be
   * handed to a thread.
   */
  address(max: number): DatabaseAddress | null {
    const { wait, name, citus } = this.#options;
    const logins = this.#options.logins();
    return logins.every(isPassable) ? { logins, max, wait, name, citus } : null;
  }

  /**
   * Works in one workspace: sees its rows alone, and can write no others.
   * @throws DatabaseAway, OutcomeUnknown, Contended; what `work` throws, after undoing everything.
   */
  inWorkspace<T>(workspace: string, work: Work<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#run(setting('app.workspace', uuid(workspace, 'workspace')), work, options);
  }

  /**
   * Finds which workspaces have work waiting: reads the keys and due times of every workspace's queues, and nothing
   * else. The work itself is then done in each workspace.
   */
  acrossWorkspaces<T>(work: Work<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#run(setting('app.scan', 'on'), work, { ...options, readOnly: true });
  }

  /** Reads the one key that answers to a credential: a write key as it is, or the hash of an API key's secret. */
  byCredential<T>(credential: string, work: Work<T>): Promise<T> {
    return this.#run(setting('app.credential', credential), work, { readOnly: true });
  }

  /** Reads which workspaces a person is a member of. */
  asPerson<T>(person: string, work: Work<T>): Promise<T> {
    return this.#run(setting('app.person', uuid(person, 'person')), work, { readOnly: true });
  }

  /** Works on who signs in and with what, before any workspace is entered: sees no workspace's rows. */
  atTheDoor<T>(work: Work<T>): Promise<T> {
    return this.#run(setting('app.door', 'on'), work, {});
  }

  /** Connections held, idle and waited for. */
  standing(): ReturnType<Pool['standing']> {
    return this.#pool.standing();
  }

  /** Hears what transactions of any process tell on their commit. @returns what ends it */
  listen(hear: Hear): Promise<() => void> {
    return this.#notices.listen(hear);
  }

  /** Waits for transactions under way, then lets every connection go. */
  async close(): Promise<void> {
    await this.#notices.close();
    await this.#pool.close();
  }

  #run<T>(context: string, work: Work<T>, options: TransactionOptions): Promise<T> {
    if (this.#inside.getStore()) {
      throw new Error('A transaction was begun inside a transaction: work with the one at hand.');
    }
    return this.#inside.run(true, () => this.#repeat(this.#beginning(context, options), work, options));
  }

  async #repeat<T>(begin: string, work: Work<T>, options: TransactionOptions): Promise<T> {
    const timeout = (options.statementTimeout ?? STATEMENT_TIMEOUT) + GRACE;
    for (let repeats = 0; ; repeats++) {
      const { line = false } = options;
      const connection = await (line ? this.#pool.line() : this.#pool.acquire());
      const attempt = new Attempt(connection, timeout, line);
      try {
        return await attempt.carryOut(begin, work);
      } catch (error) {
        const meaning = await attempt.undo(error);
        if (meaning === 'unknown') {
          throw new OutcomeUnknown(`The connection was lost during COMMIT: ${messageOf(error)}.`, {
            cause: error,
          });
        }
        if (meaning === 'away')
          throw new DatabaseAway(`The database gave up: ${messageOf(error)}.`, { cause: error });
        // Writing where only reading was asked for is told in the same words as having met a standby.
        const ours = options.readOnly && systemCode(error) === '25006';
        if (meaning === 'own' || ours) throw error;
        if (repeats === REPEATS) {
          if (meaning === 'lost')
            throw new DatabaseAway(`The database went away: ${messageOf(error)}.`, { cause: error });
          throw new Contended(`Others changed the same at the same time: ${messageOf(error)}. Try again.`, {
            cause: error,
          });
        }
        this.#log.debug({ repeats, meaning }, `A transaction is repeated: ${messageOf(error)}`);
      }
      await pause(Math.random() * 20 * 2 ** repeats);
    }
  }

  /** Everything that opens a transaction, in one round trip. `SET LOCAL` reaches Citus' workers, `set_config` does not. */
  #beginning(
    context: string,
    { isolation = 'read committed', readOnly, statementTimeout, snapshot }: TransactionOptions,
  ): string {
    return [
      `BEGIN ISOLATION LEVEL ${isolation}${readOnly ? ' READ ONLY' : ''}`,
      ...(snapshot === undefined ? [] : [`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(snapshot)}`]),
      ...(this.#citus ? [setting('citus.propagate_set_commands', 'local')] : []),
      context,
      setting('statement_timeout', String(statementTimeout ?? STATEMENT_TIMEOUT)),
      setting('idle_in_transaction_session_timeout', String(IDLE_TIMEOUT)),
    ].join('; ');
  }
}

/** One try at a transaction, on one connection. */
class Attempt {
  readonly #connection: Connection;
  readonly #timeout: number;
  readonly #isLine: boolean;
  #committing = false;

  constructor(connection: Connection, timeout: number, isLine: boolean) {
    this.#connection = connection;
    this.#timeout = timeout;
    this.#isLine = isLine;
  }

  async carryOut<T>(begin: string, work: Work<T>): Promise<T> {
    const { client, release } = this.#connection;
    const { tx, query, copy } = facesOf(client, this.#timeout, this.#isLine);
    await query(begin);
    const result = await work(tx, query, copy);
    await this.#commit();
    release(false);
    return result;
  }

  async #commit(): Promise<void> {
    const { client } = this.#connection;
    // A wait for a synchronous standby that was cut short is told as a warning only: committed here, perhaps not there.
    let warned: string | null = null;
    const listen = (notice: { severity?: string; message?: string }) => {
      if (notice.severity === 'WARNING') warned = notice.message ?? 'a warning';
    };
    client.on('notice', listen);
    try {
      this.#committing = true;
      const config = { text: 'COMMIT', query_timeout: this.#timeout };
      const { command } = await client.query(config);
      this.#committing = false;
      if (warned) throw new OutcomeUnknown(`The commit is not known to be safe: ${warned}.`);
      if (command === 'ROLLBACK') {
        throw new Error('Nothing was committed: a statement failed, and its error was not passed on.');
      }
    } finally {
      client.removeListener('notice', listen);
    }
  }

  /** Ends what failed, gives the connection back, and says what the failure means. */
  async undo(error: unknown): Promise<'unknown' | ReturnType<typeof meaningOf>> {
    const { client, release } = this.#connection;
    const meaning = meaningOf(error);
    if (meaning === 'lost') {
      release(true);
      return this.#committing ? 'unknown' : 'lost';
    }
    try {
      const config = { text: 'ROLLBACK', query_timeout: GRACE };
      await client.query(config);
      release(false);
    } catch {
      release(true); // the server undoes what a vanished session had begun
    }
    return meaning;
  }
}

const setting = (name: string, value: string): string => `SET LOCAL ${name} = ${pg.escapeLiteral(value)}`;

function uuid(text: string, what: string): string {
  if (!isUuid(text)) throw new TypeError(`A ${what} is known by a UUID, not by ${JSON.stringify(text)}.`);
  return text;
}
