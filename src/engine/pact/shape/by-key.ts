import type { Entry } from '../source/tree.ts';
import { nearest, suggest } from './nearest.ts';
import { type Shape, unwanted } from './shape.ts';

type Advice = {
  /** What to do when two of the keys are there. */
  both?: string;
  /** Keys that belong elsewhere, and where. */
  elsewhere?: Record<string, string>;
};

/** Objects told apart by the one key that only each of them has. */
export function byKey<T extends object>(
  wanted: string,
  variants: Record<string, Shape<T>>,
  { both, elsewhere = {} }: Advice = {},
): Shape<T> {
  const keys = Object.keys(variants);
  return {
    wanted,
    read(node, path, reading) {
      if (node.kind !== 'map' || node.entries.length === 0) {
        return unwanted(this, node, path, reading, { hint: `one of ${keys.join(', ')}` });
      }
      const [first, second] = node.entries.filter(({ key }) => Object.hasOwn(variants, key));
      if (first === undefined) {
        const { at, hint } = amiss(node.entries, keys, elsewhere);
        return unwanted(this, { ...node, at }, path, reading, { hint });
      }
      if (second !== undefined) {
        const found = `both ${first.key} and ${second.key}`;
        const there = { ...node, at: second.at };
        return unwanted({ wanted: 'one of them' }, there, path, reading, { found, hint: both });
      }
      return (variants[first.key] as Shape<T>).read(node, path, reading);
    },
    schema: (definitions) => ({ anyOf: keys.map((key) => (variants[key] as Shape<T>).schema(definitions)) }),
    brief: (value) => {
      const key = keys.find((one) => one in value) as string;
      return (variants[key] as Shape<T>).brief(value);
    },
  };
}

/** Which key is most likely to blame when none is the right one: a slip of the pen, one out of place, the first. */
function amiss(
  entries: readonly Entry[],
  keys: readonly string[],
  elsewhere: Record<string, string>,
): { at: number; hint: string } {
  const slip = entries.find(({ key }) => nearest(key, keys) !== null);
  const stray = entries.find(({ key }) => Object.hasOwn(elsewhere, key));
  if (slip === undefined && stray !== undefined)
    return { at: stray.at, hint: elsewhere[stray.key] as string };
  const { at, key } = slip ?? (entries[0] as Entry);
  return { at, hint: suggest(key, keys, 'keys') };
}
