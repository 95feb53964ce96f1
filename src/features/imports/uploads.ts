/** Files that are sent over the API: taken in beside the request, which waits a moment for small ones. */
import { setTimeout as pause } from 'node:timers/promises';
import { actorOf, type Caller } from '#features/people/policy.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { CallError, InputError, messageOf } from '#platform/errors.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { Log } from '#platform/log.ts';
import { type Imported, type ImportFile, importFile } from './import.ts';
import { spool } from './spool.ts';

/** What of a file and its import is said before it is read. */
export type Sent = Pick<ImportFile, 'kind' | 'name' | 'options'>;

export type UploadsOptions = {
  database: Database;
  clock: Clock;
  log: Pick<Log, 'warn'>;
  /** The most bytes of a file, and the most rows. */
  limits?: { bytes: number; rows: number };
};

const LIMITS = { bytes: 1024 * 1024 * 1024, rows: 1_000_000 };
const AT_ONCE = { each: 2, all: 6 };
/** So long the sender waits for the end, before they are told to come and look. */
const WAIT = 1_500;

/** By which an import that a process stopped half way is told from one that cannot go on. */
export const INTERRUPTED = 'interrupted: send the same file again, and it goes on where it was';

export class Uploads {
  readonly #options: UploadsOptions;
  /** By id: how far they are. */
  readonly #progress = new Map<string, number | null>();
  readonly #running = new Map<Promise<unknown>, string>();
  #stopping = false;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /** From 0 to 1; null when it is not known, or not this process that is at it. */
  progressOf(id: string): number | null {
    return this.#progress.get(id) ?? null;
  }

  /**
   * Takes a file in, and begins to read it. @returns its import, and whether the file had been taken in before
   * @throws HttpProblem when the file is refused whole
   */
  async take(
    caller: Caller,
    sent: Sent,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<{ id: string; repeated: boolean }> {
    const { workspace } = caller;
    const own = [...this.#running.values()].filter((one) => one === workspace);
    if (this.#stopping || own.length >= AT_ONCE.each || this.#running.size >= AT_ONCE.all) {
      const detail = 'Other files are being taken in already: send this one when they are done.';
      throw new HttpProblem(429, 'busy', detail, { retryAfter: 10 });
    }
    const begun = Promise.withResolvers<string>();
    const work = this.#takeIn(caller, sent, bytes, begun.resolve);
    this.#running.set(work, workspace);
    const ended = work.finally(() => this.#running.delete(work));
    // Whoever waits no longer is told by the record of the import.
    ended.catch(() => undefined);
    const id = await Promise.race([begun.promise, ended.then((done) => done.id)]);
    const done = await Promise.race([ended, pause(WAIT, null, { ref: false })]).catch((error: unknown) => {
      throw isFault(error) ? new HttpProblem(422, 'file', messageOf(error)) : error;
    });
    return { id, repeated: done?.repeated ?? false };
  }

  /** Ends what is under way at its next batch, and waits for it. */
  async close(): Promise<void> {
    this.#stopping = true;
    await Promise.allSettled(this.#running.keys());
  }

  async #takeIn(
    caller: Caller,
    { kind, name, options }: Sent,
    bytes: AsyncIterable<Uint8Array>,
    begun: (id: string) => void,
  ): Promise<Imported> {
    const { database, clock, log, limits = LIMITS } = this.#options;
    const { path, remove } = await spool(bytes, limits.bytes);
    let id: string | null = null;
    const listener = {
      note: () => undefined,
      reject: () => undefined,
      begun: (started: string) => {
        id = started;
        this.#progress.set(started, 0);
        begun(started);
      },
      mayGoOn: () => {
        if (this.#stopping) throw new InputError(INTERRUPTED);
      },
      progress: async (rows: number, fraction: number | null) => {
        if (id !== null) this.#progress.set(id, fraction);
        if (rows > limits.rows)
          throw new InputError(`${name} has more than ${limits.rows} rows: send it in parts`);
      },
    };
    const file = { kind, path, name, stdin: nothing, options };
    try {
      return await importFile({ database, clock }, caller.workspace, actorOf(caller), file, listener);
    } catch (error) {
      if (!isFault(error)) {
        log.warn({ err: error, workspace: caller.workspace }, `An import failed: ${messageOf(error)}`);
      }
      throw error;
    } finally {
      if (id !== null) this.#progress.delete(id);
      await remove();
    }
  }
}

/** Whether it is the file that cannot be read, or not as was said. */
const isFault = (error: unknown): boolean => error instanceof InputError || error instanceof CallError;

const nothing: AsyncIterable<Uint8Array> = (async function* () {})();
