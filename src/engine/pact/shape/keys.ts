/** What can be wrong with the keys of an object, and the one thing that YAML takes for a key and is none. */
import { inFlow } from '../source/layout.ts';
import { type Entry, type MapNode, quote } from '../source/tree.ts';
import type { Field } from './field.ts';
import { nearest, suggest } from './nearest.ts';
import type { Path } from './path.ts';
import type { Reading } from './reading.ts';

/**
 * In braces YAML ends unquoted text at a comma: `{ text: Real, but later., next: recycle }` has a key `but later.`
 * without a value. Nothing in a pact is a key without a value, so after a sentence it goes on with the sentence.
 */
export function withSentences(node: MapNode, known: ReadonlyMap<string, Field<unknown>>): MapNode {
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
export function refuseUnknown(
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

export function refuseMissing(
  node: MapNode,
  path: Path,
  reading: Reading,
  some: { of: string; among: readonly string[] } | undefined,
): void {
  if (some === undefined || node.entries.some(({ key }) => some.among.includes(key))) return;
  reading.problem(
    node.at,
    path,
    `found no ${some.of}, wanted at least one`,
    `one of ${some.among.join(', ')}`,
  );
}

export function refuseTogether(
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

export function missing(key: string, wanted: string, { doc }: Field<unknown>): string {
  const [example] = doc.examples ?? [];
  const said = example === undefined ? '' : ` (for example ${inFlow({ [key]: example }).slice(2, -2)})`;
  return `found no key "${key}" in ${wanted}, wanted one${said}`;
}

/** In braces, a word without a colon is a comma too many: notes the problem. */
export function refuseBare({ key, at, bare }: Omit<Entry, 'value'>, path: Path, reading: Reading): boolean {
  if (bare === undefined) return false;
  const hint = 'a text with a comma in it wants quotes';
  reading.problem(at, { up: path, key }, `found ${quote(key)} without a value, wanted one`, hint);
  return true;
}
