/** Three values of one thing, and what both sides' changes of it make together. */
import { same } from '../diff/change.ts';

/** Both sides changed it, each otherwise. */
export const CONFLICT = Symbol('conflict');

/** Rules, and the lists within a clause, are one statement each: they are taken whole or not at all. */
const WHOLE = new Set(['when', 'levels']);

type Values = Record<string, unknown>;
const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a value becomes; undefined stands for its absence. */
export function mergeValues(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (equal(ours, theirs)) return ours;
  if (equal(ours, base)) return theirs;
  if (equal(theirs, base)) return ours;
  if (!isValues(base) || !isValues(ours) || !isValues(theirs)) return CONFLICT;
  const merged: Values = {};
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const value = WHOLE.has(key)
      ? whole(base[key], ours[key], theirs[key])
      : mergeValues(base[key], ours[key], theirs[key]);
    if (value === CONFLICT) return CONFLICT;
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

function whole(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (equal(ours, theirs) || equal(theirs, base)) return ours;
  return equal(ours, base) ? theirs : CONFLICT;
}

const equal = (a: unknown, b: unknown): boolean => a === b || same(a, b);
