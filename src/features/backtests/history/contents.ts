/**
 * What the chunks and stretches of a history hold, found out before any is unpacked: whose activities and how many, who
 * the leads are, and what codes stand for. Each text is met hundreds of times: whoever reads looks it up by itself.
 */
import type { AttributeColumn, Footprint } from '#engine/replay/columns.ts';
import { Fields } from '#platform/db/fields.ts';
import { contentsOf } from './activity-chunk.ts';
import type { SignatureText } from './run.ts';
import { AT_ONCE } from './sections.ts';
import { type BookedStretch, StateChunk } from './state-chunk.ts';

/** Of a chunk: its leads, how much each did, and for each of its codes the place of the text among all. */
export type ChunkContents = { number: number; leads: Float64Array; counts: Uint32Array; codes: Uint32Array };

/**
 * An attribute of a stretch that is looked at: its number there, and for each code there the place of the text; null
 * where it only matters whether there is one.
 */
type AttributeContents = { name: string; attribute: number; codes: Uint32Array | null };

/** Of a stretch: itself, who its leads are, how many states each of its roots has, and of what. */
export type StretchContents = {
  number: number;
  data: Uint8Array;
  booked: BookedStretch;
  counts: Uint32Array;
  attributes: AttributeContents[];
};

export type Contents = {
  chunks: ChunkContents[];
  signatures: readonly SignatureText[];
  stretches: StretchContents[];
  /** For each attribute whose value matters the texts that it has. */
  texts: ReadonlyMap<string, AttributeColumn['texts']>;
  /** Of how many bytes at each end of a chunk it could be told, where it could not: 0 where it could of all. */
  lacking: number;
};

/** What is looked at: of the rows the first ones are ends of chunks, so many, the others stretches. */
export type Wanted = Pick<Footprint, 'attributes' | 'values'> & { chunks: number };

/** Texts by their places, as they are first met. */
class Texts<T extends string | null> {
  readonly list: T[] = [];
  readonly #places = new Map<T, number>();

  placesOf(texts: readonly T[]): Uint32Array {
    const places = new Uint32Array(texts.length);
    for (let i = 0; i < places.length; i++) {
      const text = texts[i]!;
      let place = this.#places.get(text);
      if (place === undefined) {
        place = this.list.push(text) - 1;
        this.#places.set(text, place);
      }
      places[i] = place;
    }
    return places;
  }
}

/** Those of signatures, and of each attribute. */
class AllTexts {
  readonly signatures = new Texts<SignatureText>();
  readonly #attributes = new Map<string, Texts<string | null>>();

  of(attribute: string): Texts<string | null> {
    let texts = this.#attributes.get(attribute);
    if (texts === undefined) {
      texts = new Texts();
      this.#attributes.set(attribute, texts);
    }
    return texts;
  }

  attributes(): Contents['texts'] {
    return new Map(Array.from(this.#attributes, ([name, { list }]) => [name, list]));
  }
}

/** The first bytes of a chunk, and the last. */
type Ends = { number: number; first: Buffer; last: Buffer };

/** Reads contents out of rows, some at a time. */
export class ContentsReader {
  readonly #wanted: Wanted;
  readonly #texts = new AllTexts();
  readonly #chunks: ChunkContents[] = [];
  readonly #stretches: StretchContents[] = [];
  #ends: Ends[] = [];
  #opened: { number: number; stretch: StateChunk }[] = [];
  #lacking = 0;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  /** Takes a row: it may be gone afterwards. */
  take(row: Buffer, number: number): void {
    const fields = new Fields(row);
    const waiting =
      number < this.#wanted.chunks
        ? this.#ends.push({ number, first: Buffer.from(fields.raw()), last: Buffer.from(fields.raw()) })
        : this.#opened.push({ number, stretch: new StateChunk(sharedCopy(fields.raw())) });
    if (waiting >= AT_ONCE) this.#readWaiting();
  }

  /** All that was read. */
  contents(): Contents {
    this.#readWaiting();
    return {
      chunks: this.#chunks,
      signatures: this.#texts.signatures.list,
      stretches: this.#stretches,
      texts: this.#texts.attributes(),
      lacking: this.#lacking,
    };
  }

  #readWaiting(): void {
    const [ends, stretches] = [this.#ends, this.#opened];
    this.#ends = [];
    this.#opened = [];
    if (ends.length > 0) this.#readChunks(ends);
    if (stretches.length > 0) StateChunk.openAll(stretches.map(({ stretch }) => stretch));
    for (const { number, stretch } of stretches) this.#readStretch(number, stretch);
  }

  #readChunks(ends: readonly Ends[]): void {
    const contents = contentsOf(ends);
    if (typeof contents === 'number') {
      this.#lacking = Math.max(this.#lacking, contents);
      return;
    }
    for (const [i, { leads, counts, signatures }] of contents.entries()) {
      const codes = this.#texts.signatures.placesOf(signatures);
      this.#chunks.push({ number: ends[i]!.number, leads, counts, codes });
    }
  }

  #readStretch(number: number, stretch: StateChunk): void {
    const { attributes, values } = this.#wanted;
    const named = stretch.names().map((name, attribute) => ({ name, attribute }));
    const wanted = named.filter(({ name }) => attributes.has(name));
    const asked = wanted.filter(({ name }) => values.has(name));
    if (asked.length > 0) stretch.openTexts(asked.map(({ attribute }) => attribute));
    this.#stretches.push({
      number,
      data: stretch.data,
      booked: stretch.booked(),
      counts: stretch.counts(),
      attributes: wanted.map(({ name, attribute }) => ({
        name,
        attribute,
        codes: values.has(name) ? this.#texts.of(name).placesOf(stretch.texts(attribute)) : null,
      })),
    });
  }
}

/** What can be handed from thread to thread. */
export const memoryOf = ({ chunks, stretches }: Contents): ArrayBuffer[] =>
  [
    ...chunks.flatMap(({ leads, counts, codes }) => [leads, counts, codes]),
    ...stretches.flatMap(({ booked, counts, attributes }) => [
      ...Object.values(booked),
      counts,
      ...attributes.flatMap(({ codes }) => codes ?? []),
    ]),
  ].map(({ buffer }) => buffer as ArrayBuffer);

/** What several have read, in order. */
export function together(parts: readonly Contents[]): Contents {
  const texts = new AllTexts();
  for (const part of parts) {
    const signatures = texts.signatures.placesOf(part.signatures);
    for (const { codes } of part.chunks) recode(codes, signatures);
    const places = new Map(Array.from(part.texts, ([name, list]) => [name, texts.of(name).placesOf(list)]));
    for (const { attributes } of part.stretches)
      for (const { name, codes } of attributes) if (codes !== null) recode(codes, places.get(name)!);
  }
  const inOrder = <T extends { number: number }>(all: T[]): T[] => all.sort((a, b) => a.number - b.number);
  return {
    chunks: inOrder(parts.flatMap(({ chunks }) => chunks)),
    signatures: texts.signatures.list,
    stretches: inOrder(parts.flatMap(({ stretches }) => stretches)),
    texts: texts.attributes(),
    lacking: Math.max(...parts.map(({ lacking }) => lacking)),
  };
}

function recode(codes: Uint32Array, as: Uint32Array): void {
  for (let i = 0; i < codes.length; i++) codes[i] = as[codes[i]!]!;
}

/** The same bytes, where threads see them too. */
function sharedCopy(bytes: Buffer): Buffer {
  const copy = Buffer.from(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
