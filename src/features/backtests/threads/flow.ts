/** Work that comes bit by bit, each bit done by a thread that is free while more still comes. */
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { type JobName, ready, type Work } from './jobs.ts';

/** Whoever does a bit of work elsewhere. */
export type Helper<Job extends JobName> = (job: Job, work: Work<Job>) => Promise<void>;

/** So much is given to each ahead of time, that nobody waits for more. */
const AHEAD = 2;

/** Work that waits for somebody, and whoever waits for it to be done. */
type Waiting<Job extends JobName> = { work: Work<Job>; done: () => void; failed: (error: unknown) => void };

export class Flow<Job extends JobName> {
  readonly #job: Job;
  /** Others who do it, and how much each has in hand. */
  readonly #others: { helper: Helper<Job>; inHand: number }[];
  /** Whether whoever asks works along, when the others have enough in hand. */
  readonly #along: boolean;
  readonly #waiting: Waiting<Job>[] = [];
  readonly #all: Promise<void>[] = [];

  /** @param others nobody, where all is to be done at once by whoever asks */
  constructor(job: Job, others: readonly Helper<Job>[], along: boolean) {
    this.#job = job;
    this.#others = others.map((helper) => ({ helper, inHand: 0 }));
    this.#along = along || others.length === 0;
  }

  /** @returns when it is done */
  push(work: Work<Job>): Promise<void> {
    const pushed = new Promise<void>((done, failed) => {
      this.#waiting.push({ work, done, failed });
    });
    pushed.catch(() => undefined); // told at the end
    this.#all.push(pushed);
    this.#handOut();
    if (this.#along && this.#waiting.length > 0) this.#doOne();
    return pushed;
  }

  /**
   * When all is done.
   * @throws what a part of it failed with
   */
  async end(): Promise<void> {
    while (this.#along && this.#waiting.length > 0) {
      this.#doOne();
      await yieldToOthers();
    }
    await Promise.all(this.#all);
  }

  #doOne(): void {
    const { work, done, failed } = this.#waiting.shift()!;
    try {
      ready(this.#job, work)(0);
      done();
    } catch (error) {
      failed(error);
    }
  }

  #handOut(): void {
    for (const other of this.#others) {
      while (other.inHand < AHEAD && this.#waiting.length > 0) this.#hand(other, this.#waiting.shift()!);
    }
  }

  #hand(other: { helper: Helper<Job>; inHand: number }, { work, done, failed }: Waiting<Job>): void {
    other.inHand++;
    other
      .helper(this.#job, work)
      .then(done, failed)
      .finally(() => {
        other.inHand--;
        this.#handOut();
      });
  }
}
