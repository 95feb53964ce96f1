/** Numbers and texts as bytes that pack well: sections, each compressed by itself, so that what is not wanted stays shut. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { aboveOf, lowOf, type Planes, planes, planesOf } from './planes.ts';

/** Higher levels look for what comes again: there is little of that, and it takes longer both ways. */
const TEXT = { [constants.ZSTD_c_compressionLevel]: 1 };
/** In numbers there is next to nothing of it: only long runs of the same are worth telling apart from chance. */
const NUMBERS = { ...TEXT, [constants.ZSTD_c_minMatch]: 7, [constants.ZSTD_c_hashLog]: 6 };
const WORD = 4;
const LEAST_PIECE = 4_096;

/** What is to be packed, and how. */
type Section = { bytes: Uint8Array; params: Record<number, number> };

export const textSection = (text: string): Section => ({ bytes: Buffer.from(text, 'utf8'), params: TEXT });

/** Whole numbers from 0 up. */
export const numberSection = (numbers: ArrayLike<number>): Section => ({
  bytes: planes(numbers),
  params: NUMBERS,
});

/** Packs sections into one: how many there are, how long each is, then the sections. */
export function packSections(sections: readonly Section[]): Buffer {
  const packed = sections.map(({ bytes, params }) => zstdCompressSync(bytes, { params }));
  const head = Buffer.alloc(WORD * (1 + packed.length));
  head.writeUInt32LE(packed.length, 0);
  for (const [i, { length }] of packed.entries()) head.writeUInt32LE(length, WORD * (1 + i));
  return Buffer.concat([head, ...packed]);
}

/** So many had best be opened in one go. */
export const AT_ONCE = 16;

/** What was packed; a section is unpacked when it is asked for. */
export class Sections {
  readonly #first: Uint8Array;
  /** The last bytes, where the first are not all; and how many there are before them. */
  readonly #last: Uint8Array;
  readonly #before: number;
  readonly #ends: number[] = [];
  readonly #opened = new Map<number, Buffer>();
  /** What the sections that were opened lie in, where nothing else does. */
  #memory: ArrayBuffer | null = null;

  /** @param last the last bytes, where `first` may be the first alone */
  constructor(first: Uint8Array, last?: Uint8Array) {
    const head = Buffer.from(first.buffer, first.byteOffset, first.byteLength);
    const count = head.readUInt32LE(0);
    let end = WORD * (1 + count);
    this.#ends.push(end);
    for (let i = 0; i < count; i++) {
      end += head.readUInt32LE(WORD * (1 + i));
      this.#ends.push(end);
    }
    if (last === undefined && end !== first.length)
      throw new RangeError(`a packed chunk has ${first.length} bytes where its head says ${end}`);
    this.#first = first;
    this.#last = last ?? first;
    this.#before = end - this.#last.length;
  }

  /** How many of the first bytes a section takes, or of the last, if that is less: 0 when they are there. */
  lacks(index: number): number {
    const [from, to] = [this.#ends[index]!, this.#ends[index + 1]!];
    if (to <= this.#first.length || from >= this.#before) return 0;
    return Math.min(to, this.#ends.at(-1)! - from);
  }

  /** Unpacks some sections in one go, which takes less time than one by one; each of them can be had once. */
  open(indexes: readonly number[]): void {
    Sections.openAll([this], indexes);
  }

  /** The same sections of several: making the decompressor ready takes longer than unpacking what is small. */
  static openAll(all: readonly Sections[], indexes: readonly number[]): void {
    const packed = all.map((sections) => sections.#joined(indexes));
    const sizes = all.map((sections) => indexes.map((index) => sizeOf(sections.#packed(index))));
    const total = sizes.flat().reduce((sum, size) => sum + size, 0);
    const unpacked = unpack(packed.length === 1 ? packed[0]! : Buffer.concat(packed), total);
    const { buffer } = unpacked;
    const isAlone = all.length === 1 && buffer instanceof ArrayBuffer && buffer.byteLength === roomFor(total);
    if (isAlone) all[0]!.#memory = buffer;
    let from = 0;
    for (const [i, sections] of all.entries()) {
      for (const [n, index] of indexes.entries()) {
        const end = from + sizes[i]![n]!;
        sections.#opened.set(index, unpacked.subarray(from, end));
        from = end;
      }
    }
  }

  /** Gives back at once what was opened last: nothing of it is read any more. Left to be found it would be looked for often. */
  close(): void {
    this.#opened.clear();
    this.#memory?.transfer(0);
    this.#memory = null;
  }

  at(index: number): Buffer {
    const opened = this.#opened.get(index);
    if (opened !== undefined) {
      this.#opened.delete(index);
      return opened;
    }
    const packed = this.#packed(index);
    return unpack(packed, sizeOf(packed));
  }

  #packed(index: number): Uint8Array {
    const [from, to] = [this.#ends[index]!, this.#ends[index + 1]!];
    return to <= this.#first.length
      ? this.#first.subarray(from, to)
      : this.#last.subarray(from - this.#before, to - this.#before);
  }

  /** Sections one after the other, as they are where they follow each other. */
  #joined(indexes: readonly number[]): Uint8Array {
    const [from, to] = [this.#ends[indexes[0]!]!, this.#ends[indexes.at(-1)! + 1]!];
    const follow = indexes.every((index, i) => index === indexes[0]! + i);
    return follow && to <= this.#first.length
      ? this.#first.subarray(from, to)
      : Buffer.concat(indexes.map((index) => this.#packed(index)));
  }

  text(index: number): string {
    return this.at(index).toString('utf8');
  }

  planes(index: number): Planes {
    return planesOf(this.at(index));
  }

  numbers(index: number): Float64Array {
    const planes = this.planes(index);
    const low = lowOf(planes);
    const numbers = new Float64Array(low);
    const above = aboveOf(planes);
    if (above !== null) for (let i = 0; i < numbers.length; i++) numbers[i]! += above[i]! * 2 ** 32;
    return numbers;
  }

  /** Numbers under 2^32. */
  codes(index: number): Uint32Array {
    return lowOf(this.planes(index));
  }
}

/** Unpacked in one go: by default it comes in pieces that are put together afterwards. */
const unpack = (packed: Uint8Array, size: number): Buffer =>
  zstdDecompressSync(packed, { chunkSize: roomFor(size) });

/** Room for what is unpacked. There is more, or as much room again is made for what might follow. */
const roomFor = (size: number): number => Math.max(LEAST_PIECE, size + 1);

/** How many bytes a section has when it is unpacked, as the head of its frame says (RFC 8878, 3.1.1.1). */
function sizeOf(packed: Uint8Array): number {
  const frame = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const descriptor = frame[4]!;
  const isSingle = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingle ? 0 : 1);
  switch (descriptor >> 6) {
    case 0:
      if (isSingle) return frame[at]!;
      throw new RangeError('a packed section does not say how long it is');
    case 1:
      return frame.readUInt16LE(at) + 256;
    case 2:
      return frame.readUInt32LE(at);
    default:
      return Number(frame.readBigUInt64LE(at));
  }
}
