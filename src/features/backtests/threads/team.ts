/**
 * Threads that stay: started once, then each takes the next part of whatever is to be done until none is left. However
 * many there are, the result is the same.
 */
import { availableParallelism } from 'node:os';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { type MessagePort, Worker } from 'node:worker_threads';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { Flow, type Helper } from './flow.ts';
import { type Doer, type JobName, ready, type Work } from './jobs.ts';

const MOST_THREADS = 8;
/** Below so many activities work costs more to hand out than to do: nobody else is asked. */
const WORTH_SHARING = 250_000;
const LOOK = 100;

/** What a thread that stays was started with, and what it is then asked. */
export type TeamJob = { team: true };
/** `counts` are the parts handed out and those done: whoever takes one adds to the first, and then to the second. */
type Shared<Job extends JobName = JobName> = { job: Job; work: Work<Job>; parts: number; counts: Int32Array };
type Asked = { number: number; shared: Shared };
type Told = { number: number; error?: string };

export type Watch = {
  /** How much is done, from 0 to 1. */
  progress?: (share: number) => void;
  /** Ends it early. */
  signal?: AbortSignal;
};

export class Team {
  readonly #entry: URL | null;
  readonly #size: number;
  /** Whether the thread that asks works along; otherwise it stays free for others. */
  readonly #along: boolean;
  #threads: Thread[] = [];

  /** @param entry the module that threads are started with; null keeps everything in the thread that asks */
  constructor(entry: URL | null, { along, size }: { along: boolean; size?: number }) {
    this.#entry = entry;
    this.#along = along;
    this.#size = size ?? Math.min(MOST_THREADS, availableParallelism());
  }

  /** Whether work on so many activities is shared with threads: it must then lie in memory that they share. */
  shares(activities: number): boolean {
    return this.#entry !== null && activities >= WORTH_SHARING && this.#size > (this.#along ? 1 : 0);
  }

  /**
   * Has all parts of a work done, by threads if it is on so many activities that this is worth it.
   * @throws what the signal was aborted with
   */
  async share<Job extends JobName>(
    job: Job,
    work: Work<Job>,
    parts: number,
    activities: number,
    { progress, signal }: Watch = {},
  ): Promise<void> {
    signal?.throwIfAborted();
    const shared: Shared<Job> = { job, work, parts, counts: newCounts() };
    const { counts } = shared;
    const others = Math.min(parts, this.#others(activities));
    const watching = setInterval(() => {
      if (signal?.aborted) Atomics.store(counts, TAKEN, parts);
      progress?.(Atomics.load(counts, DONE) / parts);
    }, LOOK);
    const elsewhere = Promise.all(this.#started(others).map((thread) => thread.ask(shared)));
    elsewhere.catch(() => undefined); // told below, if it was not done without them
    try {
      if (this.#along || others === 0) await this.#workAlong(shared, signal);
      if (Atomics.load(counts, DONE) < parts) await elsewhere;
    } finally {
      clearInterval(watching);
    }
    signal?.throwIfAborted();
  }

  /** The same for work that comes bit by bit, all of it on so many activities. */
  flow<Job extends JobName>(job: Job, activities: number): Flow<Job> {
    const helpers = this.#started(this.#others(activities)).map(
      (thread): Helper<Job> =>
        (job, work) =>
          thread.ask({ job, work, parts: 1, counts: newCounts() }),
    );
    return new Flow(job, helpers, this.#along);
  }

  /** How many others work on so many activities. */
  #others(activities: number): number {
    return this.shares(activities) ? this.#size - (this.#along ? 1 : 0) : 0;
  }

  async #workAlong(shared: Shared, signal?: AbortSignal): Promise<void> {
    await yieldToOthers();
    const doer = ready(shared.job, shared.work);
    while (takePart(shared, doer)) {
      if (signal?.aborted) return;
      await yieldToOthers();
    }
  }

  /** So many threads; those that ended are started anew. */
  #started(count: number): Thread[] {
    this.#threads = this.#threads.filter(({ ended }) => !ended);
    while (this.#threads.length < count) this.#threads.push(new Thread(this.#entry!));
    return this.#threads.slice(0, count);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
    this.#threads = [];
  }
}

const TAKEN = 0;
const DONE = 1;
const newCounts = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

/** Does the next part that nobody has taken. @returns whether there was one */
function takePart({ parts, counts }: Shared, doer: Doer): boolean {
  const part = Atomics.add(counts, TAKEN, 1);
  if (part >= parts) return false;
  doer(part);
  Atomics.add(counts, DONE, 1);
  return true;
}

/** A thread that stays. It does not keep the process from ending. */
class Thread {
  ended = false;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #asked = 0;

  constructor(entry: URL) {
    this.#worker = new Worker(entry, { workerData: { team: true } satisfies TeamJob });
    this.#worker.on('message', ({ number, error }: Told) => {
      const { resolve, reject } = this.#waiting.get(number)!;
      this.#waiting.delete(number);
      this.#rest();
      if (error === undefined) resolve();
      else reject(new OutsideError(`a thread failed: ${error}`));
    });
    this.#worker.on('error', (error) => this.#end(new OutsideError(`a thread failed: ${messageOf(error)}`)));
    this.#worker.on('exit', () => this.#end(new OutsideError('a thread ended before its work was done')));
    this.#worker.unref();
  }

  ask(shared: Shared): Promise<void> {
    const number = ++this.#asked;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, shared } satisfies Asked);
    });
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

/** What a thread of a team does until it is ended. */
export function serveTeam(port: MessagePort): void {
  port.on('message', ({ number, shared }: Asked) => {
    const told: Told = { number };
    try {
      const doer = ready(shared.job, shared.work);
      while (takePart(shared, doer));
    } catch (error) {
      told.error = messageOf(error);
    }
    port.postMessage(told);
  });
}
