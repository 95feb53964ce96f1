/** Shapes of things with known keys. */
import { inFlow } from '../source/layout.ts';
import type { Entry, MapNode, Node } from '../source/tree.ts';
import { nodeOf, quote } from '../source/tree.ts';
import { refuseBare } from './collections.ts';
import { nearest, suggest } from './nearest.ts';
import type { Path } from './path.ts';
import { Reading } from './reading.ts';
import { BAD, type Definitions, type JsonSchema, type Shape, unwanted } from './shape.ts';

type Doc = { title: string; description?: string; examples?: unknown[] };
type DocOptions = Doc & {
  /** `brief` writes it even where it holds its default: words that people sign. */
  kept?: boolean;
};
type Need = 'required' | 'optional' | 'defaulted';

/** A key of an object: its shape, whether it must be there, and what it means. */
export type Field<T, N extends Need = Need> = {
  need: N;
  shape: Shape<T>;
  doc: Doc;
  kept?: boolean;
  /** What holds when the key is left out, written as in a file; or a function of what is known of the object. */
  fallback?: unknown;
};

/** A fallback that depends on the keys before it, and on which keys the file has. */
export type Fallback<T> = (before: Partial<T>, has: (key: keyof T) => boolean) => unknown;

/** A key that must be there. */
export const required = <T>(shape: Shape<T>, doc: Doc): Field<T, 'required'> => ({
  need: 'required',
  shape,
  doc,
});

/** A key that may be missing, and then means nothing. */
export const optional = <T>(shape: Shape<T>, doc: Doc): Field<T, 'optional'> => ({
  need: 'optional',
  shape,
  doc,
});

/** A key that holds `fallback` (as it would be written in a file) when it is left out. */
export const defaulted = <T>(
  shape: Shape<T>,
  fallback: unknown,
  { kept = false, ...doc }: DocOptions,
): Field<T, 'defaulted'> => ({ need: 'defaulted', shape, doc, kept, fallback });

/** A field for every key of `T`, of the right shape; optional exactly where `T` says so. */
export type Fields<T> = {
  [K in keyof T]-?: undefined extends T[K]
    ? Field<Exclude<T[K], undefined>, 'optional'>
    : Field<T[K], 'required' | 'defaulted'>;
};

type Options<T> = {
  title: string;
  /** At least one of these keys must be there, besides the required ones; `of` says what they are. */
  some?: { of: string; among: readonly string[] };
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
      if (node.kind !== 'map') return unwanted(this, node, path, reading);
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

/**
 * In braces YAML ends unquoted text at a comma: `{ text: Real, but later., next: recycle }` has a key `but later.`
 * without a value. Nothing in a pact is a key without a value, so after a sentence it goes on with the sentence.
 */
function withSentences(node: MapNode, known: ReadonlyMap<string, Field<unknown>>): MapNode {
  if (!node.entries.some(({ bare }) => bare !== undefined)) return node;
  const entries: Entry[] = [];
  for (const entry of node.entries) {
    const last = entries.at(-1);
    const goesOn = entry.bare !== undefined && !known.has(entry.key) && last?.value.kind === 'scalar';
    if (goesOn && !last.value.quoted && last.value.value !== null && known.get(last.key)?.shape.sentences) {
      const text = `${last.value.text}${entry.bare}`;
      entries[entries.length - 1] = { ...last, value: { ...last.value, value: text, text } };
    } else entries.push(entry);
  }
  return { ...node, entries };
}

/** Notes a problem for every unknown key. Answers what was most likely meant: it is not missing as well. */
function refuseUnknown(
  node: MapNode,
  path: Path,
  reading: Reading,
  known: ReadonlyMap<string, unknown>,
  elsewhere: Record<string, string> = {},
): string[] {
  const meant: string[] = [];
  for (const entry of node.entries) {
    const { key, at } = entry;
    if (refuseBare(entry, path, reading)) {
      meant.push(key);
      continue;
    }
    if (known.has(key)) continue;
    const hint = Object.hasOwn(elsewhere, key) ? elsewhere[key] : suggest(key, known.keys(), 'keys');
    reading.problem(at, { up: path, key }, `found the unknown key ${quote(key)}, wanted a known one`, hint);
    meant.push(nearest(key, known.keys()) ?? key);
  }
  return meant;
}

function refuseMissing(node: MapNode, path: Path, reading: Reading, some: Options<unknown>['some']): void {
  if (some === undefined || node.entries.some(({ key }) => some.among.includes(key))) return;
  reading.problem(
    node.at,
    path,
    `found no ${some.of}, wanted at least one`,
    `one of ${some.among.join(', ')}`,
  );
}

function refuseTogether(
  node: MapNode,
  path: Path,
  reading: Reading,
  atMostOne: readonly string[] = [],
): void {
  const both = node.entries.filter(({ key }) => atMostOne.includes(key));
  const [first, second] = both;
  if (first === undefined || second === undefined) return;
  reading.problem(second.at, path, `found both ${first.key} and ${second.key}, wanted one of them`);
}

function missing(key: string, wanted: string, { doc }: Field<unknown>): string {
  const [example] = doc.examples ?? [];
  const said = example === undefined ? '' : ` (for example ${inFlow({ [key]: example }).slice(2, -2)})`;
  return `found no key "${key}" in ${wanted}, wanted one${said}`;
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
