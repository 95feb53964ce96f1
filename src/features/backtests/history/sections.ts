/** Numbers and texts as bytes that pack well: sections, each compressed by itself, so that what is not wanted stays shut. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Packed tightly enough at this level; higher ones cost much and gain little on numbers. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
const WORD = 4;
const LEAST_PIECE = 4_096;

/** Packs sections into one: how many there are, how long each is, how long it was, then the sections. */
export function packSections(sections: readonly Uint8Array[]): Buffer {
  const packed = sections.map((section) => zstdCompressSync(section, LEVEL));
  const head = Buffer.alloc(WORD * (1 + packed.length));
  head.writeUInt32LE(packed.length, 0);
  for (const [i, { length }] of packed.entries()) head.writeUInt32LE(length, WORD * (1 + i));
  return Buffer.concat([head, ...packed]);
}

/** What was packed; a section is unpacked when it is asked for. */
export class Sections {
  readonly #data: Buffer;
  readonly #ends: number[] = [];

  /** @param isWhole whether all sections are there, or some of the first alone */
  constructor(bytes: Uint8Array, isWhole = true) {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#data = data;
    const count = data.readUInt32LE(0);
    let end = WORD * (1 + count);
    this.#ends.push(end);
    for (let i = 0; i < count; i++) {
      end += data.readUInt32LE(WORD * (1 + i));
      this.#ends.push(end);
    }
    if (isWhole && end !== data.length)
      throw new RangeError(`a packed chunk has ${data.length} bytes where its head says ${end}`);
  }

  /** How many bytes there are up to the end of a section. */
  upTo(index: number): number {
    return this.#ends[index + 1]!;
  }

  at(index: number): Buffer {
    const packed = this.#data.subarray(this.#ends[index], this.#ends[index + 1]);
    // Mostly unpacked in one go: by default it comes in pieces that are put together afterwards.
    return zstdDecompressSync(packed, { chunkSize: Math.max(LEAST_PIECE, 2 * packed.length) });
  }

  text(index: number): string {
    return this.at(index).toString('utf8');
  }

  planes(index: number): Planes {
    return planesOf(this.at(index));
  }

  numbers(index: number): Float64Array {
    const { bytes, width, length } = this.planes(index);
    const numbers = new Float64Array(length);
    for (let i = 0; i < length; i++) numbers[i] = lowAt(bytes, width, length, i);
    if (width > LOW_PLANES) for (let i = 0; i < length; i++) numbers[i]! += highAt(bytes, width, length, i);
    return numbers;
  }

  /** Numbers under 2^32. */
  codes(index: number): Uint32Array {
    const { bytes, width, length } = this.planes(index);
    const numbers = new Uint32Array(length);
    for (let i = 0; i < length; i++) numbers[i] = lowAt(bytes, width, length, i);
    return numbers;
  }
}

export const textSection = (text: string): Buffer => Buffer.from(text, 'utf8');

/**
 * Whole numbers from 0 up to 2^52, byte by byte: first the lowest byte of each, then the next of each, as many as the
 * largest needs. Bytes of one plane are alike, which is what packs.
 */
export function planes(numbers: ArrayLike<number>): Uint8Array {
  let most = 0;
  for (let i = 0; i < numbers.length; i++) if (numbers[i]! > most) most = numbers[i]!;
  let width = 1;
  while (2 ** (8 * width) <= most) width++;
  const out = new Uint8Array(1 + width * numbers.length);
  out[0] = width;
  for (let i = 0; i < numbers.length; i++) {
    const low = numbers[i]! >>> 0;
    const high = (numbers[i]! - low) / 2 ** 32;
    for (let plane = 0; plane < width; plane++) {
      out[1 + plane * numbers.length + i] = plane < 4 ? low >>> (8 * plane) : high >>> (8 * (plane - 4));
    }
  }
  return out;
}

/** The planes of the low 32 bits. */
const LOW_PLANES = 4;

/** Planes as they are read: how many there are, and how many numbers they make. */
export type Planes = { bytes: Uint8Array; width: number; length: number };

function planesOf(bytes: Uint8Array): Planes {
  const width = bytes[0]!;
  return { bytes, width, length: ((bytes.length - 1) / width) | 0 }; // whole, and held as such
}

/** The low 32 bits of a number. */
function lowAt(bytes: Uint8Array, width: number, length: number, i: number): number {
  const at = 1 + i;
  let number = bytes[at]!;
  if (width > 1) number |= bytes[at + length]! << 8;
  if (width > 2) number |= bytes[at + 2 * length]! << 16;
  if (width > 3) number |= bytes[at + 3 * length]! << 24;
  return number >>> 0;
}

/** What a number has above these. */
function highAt(bytes: Uint8Array, width: number, length: number, i: number): number {
  let high = 0;
  for (let plane = width - 1; plane >= LOW_PLANES; plane--) {
    high = high * 256 + bytes[1 + plane * length + i]!;
  }
  return high * 2 ** 32;
}
