/** What is still to happen, the earliest first. */
import type { Instant } from '#engine/facts/facts.ts';

export type Event = { at: Instant; happen: () => Promise<unknown> };

export class Agenda {
  /** The latest first, so that the next is at the end. */
  readonly #events: Event[] = [];

  add(event: Event): void {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.at > event.at) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, event);
  }

  /** When the next thing happens; null when nothing more does. */
  get next(): Instant | null {
    return this.#events.at(-1)?.at ?? null;
  }

  take(): Event | null {
    return this.#events.pop() ?? null;
  }
}
