/** What transactions anywhere tell on their commit: one connection that listens, for as long as somebody wants to hear. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, Pool } from '#platform/db/pool.ts';
import { messageOf } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

/** Hears the text of each notice, in the order of commits; null: some may have been missed. */
export type Hear = (notice: string | null) => void;

/** By which the connection is known among the server's. */
const LISTENER = 'leadpact listens';
const CHANNEL = 'leadpact';
/** A connection that died without a word is found out by asking. */
const ASK_EVERY = 10_000;
const ANSWER_WITHIN = 5_000;
const AFTER_FAULT = 250;

export class Notices {
  readonly #acquire: Pool['acquire'];
  readonly #log: Log;
  readonly #listeners = new Set<Hear>();
  readonly #closing = new AbortController();
  #running: Promise<void> | null = null;
  /** Resolved once it listens; from then on nothing is missed that is not told as missed. */
  #listening = Promise.withResolvers<void>();

  constructor(acquire: Pool['acquire'], log: Log) {
    this.#acquire = acquire;
    this.#log = log;
  }

  /** Begins to listen; resolves when it does. @returns what ends it for this listener */
  async listen(hear: Hear): Promise<() => void> {
    this.#listeners.add(hear);
    this.#running ??= this.#keepListening();
    await Promise.race([this.#listening.promise, this.#closed()]);
    return () => this.#listeners.delete(hear);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#listeners.clear();
    await this.#running;
  }

  async #keepListening(): Promise<void> {
    for (let hasListened = false; !this.#closing.signal.aborted; ) {
      try {
        const connection = await this.#acquire();
        try {
          await this.#listenOn(connection, hasListened);
        } finally {
          hasListened = true;
          connection.release(true);
        }
      } catch (error) {
        this.#log.debug(`Nothing is heard of other processes just now: ${messageOf(error)}`);
      }
      await pause(AFTER_FAULT, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }

  /** Listens until the connection is lost or everything is closed. */
  async #listenOn({ client }: Connection, hasListened: boolean): Promise<void> {
    const lost = Promise.withResolvers<void>();
    client.on('error', () => lost.resolve());
    client.on('end', () => lost.resolve());
    client.on('notification', ({ payload = '' }) => this.#tell(payload));
    await client.query(`LISTEN ${CHANNEL}`);
    await client.query(`SET application_name = '${LISTENER}'`);
    if (hasListened) this.#tell(null);
    this.#listening.resolve();
    const stop = new AbortController();
    try {
      await Promise.race([lost.promise, this.#closed(), this.#ask(client, stop.signal)]);
    } finally {
      stop.abort();
    }
  }

  /** Asks from time to time whether the server is still there; ends when it is not. */
  async #ask(client: Connection['client'], stopping: AbortSignal): Promise<void> {
    const question = { text: 'SELECT', query_timeout: ANSWER_WITHIN };
    for (;;) {
      await pause(ASK_EVERY, undefined, { signal: stopping }).catch(() => undefined); // stopped: nobody waits any more
      if (stopping.aborted) return;
      const answered = await client.query(question).then(
        () => true,
        () => false,
      );
      if (!answered) return;
    }
  }

  #tell(notice: string | null): void {
    for (const hear of this.#listeners) hear(notice);
  }

  #closed(): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((done) => {
      if (signal.aborted) done();
      else signal.addEventListener('abort', () => done(), { once: true });
    });
  }
}
