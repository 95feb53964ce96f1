/** A pact file as read, before anybody asks what it means: plain values that know where they stand. */

/** Offset into the file's text. */
type At = { readonly at: number };

export type ScalarNode = At & {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written, without quotes: `0049` stays `0049` when `value` is 49. */
  readonly text: string;
  /** Written in quotes or as a block of text: never a number, whatever it looks like. */
  readonly quoted: boolean;
};
type ListNode = At & { readonly kind: 'list'; readonly items: readonly Node[] };
export type Entry = At & {
  readonly key: string;
  readonly value: Node;
  /**
   * In braces, a word without a colon; with what stands between the value before it and its own end:
   * `, not yet` in `{ text: Real, not yet, next: recycle }`. YAML calls it a key without a value; people who write
   * sentences mean a comma.
   */
  readonly bare?: string;
};
export type MapNode = At & { readonly kind: 'map'; readonly entries: readonly Entry[] };
export type Node = ScalarNode | ListNode | MapNode;

/** The node that a plain value would have been read from; all of it stands at one place. */
export function nodeOf(value: unknown, at: number): Node {
  if (Array.isArray(value)) return { kind: 'list', at, items: value.map((item) => nodeOf(item, at)) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => ({ key, at, value: nodeOf(item, at) }));
    return { kind: 'map', at, entries };
  }
  const scalar = value as ScalarNode['value'];
  return { kind: 'scalar', at, value: scalar, text: String(scalar), quoted: typeof scalar === 'string' };
}

/** What stands there, in a few words, for messages: `"abc"`, `5`, `nothing`, `a list of 3`. */
export function describe(node: Node): string {
  switch (node.kind) {
    case 'list':
      return node.items.length === 0 ? 'an empty list' : `a list of ${node.items.length}`;
    case 'map':
      return node.entries.length === 0
        ? '{}'
        : `keys (${clip(node.entries.map((entry) => entry.key).join(', '))})`;
    case 'scalar':
      if (node.value === null) return 'nothing';
      return typeof node.value === 'string' ? quote(node.value) : clip(node.text);
  }
}

/** Text in quotes, on one line, at most some forty characters of it. */
export const quote = (text: string): string => JSON.stringify(clip(text));

/** At most some forty characters of a text. */
export function clip(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39).toWellFormed()}…`;
}
