/**
 * A thread that stays: what it is asked, what it tells, and what it does. Parts of whatever is to be done are taken one
 * by one, by whoever is free, until none is left.
 */
import { setFlagsFromString } from 'node:v8';
import { type MessagePort, Worker } from 'node:worker_threads';
import { Database, type DatabaseAddress, type TransactionOptions } from '#platform/db/database.ts';
import { Fields } from '#platform/db/fields.ts';
import type { Copy } from '#platform/db/transaction.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { openLog } from '#platform/log.ts';
import { type Sweeping, sweeper } from '../history/sweeping.ts';
import { activityUnpacker, type Unpacking } from '../history/unpacking.ts';
import { type Doer, type JobName, ready, type Work } from './jobs.ts';

/** What a thread that stays was started with. */
export type TeamJob = { team: true };

/** How many parts there are, how many of them have been taken, and how many are done: whoever takes one counts. */
export type Parts = { parts: number; counts: Int32Array };

export const TAKEN = 0;
export const DONE = 1;
export const newCounts = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

/** A job that is shared out. */
export type Sharing<Job extends JobName = JobName> = Parts & { job: Job; work: Work<Job> };

/** Some chunks, as they are selected: how many, and the number of the first. */
export type ChunkRange = { select: string; first: number; count: number };

/** Chunks that are read, and what becomes of them. */
export type Reading = Parts & { unpacking: Unpacking | Sweeping; ranges: readonly ChunkRange[] };

/** Where a thread reads by itself: in one snapshot with whoever asks. */
export type ReadingPlace = { address: DatabaseAddress; workspace: string; options: TransactionOptions };

type Task = Sharing | { read: Reading; place: ReadingPlace };
type Asked = { number: number; task: Task };
type Told = { number: number; begun?: true; error?: string };

type Answer = { begun: Promise<void>; done: Promise<void> };

/**
 * Before its heap has grown by so many megabytes, a thread is not looked through for what is no longer needed. It holds
 * next to nothing, and what it works in is not on its heap: left to itself the engine looks through it all the time.
 */
const ROOM = '--initial-old-space-size=64';

/** One as whoever asks it sees it. It does not keep the process from ending. */
export class Thread {
  ended = false;
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { begin: () => void; resolve: () => void; reject: (error: Error) => void }
  >();
  #asked = 0;

  constructor(entry: URL) {
    setFlagsFromString(ROOM);
    this.#worker = new Worker(entry, { workerData: { team: true } satisfies TeamJob });
    this.#worker.on('message', ({ number, begun, error }: Told) => {
      const { begin, resolve, reject } = this.#waiting.get(number)!;
      if (begun) {
        begin();
        return;
      }
      this.#waiting.delete(number);
      this.#rest();
      if (error === undefined) resolve();
      else reject(new OutsideError(`a thread failed: ${error}`));
    });
    this.#worker.on('error', (error) => this.#end(new OutsideError(`a thread failed: ${messageOf(error)}`)));
    this.#worker.on('exit', () => this.#end(new OutsideError('a thread ended before its work was done')));
    this.#worker.unref();
  }

  /** @returns when it has begun, where it reads, and when it is done */
  ask(task: Task): Answer {
    const number = ++this.#asked;
    this.#worker.ref();
    const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const answer = { begun: begun.promise, done: done.promise };
    this.#waiting.set(number, {
      begin: begun.resolve,
      resolve: done.resolve,
      reject: (error) => {
        begun.reject(error);
        done.reject(error);
      },
    });
    for (const promise of Object.values(answer)) promise.catch(() => undefined); // whoever waits for it is told
    this.#worker.postMessage({ number, task } satisfies Asked);
    return answer;
  }

  async close(): Promise<void> {
    this.ended = true;
    this.#worker.ref(); // or the process may end before the thread has
    await this.#worker.terminate();
  }

  #rest(): void {
    if (this.#waiting.size === 0 && !this.ended) this.#worker.unref();
  }

  #end(error: Error): void {
    this.ended = true;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Does the next part that nobody has taken. @returns whether there was one */
export function takePart({ parts, counts }: Parts, doer: Doer): boolean {
  const part = Atomics.add(counts, TAKEN, 1);
  if (part >= parts) return false;
  doer(part);
  Atomics.add(counts, DONE, 1);
  return true;
}

/** Reads and unpacks ranges of chunks that nobody has taken, until none is left. */
export async function readRanges({ parts, counts, unpacking, ranges }: Reading, copy: Copy): Promise<void> {
  const unpack = 'works' in unpacking ? sweeper(unpacking) : activityUnpacker(unpacking);
  for (;;) {
    const part = Atomics.add(counts, TAKEN, 1);
    if (part >= parts) return;
    await readRange(ranges[part]!, copy, unpack);
    Atomics.add(counts, DONE, 1);
  }
}

async function readRange(
  { select, first, count }: ChunkRange,
  copy: Copy,
  unpack: (chunk: Uint8Array, number: number) => void,
): Promise<void> {
  let number = first;
  await copy(select, (row) => unpack(new Fields(row).raw(), number++));
  if (number !== first + count)
    throw new RangeError(`of ${count} chunks of a history ${number - first} were there`);
}

/** What a thread of a team does until it is ended. */
export function serveTeam(port: MessagePort): void {
  const reader = new Reader();
  const carryOut = async (task: Task, begin: () => void): Promise<void> => {
    if ('read' in task) {
      await reader.read(task.read, task.place, begin);
      return;
    }
    const doer = ready(task.job, task.work);
    while (takePart(task, doer));
  };
  port.on('message', async ({ number, task }: Asked) => {
    const told: Told = { number };
    try {
      await carryOut(task, () => port.postMessage({ number, begun: true } satisfies Told));
    } catch (error) {
      told.error = messageOf(error);
    }
    port.postMessage(told);
  });
}

/** Reads chunks on a connection of this thread's own, which is kept for a while. */
class Reader {
  #database: Database | null = null;
  #address = '';

  async read(
    reading: Reading,
    { address, workspace, options }: ReadingPlace,
    begin: () => void,
  ): Promise<void> {
    const database = this.#at(address);
    let isBegun = false;
    await database.inWorkspace(
      workspace,
      async (_, __, copy) => {
        // A part that was begun and lost with its connection nobody else would take.
        if (isBegun) throw new OutsideError('the connection was lost');
        isBegun = true;
        begin();
        await readRanges(reading, copy);
      },
      options,
    );
  }

  #at(address: DatabaseAddress): Database {
    const text = JSON.stringify(address);
    if (this.#database === null || this.#address !== text) {
      this.#database?.close().catch(() => undefined); // it goes by itself
      const { logins } = address;
      this.#database = new Database({ ...address, logins: () => logins, bulk: true, log: openLog('silent') });
      this.#address = text;
    }
    return this.#database;
  }
}
