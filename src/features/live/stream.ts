/** A stream of server-sent events, as text: what happens, a sign of life now and then, and an end. */
import type { LiveEvent } from '#contract/live.ts';
import type { Told } from './feed.ts';

export type Pace = {
  /** Milliseconds between signs of life. */
  beat: number;
  /** Milliseconds between looks whether the reader may still see this. */
  look: number;
};

export const PACE: Pace = { beat: 15_000, look: 30_000 };
/** Who is so far behind is sent away, and comes back for what was missed. */
const MOST_WAITING = 500;
/** Milliseconds after which a reader who was cut off comes back. */
const COME_BACK = 2_000;

/** After these a reader may not be one any more: it is looked at once. */
const unsettling = /^(member\.(left|changed)|api_key\.revoked)$/;

const RESYNC = 'event: resync\ndata: {}\n\n';

export class EventStream {
  readonly #pace: Pace;
  readonly #mayStay: () => Promise<boolean>;
  #waiting: string[] = [`retry: ${COME_BACK}\n\n`];
  #ended = false;
  #unsettled = false;
  #wake = Promise.withResolvers<void>();

  constructor(pace: Pace, mayStay: () => Promise<boolean>) {
    this.#pace = pace;
    this.#mayStay = mayStay;
  }

  /** Tells an event; null: some were missed. */
  readonly tell = (told: Told | null): void => {
    if (this.#waiting.length >= MOST_WAITING) this.end();
    else this.#waiting.push(told === null ? RESYNC : said(told));
    if (told !== null && unsettling.test(told.event.kind)) this.#unsettled = true;
    this.#wake.resolve();
  };

  readonly end = (): void => {
    this.#ended = true;
    this.#wake.resolve();
  };

  /** The text, for as long as it is read. */
  async *text(): AsyncGenerator<string> {
    let looked = performance.now();
    while (!this.#ended) {
      if (this.#unsettled || performance.now() - looked >= this.#pace.look) {
        this.#unsettled = false;
        looked = performance.now();
        if (!(await this.#mayStay())) return;
      }
      const text = this.#waiting.join('');
      this.#waiting = [];
      this.#wake = Promise.withResolvers();
      yield text === '' ? ': here\n\n' : text;
      if (this.#waiting.length === 0 && !this.#ended) await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    const beat = Promise.withResolvers<void>();
    const timer = setTimeout(beat.resolve, this.#pace.beat);
    await Promise.race([this.#wake.promise, beat.promise]);
    clearTimeout(timer);
  }
}

const said = ({ id, event }: Told): string =>
  `id: ${id}\ndata: ${JSON.stringify(event satisfies LiveEvent)}\n\n`;
