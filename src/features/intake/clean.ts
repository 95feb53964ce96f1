/**
 * JSON from strangers, made safe to keep: PostgreSQL's jsonb takes neither NUL nor lone surrogates, a merge of objects
 * must not meet `__proto__`, and neither depth nor breadth may be without end.
 */

const DEEPEST = 64;
const MOST_KEYS = 1_000;

/** Names that reach for an object's prototype; dropped, for no honest trait is called so. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** Why a value cannot be kept. */
export class UncleanError extends Error {
  override readonly name = 'UncleanError';
  readonly code: 'too_deep' | 'too_many_keys';

  constructor(code: 'too_deep' | 'too_many_keys', message: string) {
    super(message);
    this.code = code;
  }
}

/** A copy without what cannot be stored. Throws an `UncleanError` over 64 levels or 1,000 keys. */
export function clean(value: unknown): unknown {
  let keys = 0;
  const walk = (one: unknown, depth: number): unknown => {
    if (typeof one === 'string') return cleanText(one);
    if (typeof one === 'number') return Number.isFinite(one) ? one : null;
    if (typeof one !== 'object' || one === null) return one;
    if (depth >= DEEPEST) {
      throw new UncleanError('too_deep', `nested more than ${DEEPEST} levels deep`);
    }
    if (Array.isArray(one)) {
      keys += one.length;
      check(keys);
      return one.map((part) => walk(part, depth + 1));
    }
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(one)) {
      if (RESERVED.has(key)) continue;
      check(++keys);
      copy[cleanText(key)] = walk((one as Record<string, unknown>)[key], depth + 1);
    }
    return copy;
  };
  return walk(value, 0);
}

/** Text without NUL; a lone surrogate becomes the replacement character. */
export const cleanText = (text: string): string =>
  (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed();

function check(keys: number): void {
  if (keys > MOST_KEYS)
    throw new UncleanError('too_many_keys', `more than ${MOST_KEYS} keys and list entries`);
}
