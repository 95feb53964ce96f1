/**
 * YAML (and with it JSON) to a tree of plain values that know where they stand.
 *
 * What a pact does not need of YAML is refused here: tags, other versions, several documents, keys that are not
 * text, numbers in other bases. Anchors and merge keys work, within bounds: an alias shares its node and copies
 * nothing, so that a file's memory stays in proportion to its length.
 */
import type { Alias, CST, Document, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { Position } from '../problem.ts';
import { badCharacter } from './characters.ts';
import { resolvePlain } from './scalar.ts';
import { clip, describe, type Entry, type MapNode, type Node, quote } from './tree.ts';

/** Something wrong at a place in the text. */
export type Fault = { at: number; message: string; hint?: string };

/** `root` is null when the text could not be read at all; then there is at least one fault. */
export type ReadDocument = { root: Node | null; faults: Fault[] };

/** Words and signs in a file; four thousand clauses written out have about as many. */
const MOST_LEXEMES = 250_000;
/** Brackets within brackets, and nodes within nodes. */
const DEEPEST = 200;
/** Keys that merges may add, in all. */
const MOST_MERGED = 100_000;
/** Names that every JavaScript object answers to. */
const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads one YAML or JSON document. */
export function readDocument(text: string, where: (offset: number) => Position): ReadDocument {
  const faults: Fault[] = [];
  const tokens = tokenise(text, faults);
  if (tokens === null) return { root: null, faults };

  const documents: Document.Parsed[] = [];
  for (const document of new Composer(OPTIONS).compose(tokens, true, text.length)) documents.push(document);
  const [document, second] = documents as [Document.Parsed, Document.Parsed?];
  for (const error of syntaxErrors(documents, where)) faults.push(error);
  if (second !== undefined) {
    const at = second.range[0];
    faults.push({ at, message: 'found a second document (---), wanted one pact in a file' });
  }
  if (faults.length > 0) return { root: null, faults };
  if (document.contents === null || isBlank(document.contents)) {
    return { root: null, faults: [{ at: 0, message: 'found an empty file, wanted a pact', hint: START }] };
  }
  const reader = new TreeReader(text, faults, where);
  const root = reader.node(document.contents, 0);
  return { root: reader.isTooDeep ? null : root, faults };
}

const START = 'a pact starts with `pact: NAME` and `language: 1`';
const OPTIONS = {
  schema: 'failsafe',
  stringKeys: true,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

const isBlank = (node: unknown): boolean => isScalar(node) && node.type === 'PLAIN' && node.value === '';

/** Words and signs to tokens; null, and a fault, when there are too many of them or they nest too deep. */
function tokenise(text: string, faults: Fault[]): CST.Token[] | null {
  const lexemes = lex(text, faults);
  if (faults.length > 0) return null;
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of lexemes) for (const token of parser.next(lexeme)) tokens.push(token);
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function lex(text: string, faults: Fault[]): string[] {
  const lexemes: string[] = [];
  let depth = 0;
  let at = 0;
  let isText = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexemes.push(lexeme) > MOST_LEXEMES) {
      const message = `found more than ${MOST_LEXEMES.toLocaleString('en')} words and signs, wanted fewer`;
      faults.push({ at, message, hint: 'a pact may have 3,000 criteria of a kind, which take less' });
      return [];
    }
    if (!isText && (lexeme === '[' || lexeme === '{') && ++depth > DEEPEST) {
      faults.push({ at, message: `found brackets nested more than ${DEEPEST} deep, wanted fewer` });
      return [];
    }
    if (!isText && (lexeme === ']' || lexeme === '}')) depth--;
    if (!isText && faults.length === 0 && lexeme.startsWith('%') && !/^%YAML\s+1\.2\s*$/.test(lexeme)) {
      faults.push({ at, message: `found ${quote(lexeme)}, wanted no directive`, hint: 'a pact is YAML 1.2' });
    }
    if (!MARKS.has(lexeme)) at += lexeme.length;
    isText = lexeme === SCALAR_FOLLOWS;
  }
  return lexemes;
}

const SCALAR_FOLLOWS = '\u001f';
/** Lexemes that stand for no text of the file. */
const MARKS = new Set(['\u0002', '\u0018', SCALAR_FOLLOWS]);

/** The first error of each line says it; what follows on the line is mostly its echo. */
function* syntaxErrors(documents: Document.Parsed[], where: (offset: number) => Position): Generator<Fault> {
  const seen = new Set<number>();
  for (const { code, message, pos } of documents.flatMap((document) => document.errors)) {
    const { line } = where(pos[0]);
    if (seen.has(line)) continue;
    seen.add(line);
    const said = SYNTAX[code];
    const hint = said?.hint;
    yield {
      at: pos[0],
      message:
        said?.message ?? `found what is not YAML (${message.replace(/\s+/g, ' ')}), wanted YAML or JSON`,
      ...(hint === undefined ? {} : { hint }),
    };
  }
}

const SYNTAX: Record<string, { message?: string; hint?: string }> = {
  TAB_AS_INDENT: { message: 'found a tab in the indentation, wanted spaces' },
  RESOURCE_EXHAUSTION: { message: 'found nesting that is too deep to read, wanted less' },
  BLOCK_AS_IMPLICIT_KEY: { hint: 'text with ": " in it wants quotes' },
  MULTILINE_IMPLICIT_KEY: { hint: 'a key and its colon stand on one line; is a ":" missing, or a quote?' },
  NON_STRING_KEY: { message: 'found a key that is not text, wanted a word' },
  BAD_SCALAR_START: { hint: 'text that starts with @ or ` wants quotes' },
  BAD_INDENT: { hint: 'is a closing } or ] missing, or does a key stand out of its column?' },
};

/** Composed YAML to our own tree. Faults are noted and reading goes on, so that all are reported at once. */
class TreeReader {
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
      const between = this.#text.slice(end, name.range[1]).replace(/\s+/g, ' ');
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
    const unsafe = UNSAFE_KEYS.has(key);
    if (unsafe) this.#fault(at, `found the key ${quote(key)}, wanted another name`, 'it cannot be a name');
    return bad === null && !unsafe;
  }

  #fault(at: number, message: string, hint?: string): void {
    this.#faults.push({ at, message, ...(hint === undefined ? {} : { hint }) });
  }
}

type Source = Alias.Parsed | Scalar.Parsed | YAMLMap.Parsed | YAMLSeq.Parsed;

const nothing = (at: number): Node => ({ kind: 'scalar', at, value: null, text: '', quoted: false });
