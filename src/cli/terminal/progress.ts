/** How far a long job is, on a terminal, once it has taken a second. */
import type { Stream } from '../io.ts';
import { bar, counted, padded } from './text.ts';

const PATIENCE_MS = 1000;
const BETWEEN_MS = 100;
const BAR = 24;

export class Progress {
  readonly #stream: Stream;
  readonly #started = performance.now();
  #shown = 0;
  #visible = false;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** @param share how much is done, 0 … 1; null when nobody knows */
  async at(what: string, done: number, share: number | null): Promise<void> {
    const now = performance.now();
    if (this.#stream.width === null || now - this.#started < PATIENCE_MS || now - this.#shown < BETWEEN_MS)
      return;
    this.#shown = now;
    this.#visible = true;
    const gauge = share === null ? '' : ` ${padded(bar(share, BAR), BAR)}▏${Math.floor(share * 100)} %`;
    await this.#stream.write(`\r\u001b[K${what} ${counted(done)}${gauge}`);
  }

  /** Takes the line away, before anything else is written. */
  async clear(): Promise<void> {
    if (!this.#visible) return;
    this.#visible = false;
    await this.#stream.write('\r\u001b[K');
  }
}
