/** Repeatable chance: the same seed, the same history, on every machine (xorshift32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0 || 1;
  }

  /** A whole number from 0 up to, not including, `below`. */
  whole(below: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (((x >>> 0) * below) / 4_294_967_296) | 0;
  }

  /** A number from 0 up to 1. */
  part(): number {
    return this.whole(1 << 30) / (1 << 30);
  }

  one<T>(of: readonly T[]): T {
    return of[this.whole(of.length)]!;
  }
}
