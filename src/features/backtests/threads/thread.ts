/**
 * A thread that stays: what it is asked, what it tells, and what it does. Parts of whatever is to be done are taken one
 * by one, by whoever is free, until none is left.
 */
import { setFlagsFromString } from 'node:v8';
import { type MessagePort, Worker } from 'node:worker_threads';
import { Database, type DatabaseAddress, type TransactionOptions } from '#platform/db/database.ts';
import type { Copy } from '#platform/db/transaction.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { openLog } from '#platform/log.ts';
import {
  type Doer,
  type JobName,
  ready,
  type TakerName,
  type TakerWork,
  type ToldBy,
  taking,
  type Work,
} from './jobs.ts';

/** What a thread that stays was started with. */
export type TeamJob = { team: true };

/** How many parts there are, how many of them have been taken, and how many are done: whoever takes one counts. */
export type Parts = { parts: number; counts: Int32Array };

export const TAKEN = 0;
export const DONE = 1;
export const newCounts = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

/** A job that is shared out. */
export type Sharing<Job extends JobName = JobName> = Parts & { job: Job; work: Work<Job> };

/** Some rows, as they are selected: how many, and the number of the first. */
export type RowRange = { select: string; first: number; count: number };

/** Rows that are to be read, and who takes them. */
export type Rows<Name extends TakerName = TakerName> = {
  taker: Name;
  work: TakerWork<Name>;
  ranges: readonly RowRange[];
};

/** The same, shared out. */
export type Reading<Name extends TakerName = TakerName> = Parts & Rows<Name>;

/** Where a thread reads by itself: in one snapshot with whoever asks. */
export type ReadingPlace = { address: DatabaseAddress; workspace: string; options: TransactionOptions };

type Task = Sharing | { read: Reading; place: ReadingPlace };
type Asked = { number: number; task: Task };
type Told = { number: number; begun?: true; told?: unknown; error?: string };

type Answer = { begun: Promise<void>; done: Promise<unknown> };

/**
 * Before its heap has grown by so many megabytes, a thread is not looked through for what is no longer needed. It holds
 * next to nothing, and what it works in is not on its heap: left to itself the engine looks through it all the time.
 */
const ROOM = '--initial-old-space-size=128';

/** One as whoever asks it sees it. It does not keep the process from ending. */
export class Thread {
  ended = false;
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { begin: () => void; resolve: (told: unknown) => void; reject: (error: Error) => void }
  >();
  #asked = 0;

  constructor(entry: URL) {
    setFlagsFromString(ROOM);
    this.#worker = new Worker(entry, { workerData: { team: true } satisfies TeamJob });
    this.#worker.on('message', ({ number, begun, told, error }: Told) => {
      const { begin, resolve, reject } = this.#waiting.get(number)!;
      if (begun) {
        begin();
        return;
      }
      this.#waiting.delete(number);
      this.#rest();
      if (error === undefined) resolve(told);
      else reject(new OutsideError(`a thread failed: ${error}`));
    });
    this.#worker.on('error', (error) => this.#end(new OutsideError(`a thread failed: ${messageOf(error)}`)));
    this.#worker.on('exit', () => this.#end(new OutsideError('a thread ended before its work was done')));
    this.#worker.unref();
  }

  /** @returns when it has begun, where it reads; and when it is done, with what there is to tell */
  ask(task: Task): Answer {
    const number = ++this.#asked;
    this.#worker.ref();
    const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<unknown>()];
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

/** Reads ranges of rows that nobody has taken, until none is left. @returns what there is to tell of them */
export async function readRanges<Name extends TakerName>(
  { parts, counts, taker, work, ranges }: Reading<Name>,
  copy: Copy,
): Promise<{ told: ToldBy<Name>; memory: ArrayBuffer[] }> {
  const { take, tell } = taking(taker, work);
  for (;;) {
    const part = Atomics.add(counts, TAKEN, 1);
    if (part >= parts) return tell();
    await readRange(ranges[part]!, copy, take);
    Atomics.add(counts, DONE, 1);
  }
}

async function readRange(
  { select, first, count }: RowRange,
  copy: Copy,
  take: (row: Buffer, number: number) => void,
): Promise<void> {
  let number = first;
  await copy(select, (row) => take(row, number++));
  if (number !== first + count)
    throw new RangeError(`of ${count} chunks of a history ${number - first} were there`);
}

/** What a thread of a team does until it is ended. */
export function serveTeam(port: MessagePort): void {
  const reader = new Reader();
  const say = (word: Told, memory: ArrayBuffer[] = []): void => port.postMessage(word, memory);
  const carryOut = async ({ number, task }: Asked): Promise<void> => {
    if ('read' in task) {
      const begin = (): void => say({ number, begun: true });
      const { told, memory } = await reader.read(task.read, task.place, begin);
      say({ number, told }, memory);
      return;
    }
    const doer = ready(task.job, task.work);
    while (takePart(task, doer));
    say({ number });
  };
  port.on('message', (asked: Asked) => {
    carryOut(asked).catch((error: unknown) => say({ number: asked.number, error: messageOf(error) }));
  });
}

/** Reads rows on a connection of this thread's own, which is kept for a while. */
class Reader {
  #database: Database | null = null;
  #address = '';

  async read(
    reading: Reading,
    { address, workspace, options }: ReadingPlace,
    begin: () => void,
  ): ReturnType<typeof readRanges> {
    const database = this.#at(address);
    let isBegun = false;
    return database.inWorkspace(
      workspace,
      async (_, __, copy) => {
        // A part that was begun and lost with its connection nobody else would take.
        if (isBegun) throw new OutsideError('the connection was lost');
        isBegun = true;
        begin();
        return readRanges(reading, copy);
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
