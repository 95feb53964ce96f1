import { type Entry, type Refused, refusedEvent } from '#features/intake/entry.ts';
import type { IntakeMeters } from '#features/intake/meters.ts';
import {
  type Group,
  type Outcome,
  type Request,
  RequestQueue,
  type Standing,
} from '#features/intake/queue.ts';
import { type Fates, type Intaken, Repeated, type Stored, storeEntries } from '#features/intake/store.ts';
import type { Recognition } from '#features/leads/identity/recognise.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { Contended, DatabaseAway, OutcomeUnknown } from '#platform/db/faults.ts';
import { messageOf } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

export type GroupCommitOptions = {
  database: Database;
  recognition: Recognition;
  clock: Clock;
  log: Log;
  meters: IntakeMeters;
  /** Called after each commit: there is something for the workers to do. */
  committed?: () => void;
};

/** Two commits under way at once: while one waits for the disk, the other gathers and writes. More bring nothing. */
const WRITERS = 2;
const LIMITS = { requests: 200, events: 2_000 };
/**
 * The most that may wait; beyond it a client is asked to come back. One workspace may fill half of it: whatever it
 * sends, there is room for what others do.
 */
const FULL: Standing = { count: 10_000, bytes: 32 * 1024 * 1024 };
const EACH: Standing = { count: FULL.count / 2, bytes: FULL.bytes / 2 };
/** Clients give up after ten seconds: whoever waits this long is told to come back, while there is somebody to tell. */
const PATIENCE = 8_000;
const LOOK_EVERY = 1_000;
/** Each time, somebody else was quicker with the same messages. */
const MOST_TRIES = 5;

/** Nothing more can be taken in just now. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/**
 * Commits the events of many requests together: one transaction costs the disk the same, however much is in it. A
 * request is answered after the commit that its events are in.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #queue = new RequestQueue();
  readonly #watch: NodeJS.Timeout;
  readonly #writing = new Set<Promise<void>>();

  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#watch = setInterval(() => this.#sendAwayWhoWaitedLong(), LOOK_EVERY);
    this.#watch.unref();
  }

  /** Whether there is room for so many bytes more, whosever they are. */
  hasRoom(bytes: number): boolean {
    return fits(bytes, this.#queue.standing, FULL);
  }

  /**
   * Stores a request's events.
   * @throws Overloaded, DatabaseAway, OutcomeUnknown, Contended: in each case the client is to send them again
   */
  commit(workspace: string, bytes: number, intaken: Intaken): Promise<Outcome> {
    if (!this.hasRoom(bytes) || !fits(bytes, this.#queue.standingOf(workspace), EACH))
      return Promise.reject(new Overloaded('Too much waits to be stored.'));
    return new Promise((done, failed) => {
      this.#queue.add({ ...intaken, workspace, bytes, done, failed });
      if (this.#writing.size < WRITERS) this.#start();
    });
  }

  /** Waits until everything that was taken is committed. */
  async drain(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing);
    clearInterval(this.#watch);
  }

  #start(): void {
    const writing = this.#write().finally(() => {
      this.#writing.delete(writing);
      if (this.#queue.standing.count > 0 && this.#writing.size < WRITERS) this.#start();
    });
    this.#writing.add(writing);
  }

  async #write(): Promise<void> {
    for (let group = this.#queue.next(LIMITS); group !== null; group = this.#queue.next(LIMITS)) {
      await this.#settle(group);
    }
  }

  async #settle(group: Group): Promise<void> {
    const end = this.#options.meters.commit.startTimer();
    try {
      const { fates } = await this.#store(group.workspace, group.requests);
      for (const { done } of group.requests) done({ fates, refused: [] });
    } catch (error) {
      if (isPassing(error)) for (const { failed } of group.requests) failed(error);
      else await this.#settleApart(group, error);
    } finally {
      end();
    }
  }

  /** Something in the group cannot be stored. The others are not to suffer: each request, then each event, on its own. */
  async #settleApart({ workspace, requests }: Group, error: unknown): Promise<void> {
    if (requests.length > 1) {
      for (const request of requests) await this.#settle({ workspace, requests: [request] });
      return;
    }
    const request = requests[0]!;
    this.#options.log.error(
      { err: error, workspace },
      'Events could not be stored together; those that can are',
    );
    try {
      request.done(await this.#sift(request));
    } catch (failure) {
      request.failed(failure);
    }
  }

  /** Stores what can be stored of a request, by halves, and puts the rest into quarantine. */
  async #sift(request: Request): Promise<Outcome> {
    const { workspace, writeKey, receivedAt } = request;
    const fates: Fates = new Map();
    const refused: Refused[] = [];
    const store = async (entries: readonly Entry[]): Promise<void> => {
      try {
        const stored = await this.#store(workspace, [{ writeKey, receivedAt, entries, refused: [] }]);
        for (const [entry, fate] of stored.fates) fates.set(entry, fate);
      } catch (error) {
        if (isPassing(error)) throw error;
        const [only] = entries;
        if (entries.length === 1) {
          refused.push(
            refusedEvent(only!.index, only!.raw, 'not_storable', 'it could not be stored; the log knows why'),
          );
          return;
        }
        const half = Math.ceil(entries.length / 2);
        await store(entries.slice(0, half));
        await store(entries.slice(half));
      }
    };
    if (request.entries.length > 0) await store(request.entries);
    await this.#store(workspace, [
      { writeKey, receivedAt, entries: [], refused: [...request.refused, ...refused] },
    ]);
    return { fates, refused };
  }

  /**
   * Stores; and stores again, looking first what is there, when messages turn out to have come in before, or the
   * connection was lost during COMMIT: what had been committed then is found by its key, and what had not is stored.
   */
  async #store(workspace: string, requests: readonly Intaken[]): Promise<Stored> {
    const { recognition, database, clock } = this.#options;
    const sightings = requests.flatMap(({ entries }) => entries.map(({ sighting }) => sighting));
    const store = async (looked: boolean): Promise<Stored> => {
      const prepared = await recognition.prepare(workspace, sightings);
      return database.inWorkspace(workspace, (_, query) =>
        storeEntries({ query, workspace, now: clock() }, requests, recognition, prepared, looked),
      );
    };
    for (let tries = 1; ; tries++) {
      try {
        const stored = await store(tries > 1);
        stored.remember();
        this.#options.committed?.();
        return stored;
      } catch (error) {
        if (!(error instanceof Repeated || error instanceof OutcomeUnknown)) throw error;
        if (tries === MOST_TRIES) throw new Contended(messageOf(error), { cause: error });
      }
    }
  }

  #sendAwayWhoWaitedLong(): void {
    for (const { failed } of this.#queue.takeOlder(this.#options.clock() - PATIENCE)) {
      failed(new Overloaded(`Waited ${PATIENCE} ms to be stored.`));
    }
  }
}

const fits = (bytes: number, { count, bytes: waiting }: Standing, most: Standing): boolean =>
  count < most.count && (count === 0 || waiting + bytes <= most.bytes);

/** Whether it passes: the same events may well be stored in a while. */
const isPassing = (error: unknown): boolean =>
  [DatabaseAway, OutcomeUnknown, Contended].some((kind) => error instanceof kind);
