import { fold, readValue } from '#engine/criterion/value.ts';
import type { Raw } from '#engine/facts/facts.ts';
import { spread } from '#engine/facts/seen.ts';
import type { Footprint } from './footprint.ts';

/** What can be told apart of an activity: its folded type and the texts of the properties that are there. */
export type Signature = { type: string; properties: readonly (readonly [name: string, text: string])[] };

/** An activity type, as far as it has been met. */
export type Kind = {
  type: string;
  /** The properties to read of it, by folded name; null when all are kept. */
  read: readonly string[] | null;
  codes: Map<string, number>;
};

/** Distinct activity signatures, numbered from 0 as they are first met. */
export class Signatures {
  readonly list: Signature[] = [];
  readonly #properties: Footprint['properties'] | null;
  /** By folded type, and by every spelling of it met so far. */
  readonly #kinds = new Map<string, Kind>();

  /** With a footprint, properties that no pact reads are left out; without, all are kept. */
  constructor(footprint: Footprint | null) {
    this.#properties = footprint?.properties ?? null;
  }

  /** The code of an activity given as an object of properties, which may be nested. */
  code(type: string, properties: Record<string, Raw>): number {
    const kind = this.kind(type);
    const texts = new Map<string, string>();
    if (kind.read?.length !== 0) {
      spread(properties, '', (name, raw) => {
        if (kind.read !== null && !kind.read.includes(name)) return;
        const value = readValue(raw);
        if (value !== null) texts.set(name, value.text);
      });
    }
    return this.coded(kind, kind.read ?? [...texts.keys()].sort(), (name) => texts.get(name) ?? null);
  }

  kind(type: string): Kind {
    const known = this.#kinds.get(type);
    if (known !== undefined) return known;
    const folded = fold(type);
    const kind = this.#kinds.get(folded) ?? this.#newKind(folded);
    this.#kinds.set(folded, kind).set(type, kind);
    return kind;
  }

  /** The code of the activity of a kind whose properties of these names have these texts. */
  coded(
    kind: Kind,
    names: readonly string[],
    textOf: (name: string, index: number) => string | null,
  ): number {
    let key = '';
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!;
      const text = textOf(name, i);
      // Lengths keep two keys apart whatever the texts hold.
      if (text !== null) key += `${name.length}:${name}${text.length}:${text}`;
    }
    let code = kind.codes.get(key);
    if (code === undefined) {
      const properties = names.flatMap((name, i) => {
        const text = textOf(name, i);
        return text === null ? [] : [[name, text] as const];
      });
      code = this.list.push({ type: kind.type, properties }) - 1;
      kind.codes.set(key, code);
    }
    return code;
  }

  #newKind(type: string): Kind {
    const read = this.#properties === null ? null : [...(this.#properties.get(type) ?? [])].sort();
    return { type, read, codes: new Map() };
  }
}

/** Which cells of a row hold the properties that are read of a kind. */
export type Layout = { names: readonly string[]; columns: readonly (readonly number[])[] };

export function layoutOf(kind: Kind, header: readonly string[]): Layout {
  const columns = new Map<string, number[]>();
  header.forEach((cell, column) => {
    const name = fold(cell);
    if (kind.read === null || kind.read.includes(name))
      columns.set(name, [...(columns.get(name) ?? []), column]);
  });
  const names = [...columns.keys()].sort();
  return { names, columns: names.map((name) => columns.get(name)!) };
}

/** The text in the last of some cells that is not missing. */
export function textIn(cells: readonly Raw[], columns: readonly number[]): string | null {
  for (let i = columns.length - 1; i >= 0; i--) {
    const raw = cells[columns[i]!];
    const text = typeof raw === 'string' ? raw.trim() : readValue(raw)?.text;
    if (text) return text;
  }
  return null;
}
