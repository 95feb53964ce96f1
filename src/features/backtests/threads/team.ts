/**
 * Threads that stay: started once, then each takes the next part of whatever is to be done until none is left. However
 * many there are, the result is the same.
 */
import { availableParallelism } from 'node:os';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Database, TransactionOptions } from '#platform/db/database.ts';
import type { Copy, Query } from '#platform/db/transaction.ts';
import { type JobName, ready, type TakerName, type ToldBy, type Work } from './jobs.ts';
import {
  DONE,
  newCounts,
  type Parts,
  type Reading,
  type ReadingPlace,
  type Rows,
  readRanges,
  type Sharing,
  TAKEN,
  Thread,
  takePart,
} from './thread.ts';

const MOST_THREADS = 8;
/** Below so many activities work costs more to hand out than to do: nobody else is asked. */
const WORTH_SHARING = 250_000;
const LOOK = 100;

export type Watch = {
  /** How much is done, from 0 to 1. */
  progress?: (share: number) => void;
  /** Ends it early. */
  signal?: AbortSignal;
};

export type TeamOptions = {
  /** Whether the thread that asks works along; otherwise it stays free for others. */
  along: boolean;
  /** How many threads; as many as there are processors, when left out, but not very many. */
  size?: number;
  /** Where threads read by themselves. */
  database?: Database;
};

/** The transaction of whoever asks, in whose snapshot is read. */
export type Transaction = { workspace: string; options: TransactionOptions; query: Query; copy: Copy };

export class Team {
  readonly #entry: URL | null;
  readonly #size: number;
  readonly #along: boolean;
  readonly #database: Database | null;
  #threads: Thread[] = [];

  /** @param entry the module that threads are started with; null keeps everything in the thread that asks */
  constructor(entry: URL | null, { along, size, database }: TeamOptions) {
    this.#entry = entry;
    this.#along = along;
    this.#size = size ?? Math.min(MOST_THREADS, availableParallelism());
    this.#database = database ?? null;
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
    const sharing: Sharing<Job> = { job, work, parts, counts: newCounts() };
    const others = Math.min(parts, this.#others(activities));
    const elsewhere = Promise.all(this.#started(others).map((thread) => thread.ask(sharing).done));
    elsewhere.catch(() => undefined); // told below, if it was not done without them
    const carryOut = async (): Promise<void> => {
      if (this.#along || others === 0) await workAlong(sharing, signal);
      if (Atomics.load(sharing.counts, DONE) < parts) await elsewhere;
    };
    await watched(sharing, { progress, signal }, carryOut());
  }

  /**
   * Has rows read and dealt with; by threads, on connections of their own, if they are of so many activities that this is
   * worth it.
   * @returns when the transaction of whoever asks is no longer needed: what is still to be waited for, with what each who
   * read has to tell
   */
  async read<Name extends TakerName>(
    rows: Rows<Name>,
    from: Transaction,
    activities: number,
    watch: Watch = {},
  ): Promise<{ done: Promise<ToldBy<Name>[]> }> {
    const reading: Reading<Name> = { ...rows, parts: rows.ranges.length, counts: newCounts() };
    const others = Math.min(reading.parts, this.#others(activities));
    const place = others > 0 ? await this.#placeOf(from) : null;
    if (place !== null) {
      const answers = this.#started(others).map((thread) => thread.ask({ read: reading, place }));
      const begun = await Promise.allSettled(answers.map((answer) => answer.begun));
      const readers = answers.filter((_, i) => begun[i]!.status === 'fulfilled');
      if (readers.length > 0) {
        const told = Promise.all(readers.map((reader) => reader.done as Promise<ToldBy<Name>>));
        const done = watched(reading, watch, told);
        done.catch(() => undefined); // told to whoever waits for it
        return { done };
      }
    }
    const { told } = await watched(reading, watch, readRanges(reading, from.copy));
    return { done: Promise.resolve([told]) };
  }

  /** Where threads see what a transaction sees; null where they cannot. */
  async #placeOf({ workspace, options, query }: Transaction): Promise<ReadingPlace | null> {
    const address = this.#database?.address(1) ?? null;
    if (address === null || address.citus) return null; // one snapshot is of one server
    const [exported] = await query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot');
    return { address, workspace, options: { ...options, snapshot: exported!.snapshot } };
  }

  /** How many others work on so many activities. */
  #others(activities: number): number {
    return this.shares(activities) ? this.#size - (this.#along ? 1 : 0) : 0;
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

/**
 * Waits for parts to be done, tells how many are, and has no more of them taken once they are not wanted.
 * @throws what the signal was aborted with
 */
async function watched<T>(
  { parts, counts }: Parts,
  { progress, signal }: Watch,
  done: Promise<T>,
): Promise<T> {
  const watching = setInterval(() => {
    if (signal?.aborted) Atomics.store(counts, TAKEN, parts);
    progress?.(Atomics.load(counts, DONE) / parts);
  }, LOOK);
  try {
    const told = await done;
    signal?.throwIfAborted();
    return told;
  } finally {
    clearInterval(watching);
  }
}

async function workAlong(sharing: Sharing, signal?: AbortSignal): Promise<void> {
  await yieldToOthers();
  const doer = ready(sharing.job, sharing.work);
  while (takePart(sharing, doer)) {
    if (signal?.aborted) return;
    await yieldToOthers();
  }
}
