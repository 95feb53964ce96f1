/** A short mark of many occurrences, the same in whatever order they are: tells whether they are still the same ones. */

import type { Occurrence } from '#engine/ladder/occurrence.ts';
import { canonicalJson } from '#engine/pact/digest.ts';

export type Mark = { count: number; sum: number };

export const NOTHING: Mark = { count: 0, sum: 0 };

/** Small enough that two of them added are still a whole number to the last digit. */
const SUMS = 2 ** 52;

export function markOf(occurrences: readonly Occurrence[], before = NOTHING): Mark {
  let { sum } = before;
  for (const one of occurrences) sum = (sum + hashOf(one)) % SUMS;
  return { count: before.count + occurrences.length, sum };
}

export const sameMark = (a: Mark, b: Mark): boolean => a.count === b.count && a.sum === b.sum;

/** 52 bits of what makes an occurrence itself (cyrb53, by bryc, in the public domain: two multiplying 32-bit hashes). */
function hashOf(one: Occurrence): number {
  const text = `${one.kind}:${one.at}:${one.kind === 'attributes' ? canonicalJson(one.values) : one.id}`;
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 2 ** 32 * (0xfffff & b) + (a >>> 0);
}
