/** A change of one part of a YAML text that leaves everything else as it is written. */
import { isMap, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { inFlow, keyed, listItem } from '../source/layout.ts';
import type { Edit, Way } from './apply.ts';
import { endOf, isFlow, pairsOf, placeOf, reach, readYaml, type Span, spansOf, startOf } from './locate.ts';

type Collection = YAMLMap | YAMLSeq;

/** A piece of the text, and what stands there instead. */
type Splice = Span & { text: string };

/**
 * The text with one change made.
 *
 * @param saying what a part is to say after the change, for parts that the text leaves out and whose defaults are
 *   spelled out by it
 * @param order the keys of the top in the order they are usually written
 * @returns null where the text is written in a way that no single place of it can be changed
 */
export function spliceEdit(
  text: string,
  edit: Edit,
  saying: (way: Way) => unknown,
  order: readonly string[],
): string | null {
  const found = reach(readYaml(text), edit.at);
  if (found === null) return null;
  const { holder, left } = found;
  if (left.length > 1) {
    const way = edit.at.slice(0, edit.at.length - left.length + 1);
    return patch(text, setIn(text, holder, left[0]!, saying(way), order));
  }
  const splices = makers[edit.do](text, holder, left[0]!, edit as never, order, saying);
  return splices === null ? null : patch(text, splices);
}

type Maker<E extends Edit> = (
  text: string,
  holder: Collection,
  step: string,
  edit: E,
  order: readonly string[],
  saying: (way: Way) => unknown,
) => Splice[] | null;

const makers: { [K in Edit['do']]: Maker<Extract<Edit, { do: K }>> } = {
  set: (text, holder, step, { value }, order) => setIn(text, holder, step, value, order),
  remove: (text, holder, step) => removeFrom(text, holder, placeOf(holder, step)),
  add: (text, holder, step, { at, value, after }, order, saying) => {
    const place = placeOf(holder, step);
    const list = place < 0 ? null : valueIn(holder, place);
    if (!isSeq(list) || list.items.length === 0 || list.anchor !== undefined)
      return setIn(text, holder, step, saying(at), order);
    const to = behind(list, after);
    return to === null ? null : addTo(text, list, to, value);
  },
  move: (text, holder, step, { after }) => {
    if (!isSeq(holder)) return null;
    const [from, to] = [placeOf(holder, step), behind(holder, after)];
    return from < 0 || to === null ? null : moveIn(text, holder, from, to);
  },
};

/** Replaces pieces that do not overlap. */
function patch(text: string, splices: readonly Splice[] | null): string | null {
  if (splices === null) return null;
  let made = text;
  for (const { start, end, text: piece } of splices.toSorted((a, b) => b.start - a.start || b.end - a.end)) {
    made = made.slice(0, start) + piece + made.slice(end);
  }
  return made;
}

const valueIn = (holder: Collection, place: number): unknown =>
  isMap(holder) ? pairsOf(holder)[place]!.pair.value : (holder as YAMLSeq).items[place];

/** The item behind which something goes; -1 when it goes first, null when there is no such neighbour. */
function behind(list: YAMLSeq, after: string | null | undefined): number | null {
  if (after === undefined) return list.items.length - 1;
  if (after === null) return -1;
  const place = placeOf(list, after);
  return place < 0 ? null : place;
}

function setIn(
  text: string,
  holder: Collection,
  step: string,
  value: unknown,
  order: readonly string[],
): Splice[] | null {
  if (value === undefined) return null;
  const place = placeOf(holder, step);
  if (isSeq(holder)) return place < 0 ? null : setItem(text, holder, place, value);
  if (!isMap(holder)) return null;
  return place < 0 ? addKey(text, holder, step, value, order) : setPair(text, holder, place, value);
}

function setItem(text: string, list: YAMLSeq, place: number, value: unknown): Splice[] {
  const span = spansOf(list)[place]!;
  if (isFlow(list)) return [{ ...span, text: inFlow(value) }];
  const indent = columnOf(text, startOf(list));
  return [
    {
      ...span,
      text: listItem(value, indent)
        .slice(indent.length + 2)
        .trimEnd(),
    },
  ];
}

function setPair(text: string, map: YAMLMap, place: number, value: unknown): Splice[] {
  const { key, pair, span } = pairsOf(map)[place]!;
  const keyEnd = endOf(pair.key);
  if (isFlow(map)) return [{ start: keyEnd, end: span.end, text: `: ${inFlow(value)}` }];
  const indent = columnOf(text, span.start);
  const written = keyed(key, value, indent).trimEnd();
  const body = written.slice(written.indexOf(':'));
  // A comment on the line of the key stays there when the value has lines of its own, before and after.
  const said = isBlock(pair) ? (/:\s*(#[^\n]*)\n/.exec(text.slice(keyEnd, span.end))?.[1] ?? null) : null;
  const lines = body.split('\n');
  if (said !== null) lines[0] = `${lines[0]} ${said}`;
  const tail = lastLineEnd(text, span.end) ? '\n' : '';
  return [{ start: keyEnd, end: span.end, text: lines.join('\n') + tail }];
}

/** Whether a piece took its line end along, as blocks of text do. */
const lastLineEnd = (text: string, end: number): boolean => text[end - 1] === '\n';

const isBlock = ({ value }: Pair): boolean => (isMap(value) || isSeq(value)) && !isFlow(value);

function addKey(text: string, map: YAMLMap, key: string, value: unknown, order: readonly string[]): Splice[] {
  const pairs = pairsOf(map);
  if (pairs.length === 0) {
    return [{ start: startOf(map), end: endOf(map), text: inFlow({ [key]: value }) }];
  }
  const rank = order.indexOf(key);
  const earlier = rank < 0 ? pairs.length - 1 : pairs.findLastIndex((one) => order.indexOf(one.key) < rank);
  if (isFlow(map)) {
    const written = inFlow({ [key]: value }).slice(2, -2);
    const { start, end } = pairs[Math.max(earlier, 0)]!.span;
    return earlier < 0
      ? [{ start, end: start, text: `${written}, ` }]
      : [{ start: end, end, text: `, ${written}` }];
  }
  const indent = columnOf(text, pairs[0]!.span.start);
  const written = keyed(key, value, indent).trimEnd();
  if (earlier < 0) {
    const { start } = pairs[0]!.span;
    return [{ start, end: start, text: `${written}\n${indent}` }];
  }
  return [lineAfter(text, pairs[earlier]!.span.end, `${indent}${written}`)];
}

function addTo(text: string, list: YAMLSeq, after: number, value: unknown): Splice[] {
  const spans = spansOf(list);
  if (isFlow(list)) {
    const { start, end } = spans[Math.max(after, 0)]!;
    return after < 0
      ? [{ start, end: start, text: `${inFlow(value)}, ` }]
      : [{ start: end, end, text: `, ${inFlow(value)}` }];
  }
  const indent = columnOf(text, startOf(list));
  const written = listItem(value, indent).trimEnd();
  if (after < 0) {
    const start = startOf(list);
    return [{ start, end: start, text: `${written.slice(indent.length)}\n${indent}` }];
  }
  return [lineAfter(text, spans[after]!.end, written)];
}

function removeFrom(text: string, holder: Collection, place: number): Splice[] | null {
  if (place < 0) return null;
  const spans = spansOf(holder);
  const { start, end } = spans[place]!;
  const [before, next] = [spans[place - 1], spans[place + 1]];
  if (before === undefined && next === undefined) {
    return [{ start: startOf(holder), end: endOf(holder), text: isMap(holder) ? '{}' : '[]' }];
  }
  if (isFlow(holder)) {
    return next === undefined
      ? [{ start: before!.end, end, text: '' }]
      : [{ start, end: next.start, text: '' }];
  }
  if (before === undefined) {
    const own = isSeq(holder) ? startOf(holder) : start;
    const line = text.lastIndexOf('\n', own - 1) + 1;
    if (text.slice(line, own).trim() === '') return [{ start: line, end: lineEnd(text, end) + 1, text: '' }];
    // It stands on one line with the dash of the list that holds it.
    const until = isSeq(holder) ? dashBefore(text, next!.start) : next!.start;
    return [{ start: own, end: until, text: '' }];
  }
  return [{ start: text.lastIndexOf('\n', start - 1), end: lineEnd(text, end), text: '' }];
}

function moveIn(text: string, list: YAMLSeq, from: number, to: number): Splice[] {
  const spans = spansOf(list);
  if (to === from || to === from - 1) return [];
  const { start, end } = spans[from]!;
  const taken = removeFrom(text, list, from)!;
  if (isFlow(list)) {
    const item = text.slice(start, end);
    const anchor = spans[Math.max(to, 0)]!;
    const put =
      to < 0
        ? { start: anchor.start, end: anchor.start, text: `${item}, ` }
        : { start: anchor.end, end: anchor.end, text: `, ${item}` };
    return [...taken, put];
  }
  const indent = columnOf(text, startOf(list));
  const lines = `${indent}- ${text.slice(start, lineEnd(text, end))}`;
  if (to >= 0) {
    const at = lineEnd(text, spans[to]!.end);
    return [...taken, { start: at, end: at, text: `\n${lines}` }];
  }
  const first = startOf(list);
  return [...taken, { start: first, end: first, text: `${lines.slice(indent.length)}\n${indent}` }];
}

/** The end of the line in which something ends, before its line end. */
function lineEnd(text: string, end: number): number {
  if (lastLineEnd(text, end)) return end - 1;
  const at = text.indexOf('\n', end);
  return at < 0 ? text.length : at;
}

const lineAfter = (text: string, end: number, line: string): Splice => {
  const at = lineEnd(text, end);
  return { start: at, end: at, text: `\n${line}` };
};

/** The dash of a list's item. */
const dashBefore = (text: string, start: number): number => text.lastIndexOf('-', start - 1);

/** Spaces as many as stand before a place in its line, signs of lists counted as spaces. */
function columnOf(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return ' '.repeat(at - start);
}
