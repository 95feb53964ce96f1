/**
 * Threads that stay, for replays: started once, then each takes the next part of whatever is to be replayed until none
 * is left. However many there are, the result is the same.
 */
import { availableParallelism } from 'node:os';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { LeadColumns } from '#engine/replay/columns.ts';
import type { Tracks } from '#engine/replay/fast/tracks.ts';
import { evenParts, type Replayer, type ReplayWork, replayer, replayWork } from '#engine/replay/fast.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';

const MOST_THREADS = 8;
/** Below so many activities a part costs more to hand out than to do: nobody else is asked. */
const WORTH_SHARING = 250_000;
/** A part has about so many: enough parts that all end at about the same time, and that progress shows. */
const PART = 100_000;
const LOOK = 100;

/** What a thread that stays was started with, and what it is then asked. */
export type TeamJob = { team: true };
/** `counts` are the parts handed out and those done: whoever takes one adds to the first, and then to the second. */
type Shared = { work: ReplayWork; bounds: Uint32Array; counts: Int32Array };
type Asked = { number: number; shared: Shared };
type Told = { number: number; error?: string };

export type Replay = {
  columns: LeadColumns;
  pact: Pact;
  until: Instant;
  /** The leads from the first up to, not including, this one; all when left out. */
  leads?: number;
};

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

  /**
   * For each lead when it became an MQL under the pact, and how it stands at the end. Columns must be in memory that
   * threads share, if there are many.
   * @throws what the signal was aborted with
   */
  async replay({ columns, pact, until, leads }: Replay, { progress, signal }: Watch = {}): Promise<Tracks> {
    signal?.throwIfAborted();
    const { starts } = columns.activities;
    const count = leads ?? starts.length - 1;
    const activities = starts[count]!;
    const others =
      this.#entry === null || activities < WORTH_SHARING ? 0 : this.#size - (this.#along ? 1 : 0);
    const shared = layOut({ columns, pact, until }, count, others > 0);
    const { bounds, counts, work } = shared;
    const parts = bounds.length - 1;
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
    return work.tracks;
  }

  async #workAlong(shared: Shared, signal?: AbortSignal): Promise<void> {
    const replay = replayer(shared.work);
    while (takePart(shared, replay)) {
      if (signal?.aborted) return;
      if (!this.#along) await yieldToOthers();
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

function layOut({ columns, pact, until }: Replay, leads: number, shared: boolean): Shared {
  const work = replayWork(columns, pact, until, shared);
  const parts = Math.max(1, Math.ceil(columns.activities.starts[leads]! / PART));
  const bounds = Uint32Array.from(evenParts(work.numbers, parts, leads));
  return { work, bounds, counts: new Int32Array(new SharedArrayBuffer(8)) };
}

const TAKEN = 0;
const DONE = 1;

/** Does the next part that nobody has taken. @returns whether there was one */
function takePart({ bounds, counts }: Shared, replay: Replayer): boolean {
  const part = Atomics.add(counts, TAKEN, 1);
  if (part + 1 >= bounds.length) return false;
  replay(bounds[part]!, bounds[part + 1]!);
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
      const replay = replayer(shared.work);
      while (takePart(shared, replay));
    } catch (error) {
      told.error = messageOf(error);
    }
    port.postMessage(told);
  });
}
