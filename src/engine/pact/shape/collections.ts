/** Shapes of lists, of maps with free keys, and of values that may be written in one of several ways. */
import type { Node, ScalarNode } from '../source/tree.ts';
import { refuseBare } from './keys.ts';
import type { Path } from './path.ts';
import { BAD, type JsonSchema, type Shape, unwanted } from './shape.ts';

type Bounds = { wanted?: string; least?: number; most?: number; hint?: string };

/** A list of values of one shape. */
export function list<T>(item: Shape<T>, { wanted, least = 0, most = 10_000, hint }: Bounds = {}): Shape<T[]> {
  return {
    wanted: wanted ?? (least === 0 ? 'a list' : `a list of at least ${least}`),
    read(node, path, reading) {
      if (node.kind !== 'list') return unwanted(this, node, path, reading, { hint });
      const { items } = node;
      if (items.length < least) return unwanted(this, node, path, reading, { hint });
      if (items.length > most) {
        const bound = { wanted: `at most ${most.toLocaleString('en')}` };
        return unwanted(bound, node, path, reading, {
          found: `a list of ${items.length.toLocaleString('en')}`,
        });
      }
      const values: T[] = [];
      for (const [key, one] of items.entries()) {
        if (!reading.mayRead(one, path)) return BAD;
        const value = item.read(one, { up: path, key }, reading);
        if (value !== BAD) values.push(value);
      }
      return values.length === items.length ? values : BAD;
    },
    schema: (definitions) => ({
      type: 'array',
      items: item.schema(definitions),
      ...(least > 0 ? { minItems: least } : {}),
      maxItems: most,
    }),
    brief: (values) => values.map((value) => item.brief(value)),
  };
}

/** Two values. */
export function pair<T>(item: Shape<T>, wanted: string): Shape<[T, T]> {
  const two = list(item, { wanted, least: 2, most: 2 });
  return {
    wanted,
    read: (node, path, reading) => {
      if (node.kind === 'list' && node.items.length > 2) {
        return unwanted({ wanted }, node, path, reading);
      }
      return two.read(node, path, reading) as [T, T] | typeof BAD;
    },
    schema: (definitions) => two.schema(definitions),
    brief: (value) => two.brief(value),
  };
}

/** Keys of one shape, values of another; in the file's order. */
export function map<T>(
  keys: Shape<string>,
  values: Shape<T>,
  { wanted = 'keys and values', least = 0, most = 1_000, hint }: Bounds = {},
): Shape<Record<string, T>> {
  return {
    wanted,
    read(node, path, reading) {
      if (node.kind !== 'map') return unwanted(this, node, path, reading, { hint });
      const { entries } = node;
      if (entries.length < least) return unwanted(this, node, path, reading, { hint });
      if (entries.length > most) {
        const bound = { wanted: `at most ${most.toLocaleString('en')}` };
        return unwanted(bound, node, path, reading, { found: `${entries.length.toLocaleString('en')} keys` });
      }
      const read: Record<string, T> = {};
      let good = true;
      for (const entry of entries) {
        const { at, key: name, value: one } = entry;
        if (!reading.mayRead(one, path)) return BAD;
        if (refuseBare(entry, path, reading)) {
          good = false;
          continue;
        }
        const place: Path = { up: path, key: name };
        const key = keys.read(textNode(name, at), place, reading);
        const value = values.read(one, place, reading);
        if (key === BAD || value === BAD) good = false;
        else read[key] = value;
      }
      return good ? read : BAD;
    },
    schema: (definitions) => ({
      type: 'object',
      propertyNames: keys.schema(definitions),
      additionalProperties: values.schema(definitions),
      ...(least > 0 ? { minProperties: least } : {}),
      maxProperties: most,
    }),
    brief: (read) =>
      Object.fromEntries(Object.entries(read).map(([key, value]) => [key, values.brief(value)])),
  };
}

const textNode = (text: string, at: number): ScalarNode => ({
  kind: 'scalar',
  at,
  value: text,
  text,
  quoted: true,
});

/** Ways to write one thing, told apart by whether a single value, a list or keys stand there. */
export function byKind<T>(
  wanted: string,
  ways: { [K in Node['kind']]?: Shape<T> },
  brief: (value: T) => unknown,
  hints: { [K in Node['kind']]?: string } = {},
): Shape<T> {
  return {
    wanted,
    read(node, path, reading) {
      const way = ways[node.kind];
      if (way !== undefined) return way.read(node, path, reading);
      return unwanted(this, node, path, reading, { hint: hints[node.kind] });
    },
    schema: (definitions): JsonSchema => ({
      anyOf: Object.values(ways).map((way) => (way as Shape<T>).schema(definitions)),
    }),
    brief,
  };
}
