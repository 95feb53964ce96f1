/** Where the parts of a YAML text stand, from its first character to its last. */
import { isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { placeIn, type Way } from './apply.ts';

export type Span = { start: number; end: number };
type Collection = YAMLMap | YAMLSeq;
type Ranged = { range?: [number, number, number] | null };

/** The YAML of a text as its own document model has it. */
export const readYaml = (text: string): unknown =>
  parseDocument(text, {
    schema: 'failsafe',
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  }).contents;

export const isFlow = (node: Collection): boolean => node.flow === true;

export const startOf = (node: unknown): number => (node as Ranged).range![0];

/** Where a node ends, without the line end and the comment behind it. */
export function endOf(node: unknown): number {
  if ((isMap(node) || isSeq(node)) && !isFlow(node) && node.items.length > 0) {
    const last = node.items.at(-1)!;
    return isMap(node) ? pairEnd(last as Pair) : endOf(last);
  }
  return (node as Ranged).range![1];
}

const pairEnd = ({ key, value }: Pair): number => Math.max(endOf(key), value === null ? 0 : endOf(value));

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '');

/** A word without a colon in braces: in a sentence, what stands behind a comma. */
const isBare = ({ value }: Pair): boolean => value === null;

/** The pairs of a map: each with the words behind it that belong to its sentence. */
export function pairsOf(map: YAMLMap): { key: string; pair: Pair; span: Span }[] {
  const pairs: { key: string; pair: Pair; span: Span }[] = [];
  for (const pair of map.items as Pair[]) {
    const before = pairs.at(-1);
    if (isFlow(map) && isBare(pair) && before !== undefined) before.span.end = pairEnd(pair);
    else pairs.push({ key: keyOf(pair), pair, span: { start: startOf(pair.key), end: pairEnd(pair) } });
  }
  return pairs;
}

/** Where each item of a collection stands. */
export const spansOf = (node: Collection): Span[] =>
  isMap(node)
    ? pairsOf(node).map(({ span }) => span)
    : (node as YAMLSeq).items.map((item) => ({ start: startOf(item), end: endOf(item) }));

/** The place of a step among the items of a collection; -1 when it is not there. */
export function placeOf(node: Collection, step: string): number {
  if (isMap(node)) return pairsOf(node).findIndex(({ key }) => key === step);
  const ids = (node as YAMLSeq).items.map((item) => {
    const id = isMap(item) ? item.items.find((pair) => keyOf(pair as Pair) === 'id') : undefined;
    return id && isScalar(id.value) ? String(id.value.value) : null;
  });
  return placeIn(ids, step);
}

/** How far into a text a way leads: the collection there, and the steps that are left. */
export type Reached = { holder: Collection; left: Way };

/** @returns null where an alias is in the way, or something that has no parts */
export function reach(top: unknown, way: Way): Reached | null {
  let holder = top;
  for (const [i, step] of way.entries()) {
    if (!isMap(holder) && !isSeq(holder)) return null;
    if (holder.anchor !== undefined || isMerged(holder)) return null;
    const place = placeOf(holder, step);
    if (place < 0 || i === way.length - 1) return { holder, left: way.slice(i) };
    const next = isMap(holder) ? pairsOf(holder)[place]!.pair.value : (holder as YAMLSeq).items[place];
    if (isAlias(next)) return null;
    const isEmpty = isScalar(next) && next.value === '';
    if (next === null || isEmpty) return { holder, left: way.slice(i) };
    holder = next;
  }
  return null;
}

/** Has keys of another map besides its own (`<<`). */
const isMerged = (node: Collection): boolean =>
  isMap(node) && node.items.some((pair) => keyOf(pair as Pair) === '<<');
