/** Who judges portions: this thread at first, further ones once a file turns out to be long. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { messageOf, OutsideError } from '#platform/errors.ts';
import type { ThreadJob } from '../thread.ts';
import type { Portion, Scored, ScoreJob } from './job.ts';
import { Scorer } from './scorer.ts';

/** Starting a thread costs about as much as judging so many portions. */
const WORTH_A_THREAD = 12;
const MOST_THREADS = 8;

export class Judges {
  readonly #job: ScoreJob;
  readonly #here: Scorer;
  readonly #entry: URL | null;
  #judged = 0;
  #threads: Thread[] = [];

  /** @param entry the module that threads are started with; null keeps everything in this one */
  constructor(job: ScoreJob, entry: URL | null) {
    this.#job = job;
    this.#here = new Scorer(job);
    this.#entry = availableParallelism() > 1 ? entry : null;
  }

  /** How many portions may wait for their verdicts without anybody being idle. */
  get room(): number {
    return this.#threads.length * 2;
  }

  /** The portion is given away: it is not to be read afterwards. */
  async judge(portion: Portion): Promise<Scored> {
    if (this.#entry !== null && ++this.#judged === WORTH_A_THREAD) this.#start(this.#entry);
    if (this.#threads.length === 0) return this.#here.score(portion);
    return this.#threads.reduce((a, b) => (b.waiting < a.waiting ? b : a)).judge(portion);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #start(entry: URL): void {
    const count = Math.min(MOST_THREADS, availableParallelism());
    this.#threads = Array.from({ length: count }, () => new Thread(entry, this.#job));
  }
}

type Waiting = { resolve: (scored: Scored) => void; reject: (error: Error) => void };

class Thread {
  readonly #worker: Worker;
  /** Answers come in the order of the questions. */
  readonly #waiting: Waiting[] = [];
  #failure: Error | null = null;

  constructor(entry: URL, job: ScoreJob) {
    this.#worker = new Worker(entry, { workerData: { score: job } satisfies ThreadJob });
    this.#worker.on('message', (scored: Scored) => this.#waiting.shift()?.resolve(scored));
    this.#worker.on('error', (error) => this.#fail(new OutsideError(`a thread failed: ${messageOf(error)}`)));
    this.#worker.on('exit', () => this.#fail(new OutsideError('a thread ended before its work was done')));
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  judge(portion: Portion): Promise<Scored> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(portion, [
        portion.bounds.buffer as ArrayBuffer,
        portion.places.buffer as ArrayBuffer,
      ]);
    });
  }

  async close(): Promise<void> {
    this.#waiting.length = 0;
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
