/**
 * Whole numbers from 0 up to 2^52, byte by byte: first the lowest byte of each, then the next of each, as many as the
 * largest needs. Bytes of one plane are alike, which is what packs.
 */

/** Numbers as planes; how many there are comes first. */
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
      out[1 + plane * numbers.length + i] =
        plane < LOW_PLANES ? low >>> (8 * plane) : high >>> (8 * (plane - LOW_PLANES));
    }
  }
  return out;
}

/** The planes of the low 32 bits. */
const LOW_PLANES = 4;

/** Planes as they are read: how many there are, and how many numbers they make. */
export type Planes = { bytes: Uint8Array; width: number; length: number };

export function planesOf(bytes: Uint8Array): Planes {
  const width = bytes[0]!;
  return { bytes, width, length: ((bytes.length - 1) / width) | 0 }; // whole, and held as such
}

/** The low 32 bits of all numbers. */
export const lowOf = (planes: Planes): Uint32Array => new Room().low(planes).subarray(0, planes.length);

/** What all numbers have above these; null where that is nothing. */
export function aboveOf({ bytes, width, length }: Planes): Uint8Array | Uint32Array | null {
  if (width <= LOW_PLANES) return null;
  const above = bytes.subarray(1 + LOW_PLANES * length);
  if (width === LOW_PLANES + 1) return above;
  const numbers = new Uint32Array(length);
  for (let plane = 0; plane < width - LOW_PLANES; plane++) {
    for (let i = 0; i < length; i++) numbers[i]! |= above[plane * length + i]! << (8 * plane);
  }
  return numbers;
}

/** Memory in which numbers are put together, and that is used again: touching new memory takes longer than the work. */
export class Room {
  #words = new Int32Array(0);
  #numbers = new Uint32Array(0);

  /** The low 32 bits of numbers, up to the next time; there is room for up to three more behind them. */
  low(planes: Planes): Uint32Array {
    const { bytes, width, length } = planes;
    const quads = (length + 3) >>> 2;
    if (this.#numbers.length < quads * 4) this.#numbers = new Uint32Array(quads * 4);
    const out = this.#numbers;
    if (width === 1) out.set(bytes.subarray(1));
    else if (width === 2) joinTwo(this.#lay(planes, 2), quads, out);
    else joinFour(this.#lay(planes, LOW_PLANES), quads, out);
    return out;
  }

  /** The first planes as words of four bytes each, one plane after the other; zeros where there are fewer. */
  #lay({ bytes, width, length }: Planes, count: number): Int32Array {
    const quads = (length + 3) >>> 2;
    if (this.#words.length < quads * count) this.#words = new Int32Array(quads * count);
    const room = new Uint8Array(this.#words.buffer);
    for (let plane = 0; plane < count; plane++) {
      const to = plane * quads * 4;
      if (plane < width) room.set(bytes.subarray(1 + plane * length, 1 + (plane + 1) * length), to);
      else room.fill(0, to, to + quads * 4);
    }
    return this.#words;
  }
}

const EVEN = 0x00ff_00ff;
const ODD = 0xff00_ff00 | 0;
const LOW_HALF = 0x0000_ffff;
const HIGH_HALF = 0xffff_0000 | 0;

/**
 * Numbers out of four planes, four at a time out of one word of each: looking into arrays is what takes long, and this
 * looks less than half as often as byte by byte. Of each word the even bytes and the odd ones are joined with those of
 * the next plane.
 */
function joinFour(words: Int32Array, quads: number, out: Uint32Array): void {
  for (let i = 0; i < quads; i++) {
    const a = words[i]!;
    const b = words[i + quads]!;
    const c = words[i + 2 * quads]!;
    const d = words[i + 3 * quads]!;
    const even = (a & EVEN) | ((b & EVEN) << 8);
    const odd = ((a >>> 8) & EVEN) | (b & ODD);
    const evenAbove = (c & EVEN) | ((d & EVEN) << 8);
    const oddAbove = ((c >>> 8) & EVEN) | (d & ODD);
    const place = i << 2;
    out[place] = (even & LOW_HALF) | (evenAbove << 16);
    out[place + 1] = (odd & LOW_HALF) | (oddAbove << 16);
    out[place + 2] = (even >>> 16) | (evenAbove & HIGH_HALF);
    out[place + 3] = (odd >>> 16) | (oddAbove & HIGH_HALF);
  }
}

/** The same out of two. */
function joinTwo(words: Int32Array, quads: number, out: Uint32Array): void {
  for (let i = 0; i < quads; i++) {
    const a = words[i]!;
    const b = words[i + quads]!;
    const even = (a & EVEN) | ((b & EVEN) << 8);
    const odd = ((a >>> 8) & EVEN) | (b & ODD);
    const place = i << 2;
    out[place] = even & LOW_HALF;
    out[place + 1] = odd & LOW_HALF;
    out[place + 2] = even >>> 16;
    out[place + 3] = odd >>> 16;
  }
}
