/** One printing of a file's verdicts: its head, its rows as they come, and its tail, whatever happens in between. */
import type { Stream } from '../io.ts';
import { noTally, type ScoreJob, type Tally } from './job.ts';
import { type Printer, printerFor } from './printer.ts';

export class Printout {
  readonly #out: Stream;
  readonly #tally = noTally();
  #job: ScoreJob;
  #printer: Printer;
  #headed = false;
  #any = false;

  constructor(job: ScoreJob, out: Stream) {
    this.#job = job;
    this.#out = out;
    this.#printer = printerFor(job);
  }

  /** Once it is known how much room ids take; returns the job with it. */
  begin(idWidth: number): ScoreJob {
    this.#job = { ...this.#job, idWidth };
    this.#printer = printerFor(this.#job);
    return this.#job;
  }

  /** How many have been printed. */
  get leads(): number {
    return Object.values(this.#tally).reduce((sum, n) => sum + n, 0);
  }

  async add(text: string, tally: Tally): Promise<void> {
    await this.#head();
    for (const verdict of Object.keys(tally) as (keyof Tally)[]) this.#tally[verdict] += tally[verdict];
    if (text === '') return;
    await this.#out.write(this.#any ? this.#printer.between + text : text);
    this.#any = true;
  }

  async end(): Promise<void> {
    await this.#head();
    await this.#out.write(this.#printer.tail(this.#tally));
  }

  async #head(): Promise<void> {
    if (this.#headed) return;
    this.#headed = true;
    await this.#out.write(this.#printer.head());
  }
}
