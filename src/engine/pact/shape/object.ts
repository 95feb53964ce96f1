/** Shapes of things with known keys. */
import { type MapNode, type Node, nodeOf } from '../source/tree.ts';
import type { Fallback, Field, Fields } from './field.ts';
import { missing, refuseBare, refuseMissing, refuseTogether, refuseUnknown, withSentences } from './keys.ts';
import type { Path } from './path.ts';
import { Reading } from './reading.ts';
import { BAD, type Definitions, type JsonSchema, type Shape, unwanted } from './shape.ts';

type Options<T> = {
  title: string;
  /** At least one of these keys must be there, besides the required ones; `of` says what they are. */
  some?: { of: string; among: readonly string[] };
  /** What to write instead of something that is no object at all. */
  instead?: string;
  /** Of these keys at most one may be there. */
  atMostOne?: readonly string[];
  /** Keys that belong elsewhere, and where. */
  elsewhere?: Record<string, string>;
  /** Looks at what was read, whatever else is wrong with it, to note names and problems across keys. */
  also?: (read: Partial<T>, node: MapNode, path: Path, reading: Reading) => void;
  /** `brief` keeps keys that hold their default (unless they are empty): parts that people want to see. */
  spelledOut?: boolean;
};

/** An object with these keys and no others. Its normal form has the keys in this order. */
export function object<T extends object>(fields: Fields<T>, options: Options<T>): Shape<T> {
  const table = new Map(Object.entries(fields) as [string, Field<unknown>][]);
  const wanted = options.title;
  return {
    wanted,
    read(node, path, reading) {
      if (node.kind !== 'map') return unwanted(this, node, path, reading, { hint: options.instead });
      const problems = reading.problems.length;
      const whole = withSentences(node, table);
      const entries = new Map(
        whole.entries.filter(({ bare }) => bare === undefined).map((entry) => [entry.key, entry]),
      );
      const meant = refuseUnknown(whole, path, reading, table, options.elsewhere);
      if (meant.length === 0) refuseMissing(node, path, reading, options.some);
      refuseTogether(node, path, reading, options.atMostOne);
      const read: Record<string, unknown> = {};
      for (const [key, field] of table) {
        const entry = entries.get(key);
        const place: Path = { up: path, key };
        const source = entry?.value ?? fallbackNode(field, read, (name) => entries.has(name), node.at);
        if (source === null) {
          const isMissing = field.need === 'required' && !meant.includes(key);
          if (isMissing) reading.problem(node.at, path, missing(key, wanted, field));
          continue;
        }
        if (!reading.mayRead(source, path)) return BAD;
        const value = field.shape.read(source, place, reading);
        if (value !== BAD) read[key] = value;
      }
      options.also?.(read as Partial<T>, node, path, reading);
      return reading.problems.length === problems ? (read as T) : BAD;
    },
    schema: (definitions) => objectSchema(table, options, definitions),
    brief: (value) => {
      const written: Record<string, unknown> = {};
      for (const [key, field] of table) {
        const part = (value as Record<string, unknown>)[key];
        if (part === undefined) continue;
        const isDefault = holdsDefault(field, part, value);
        if (isDefault && !options.spelledOut && !field.kept) continue;
        const brief = field.shape.brief(part);
        if (!isDefault || !isEmpty(brief)) written[key] = brief;
      }
      return written;
    },
  };
}

/** An object with known keys and any number of others, all of one shape. */
export function openObject<T extends object, V>(
  fields: Fields<T>,
  others: { key: Shape<string>; value: Shape<V>; doc: string },
  options: Options<T>,
): Shape<T & Record<string, V>> {
  const known = object(fields, options);
  const names = new Set(Object.keys(fields));
  return {
    wanted: known.wanted,
    read(node, path, reading) {
      if (node.kind !== 'map') return unwanted(this, node, path, reading);
      const mine = { ...node, entries: node.entries.filter(({ key }) => names.has(key)) };
      const rest = node.entries.filter(({ key }) => !names.has(key));
      const read = known.read(mine, path, reading);
      const extra: Record<string, V> = {};
      let good = read !== BAD;
      for (const entry of rest) {
        const { at, key, value: source } = entry;
        const place: Path = { up: path, key };
        if (!reading.mayRead(source, path)) return BAD;
        if (refuseBare(entry, path, reading)) good = false;
        const name = others.key.read(nodeOf(key, at), place, reading);
        const value = others.value.read(source, place, reading);
        if (name === BAD || value === BAD) good = false;
        else extra[name] = value;
      }
      return good ? { ...(read as T), ...(extra as Record<string, V>) } : BAD;
    },
    schema: (definitions) => ({
      ...known.schema(definitions),
      additionalProperties: { ...others.value.schema(definitions), description: others.doc },
    }),
    brief: (value) => ({
      ...(known.brief(value) as object),
      ...Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => !names.has(key))
          .map(([key, part]) => [key, others.value.brief(part as V)]),
      ),
    }),
  };
}

function fallbackNode(
  { fallback }: Field<unknown>,
  before: Record<string, unknown>,
  has: (key: string) => boolean,
  at: number,
): Node | null {
  const written =
    typeof fallback === 'function' ? (fallback as Fallback<Record<string, unknown>>)(before, has) : fallback;
  return written === undefined ? null : nodeOf(written, at);
}

const isEmpty = (written: unknown): boolean =>
  typeof written === 'object' && written !== null && Object.keys(written).length === 0;

function holdsDefault(field: Field<unknown>, part: unknown, whole: object): boolean {
  const fallback = fallbackNode(field, whole as Record<string, unknown>, (key) => key in whole, 0);
  if (fallback === null) return false;
  return JSON.stringify(field.shape.read(fallback, null, new Reading())) === JSON.stringify(part);
}

function objectSchema<T>(
  table: ReadonlyMap<string, Field<unknown>>,
  { some, title }: Options<T>,
  definitions: Definitions,
): JsonSchema {
  const properties: JsonSchema = {};
  const needed: string[] = [];
  for (const [key, field] of table) {
    const { doc, fallback, need, shape } = field;
    properties[key] = {
      ...shape.schema(definitions),
      ...doc,
      ...(fallback === undefined || typeof fallback === 'function' ? {} : { default: fallback }),
    };
    if (need === 'required') needed.push(key);
  }
  return {
    type: 'object',
    title,
    properties,
    additionalProperties: false,
    ...(needed.length > 0 ? { required: needed } : {}),
    ...(some === undefined ? {} : { minProperties: needed.length + 1 }),
  };
}
