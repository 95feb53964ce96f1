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

  constructor(bytes: Uint8Array) {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#data = data;
    const count = data.readUInt32LE(0);
    let end = WORD * (1 + count);
    this.#ends.push(end);
    for (let i = 0; i < count; i++) {
      end += data.readUInt32LE(WORD * (1 + i));
      this.#ends.push(end);
    }
    if (end !== data.length)
      throw new RangeError(`a packed chunk has ${data.length} bytes where its head says ${end}`);
  }

  at(index: number): Buffer {
    const packed = this.#data.subarray(this.#ends[index], this.#ends[index + 1]);
    // Mostly unpacked in one go: by default it comes in pieces that are put together afterwards.
    return zstdDecompressSync(packed, { chunkSize: Math.max(LEAST_PIECE, 2 * packed.length) });
  }

  text(index: number): string {
    return this.at(index).toString('utf8');
  }

  numbers(index: number): Float64Array {
    return fromPlanes(this.at(index));
  }

  codes(index: number): Uint32Array {
    return lowFromPlanes(this.at(index));
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

const LOW = 4;

function fromPlanes(bytes: Uint8Array): Float64Array {
  const width = bytes[0]!;
  const numbers = new Float64Array(lowFromPlanes(bytes));
  for (let plane = LOW; plane < width; plane++) {
    const weight = 2 ** (8 * plane);
    const from = 1 + plane * numbers.length;
    for (let i = 0; i < numbers.length; i++) numbers[i]! += bytes[from + i]! * weight;
  }
  return numbers;
}

/** The low 32 bits of each number: all there is of codes. */
function lowFromPlanes(bytes: Uint8Array): Uint32Array {
  const width = bytes[0]!;
  const length = (bytes.length - 1) / width;
  const numbers = new Uint32Array(length);
  const [one, two, three, four] = [1, 1 + length, 1 + 2 * length, 1 + 3 * length];
  if (width === 1) numbers.set(bytes.subarray(1));
  else if (width === 2)
    for (let i = 0; i < length; i++) numbers[i] = bytes[one + i]! | (bytes[two + i]! << 8);
  else if (width === 3) {
    for (let i = 0; i < length; i++) {
      numbers[i] = bytes[one + i]! | (bytes[two + i]! << 8) | (bytes[three + i]! << 16);
    }
  } else {
    for (let i = 0; i < length; i++) {
      numbers[i] =
        bytes[one + i]! | (bytes[two + i]! << 8) | (bytes[three + i]! << 16) | (bytes[four + i]! << 24);
    }
  }
  return numbers;
}
