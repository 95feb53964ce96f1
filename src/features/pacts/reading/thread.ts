/** A thread that reads long texts, so that whoever else is served does not wait for them. */
import { type MessagePort, Worker } from 'node:worker_threads';
import { EditError } from '#engine/pact/edit/apply.ts';
import { PactError, type Problem } from '#engine/pact/problem.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { answers, type Questions } from './questions.ts';

/** What the thread is started with. */
export type ReadingJob = { reading: true };

type Kind = keyof Questions;
type Asked = { number: number; kind: Kind; asked: never };
/** What is wrong with the text, or with what was asked of it, comes back as what it is. */
type Told = { number: number } & (
  | { answer: unknown }
  | { problems: readonly Problem[] }
  | { unedited: string }
  | { error: string }
);

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

export class ReadingThread {
  ended = false;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** @param entry the module that threads are started with */
  constructor(entry: URL) {
    this.#worker = new Worker(entry, { workerData: { reading: true } satisfies ReadingJob });
    this.#worker.on('message', (told: Told) => this.#hear(told));
    this.#worker.on('error', (error) => this.#end(messageOf(error)));
    this.#worker.on('exit', () => this.#end('it ended before its work was done'));
    this.#worker.unref(); // nobody waits for it
  }

  ask<K extends Kind>(kind: K, asked: Questions[K]['asked']): Promise<Questions[K]['answer']> {
    const number = ++this.#asked;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      this.#worker.postMessage({ number, kind, asked } as Asked);
    });
  }

  close(): Promise<unknown> {
    this.ended = true;
    this.#worker.ref(); // or the process may end before the thread has
    return this.#worker.terminate();
  }

  #hear(told: Told): void {
    const { resolve, reject } = this.#waiting.get(told.number)!;
    this.#waiting.delete(told.number);
    if (this.#waiting.size === 0 && !this.ended) this.#worker.unref();
    if ('answer' in told) resolve(told.answer);
    else if ('problems' in told) reject(new PactError('pact', told.problems));
    else if ('unedited' in told) reject(new EditError(told.unedited));
    else reject(new OutsideError(`a thread failed to read a text: ${told.error}`));
  }

  #end(why: string): void {
    this.ended = true;
    for (const { reject } of this.#waiting.values())
      reject(new OutsideError(`a thread that read a text failed: ${why}`));
    this.#waiting.clear();
  }
}

/** What the thread does until it is ended. */
export function serveReading(port: MessagePort): void {
  port.on('message', async ({ number, kind, asked }: Asked) => {
    port.postMessage({ number, ...(await answered(kind, asked)) });
  });
}

async function answered(kind: Kind, asked: never): Promise<object> {
  try {
    return { answer: await answers[kind](asked) };
  } catch (error) {
    if (error instanceof PactError) return { problems: error.problems };
    if (error instanceof EditError) return { unedited: error.message };
    return { error: messageOf(error) };
  }
}
