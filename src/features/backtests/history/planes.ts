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
  #numbers = new Uint32Array(0);
  #planes: Planes = { bytes: new Uint8Array(1), width: 1, length: 0 };
  /** The planes, without what comes before them. */
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** The low 32 bits of all numbers, up to the next time. */
  low(planes: Planes): Uint32Array {
    const numbers = this.lay(planes);
    this.join(0, planes.length);
    return numbers;
  }

  /** Looks at other planes. @returns where the low 32 bits of their numbers will be, as far as they are joined */
  lay(planes: Planes): Uint32Array {
    const { bytes, width, length } = planes;
    if (this.#numbers.length < length) this.#numbers = new Uint32Array(length);
    if (width === 1) this.#numbers.set(bytes.subarray(1));
    this.#planes = planes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset + 1, width * length);
    return this.#numbers;
  }

  /** Joins numbers of the planes, from one up to another. */
  join(from: number, end: number): void {
    const { width, length } = this.#planes;
    if (width === 1) return;
    const whole = length >>> 2;
    const first = from >>> 2;
    const last = Math.min((end + 3) >>> 2, whole);
    if (width === 2) joinTwo(this.#view, length, first, last, this.#numbers);
    else joinFour(this.#view, length, first, last, this.#numbers, width === 3 ? 0 : -1);
    if (end > whole * 4) this.#joinRest(whole * 4);
  }

  /** The last numbers, where these are not four. */
  #joinRest(from: number): void {
    const { bytes, width, length } = this.#planes;
    for (let i = from; i < length; i++) {
      let number = 0;
      for (let plane = 0; plane < width && plane < LOW_PLANES; plane++)
        number |= bytes[1 + plane * length + i]! << (8 * plane);
      this.#numbers[i] = number;
    }
  }
}

const EVEN = 0x00ff_00ff;
const ODD = 0xff00_ff00 | 0;
const LOW_HALF = 0x0000_ffff;
const HIGH_HALF = 0xffff_0000 | 0;

/**
 * Numbers out of four planes, four at a time out of four bytes of each: looking into memory is what takes long, and this
 * looks less than half as often as byte by byte. Of each four the even bytes and the odd ones are joined with those of
 * the next plane.
 * @param top 0 where there are three planes only
 */
function joinFour(
  planes: DataView,
  length: number,
  first: number,
  last: number,
  out: Uint32Array,
  top: 0 | -1,
): void {
  const [second, third, fourth] = [length, 2 * length, top === 0 ? 0 : 3 * length];
  for (let place = first << 2; place < last << 2; place += 4) {
    const a = planes.getInt32(place, true);
    const b = planes.getInt32(place + second, true);
    const c = planes.getInt32(place + third, true);
    const d = planes.getInt32(place + fourth, true) & top;
    const even = (a & EVEN) | ((b & EVEN) << 8);
    const odd = ((a >>> 8) & EVEN) | (b & ODD);
    const evenAbove = (c & EVEN) | ((d & EVEN) << 8);
    const oddAbove = ((c >>> 8) & EVEN) | (d & ODD);
    out[place] = (even & LOW_HALF) | (evenAbove << 16);
    out[place + 1] = (odd & LOW_HALF) | (oddAbove << 16);
    out[place + 2] = (even >>> 16) | (evenAbove & HIGH_HALF);
    out[place + 3] = (odd >>> 16) | (oddAbove & HIGH_HALF);
  }
}

/** The same out of two. */
function joinTwo(planes: DataView, length: number, first: number, last: number, out: Uint32Array): void {
  for (let place = first << 2; place < last << 2; place += 4) {
    const a = planes.getInt32(place, true);
    const b = planes.getInt32(place + length, true);
    const even = (a & EVEN) | ((b & EVEN) << 8);
    const odd = ((a >>> 8) & EVEN) | (b & ODD);
    out[place] = even & LOW_HALF;
    out[place + 1] = odd & LOW_HALF;
    out[place + 2] = even >>> 16;
    out[place + 3] = odd >>> 16;
  }
}
