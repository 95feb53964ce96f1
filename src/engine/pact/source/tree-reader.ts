import type { Alias, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Position } from '../problem.ts';
import { badCharacter } from './characters.ts';
import type { Fault } from './fault.ts';
import { resolvePlain } from './scalar.ts';
import { clip, describe, type Entry, type MapNode, type Node, quote } from './tree.ts';
import { isUnsafeName } from './unsafe.ts';

/** Nodes within nodes. */
const DEEPEST = 200;
/** Keys that merges may add, in all. */
const MOST_MERGED = 100_000;

/** Composed YAML to our own tree. Faults are noted and reading goes on, so that all are reported at once. */
export class TreeReader {
  readonly #text: string;
  readonly #faults: Fault[];
  readonly #where: (offset: number) => Position;
  /** What each anchor last stood for; null while its own node is being read. */
  readonly #anchors = new Map<string, Node | null>();
  #merged = 0;
  isTooDeep = false;

  constructor(text: string, faults: Fault[], where: (offset: number) => Position) {
    this.#text = text;
    this.#faults = faults;
    this.#where = where;
  }

  node(source: Source, depth: number): Node {
    if (isAlias(source)) return this.#alias(source);
    const at = source.range[0];
    if (depth > DEEPEST) {
      this.isTooDeep = true;
      this.#fault(at, `found values nested more than ${DEEPEST} deep, wanted fewer`);
      return nothing(at);
    }
    if (source.tag !== undefined) {
      this.#fault(
        at,
        `found the tag ${quote(source.tag.replace('tag:yaml.org,2002:', '!!'))}, wanted none`,
        'put text in quotes instead',
      );
    }
    if (source.anchor !== undefined) this.#anchors.set(source.anchor, null);
    const node = isMap(source)
      ? this.#map(source, at, depth)
      : isSeq(source)
        ? this.#list(source, at, depth)
        : this.#scalar(source, at);
    if (source.anchor !== undefined) this.#anchors.set(source.anchor, node);
    return node;
  }

  #alias(alias: Alias.Parsed): Node {
    const at = alias.range[0];
    const node = this.#anchors.get(alias.source);
    if (node) return node;
    const why = node === null ? 'stands inside what it names' : 'has no anchor before it';
    this.#fault(at, `found *${alias.source}, which ${why}, wanted &${alias.source} earlier in the file`);
    return nothing(at);
  }

  #list(source: YAMLSeq.Parsed, at: number, depth: number): Node {
    return { kind: 'list', at, items: source.items.map((item) => this.node(item as Source, depth + 1)) };
  }

  #map(source: YAMLMap.Parsed, at: number, depth: number): MapNode {
    const entries: Entry[] = [];
    const own = new Map<string, Entry>();
    const bases: { at: number; from: Node }[] = [];
    let end = at;
    for (const { key: name, value: item } of source.items) {
      const keyAt = name.range[0];
      const key = isScalar(name) ? String(name.value) : '';
      const isPlain = isScalar(name) && name.type === 'PLAIN';
      const value = item === null ? nothing(name.range[1]) : this.node(item as Source, depth + 1);
      const between = this.#between(end, name.range[1]);
      end = (item ?? name).range[1];
      if (key === '<<' && isPlain) bases.push({ at: keyAt, from: value });
      else if (!this.#isSafe(key, keyAt)) continue;
      else if (item === null && isPlain && source.flow)
        entries.push({ at: keyAt, key, value, bare: between });
      else if (this.#isNew(key, keyAt, own)) {
        const entry = { at: keyAt, key, value };
        own.set(key, entry);
        entries.push(entry);
      }
    }
    for (const base of bases) this.#merge(own, entries, base.from, base.at);
    return { kind: 'map', at, entries };
  }

  /** The text of a place, without comments and on one line. */
  #between(start: number, end: number): string {
    return this.#text
      .slice(start, end)
      .replace(/\s#[^\n]*(?=\n)/g, '')
      .replace(/\s+/g, ' ');
  }

  #isNew(key: string, at: number, own: ReadonlyMap<string, Entry>): boolean {
    const first = own.get(key);
    if (first === undefined) return true;
    const { line, column } = this.#where(first.at);
    const message = `found the key ${quote(key)} twice, wanted it once`;
    this.#fault(at, message, `it is also on line ${line}, column ${column}`);
    return false;
  }

  /** Adds the keys of a base (`<<: *base`) that the map does not have itself. */
  #merge(own: Map<string, Entry>, entries: Entry[], from: Node, at: number): void {
    for (const base of from.kind === 'list' ? from.items : [from]) {
      if (base.kind !== 'map') {
        this.#fault(at, `found ${describe(base)} after <<, wanted an alias of keys and values`);
        continue;
      }
      this.#merged += base.entries.length;
      if (this.#merged > MOST_MERGED) {
        this.#fault(at, `found merges (<<) that add more than ${MOST_MERGED} keys, wanted fewer`);
        return;
      }
      for (const entry of base.entries) {
        if (own.has(entry.key)) continue;
        own.set(entry.key, entry);
        entries.push(entry);
      }
    }
  }

  #scalar(source: Scalar.Parsed, at: number): Node {
    const text = String(source.value);
    const bad = badCharacter(text);
    if (bad !== null) this.#fault(at, `found ${bad} in the text ${quote(text)}, wanted none`);
    if (source.type !== 'PLAIN') return { kind: 'scalar', at, value: text, text, quoted: true };
    const plain = resolvePlain(text);
    if ('value' in plain) return { kind: 'scalar', at, value: plain.value, text, quoted: false };
    this.#fault(at, `found ${clip(text)}, wanted ${plain.wanted}`, plain.hint);
    return nothing(at);
  }

  #isSafe(key: string, at: number): boolean {
    const bad = badCharacter(key);
    if (bad !== null) this.#fault(at, `found ${bad} in the key ${quote(key)}, wanted none`);
    const unsafe = isUnsafeName(key);
    if (unsafe) this.#fault(at, `found the key ${quote(key)}, wanted another name`, 'it cannot be a name');
    return bad === null && !unsafe;
  }

  #fault(at: number, message: string, hint?: string): void {
    this.#faults.push({ at, message, ...(hint === undefined ? {} : { hint }) });
  }
}

type Source = Alias.Parsed | Scalar.Parsed | YAMLMap.Parsed | YAMLSeq.Parsed;

const nothing = (at: number): Node => ({ kind: 'scalar', at, value: null, text: '', quoted: false });
