/**
 * Chance that can be repeated: sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32.
 *
 * Every account and every lead has a generator of its own, made from the seed, a stream and its number, so that a
 * lead is a pure function of those three and a million of them need no memory.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number, stream: number, index: number) {
    this.a = mix(seed ^ 0x9e3779b9);
    this.b = mix(this.a ^ Math.imul(stream + 1, 0x85ebca6b));
    this.c = mix(this.b ^ Math.imul(index + 1, 0xc2b2ae35));
    for (let i = 0; i < 12; i++) this.next();
  }

  /** At least 0, less than 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  }

  /** A whole number, 0 … n − 1. */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)]!;
  }

  /** One key of a table of weights. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const keys = Object.keys(weights) as K[];
    let rest = this.next() * keys.reduce((sum, key) => sum + weights[key], 0);
    for (const key of keys) {
      rest -= weights[key];
      if (rest < 0) return key;
    }
    return keys[keys.length - 1]!;
  }

  /** Near enough to a standard normal: twelve uniforms, less six. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.next();
    return sum;
  }

  /** Median `median`; one standard deviation up multiplies by `e^spread`. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  poisson(mean: number): number {
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > floor; product *= this.next()) count++;
    return count;
  }
}

function mix(x: number): number {
  let z = (x + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) | 0;
}
