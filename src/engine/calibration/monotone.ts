import type { Tally } from './evidence.ts';

/**
 * Joins neighbours whose rates run against the direction, until none do (pool adjacent violators, which is the
 * least-squares monotone fit).
 */
export function joinViolators<T extends Tally>(items: T[], join: (a: T, b: T) => T, direction: 1 | -1): T[] {
  const pooled: T[] = [];
  for (const item of items) {
    let last = item;
    while (pooled.length > 0 && (rate(last) - rate(pooled.at(-1)!)) * direction <= 0) {
      last = join(pooled.pop()!, last);
    }
    pooled.push(last);
  }
  return pooled;
}

const rate = ({ n, won }: Tally): number => won / n;
