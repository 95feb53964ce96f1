/**
 * A text as a QR code (ISO/IEC 18004), drawn as one path of an SVG: bytes, error correction level L, versions 1 to 10
 * (at most 271 bytes), which is plenty for what an authenticator is given.
 */
type Grid = { size: number; dark: boolean[][]; fixed: boolean[][] };

/** By version from 1: codewords of error correction in each block, and how many blocks. */
const CORRECTION = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4];
/** By version from 1: all codewords, of data and of correction. */
const CODEWORDS = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
/** Where the small squares stand; none in version 1. */
const ALIGNMENT = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];

/** @throws RangeError when the text is longer than 271 bytes */
export function drawQr(text: string): { size: number; path: string } {
  const bytes = new TextEncoder().encode(text);
  const version = CODEWORDS.findIndex((_, at) => dataOf(at + 1) * 8 >= headOf(at + 1) + bytes.length * 8) + 1;
  if (version === 0) throw new RangeError(`A picture holds at most 271 bytes; found ${bytes.length}.`);
  const bits = bitsOf(withCorrection(dataBytes(bytes, version), version));
  const plain = frame(version);
  fill(plain, bits);
  const best = masks
    .map((mask, number) => masked(plain, mask, number))
    .reduce((least, next) => (penalty(next) < penalty(least) ? next : least));
  const path = best.dark
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size: best.size, path };
}

const dataOf = (version: number): number =>
  CODEWORDS[version - 1]! - CORRECTION[version - 1]! * BLOCKS[version - 1]!;
/** Bits that say what follows and how long it is. */
const headOf = (version: number): number => 4 + (version < 10 ? 8 : 16);

function dataBytes(bytes: Uint8Array, version: number): number[] {
  const length = bytes.length.toString(2).padStart(headOf(version) - 4, '0');
  const content = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const capacity = dataOf(version);
  const head = `0100${length}${content}`;
  const closed = head + '0'.repeat(Math.min(4, capacity * 8 - head.length));
  const whole = closed.padEnd(Math.ceil(closed.length / 8) * 8, '0');
  const found = (whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const padding = Array.from({ length: capacity - found.length }, (_, i) => (i % 2 === 0 ? 0xec : 0x11));
  return [...found, ...padding];
}

/** Each block with its correction, and all of them interleaved. */
function withCorrection(data: number[], version: number): number[] {
  const count = BLOCKS[version - 1]!;
  const degree = CORRECTION[version - 1]!;
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  const blocks = Array.from({ length: count }, (_, i) => {
    const from = i * short + Math.max(0, i - (count - longer));
    return data.slice(from, from + short + (i >= count - longer ? 1 : 0));
  });
  const corrections = blocks.map((block) => remainder(block, degree));
  const interleaved = (lists: number[][]): number[] =>
    Array.from({ length: Math.max(...lists.map(({ length }) => length)) }, (_, i) =>
      lists.flatMap((list) => (i < list.length ? [list[i]!] : [])),
    ).flat();
  return [...interleaved(blocks), ...interleaved(corrections)];
}

/** Reed–Solomon over the bytes, by the polynomial x⁸ + x⁴ + x³ + x² + 1. */
function remainder(block: number[], degree: number): number[] {
  let divisor = [...Array.from({ length: degree - 1 }, () => 0), 1];
  let root = 1;
  for (let i = 0; i < degree; i++) {
    divisor = divisor.map((value, j) => times(value, root) ^ (divisor[j + 1] ?? 0));
    root = times(root, 2);
  }
  const rest: number[] = Array.from({ length: degree }, () => 0);
  for (const byte of block) {
    const factor = byte ^ rest.shift()!;
    rest.push(0);
    for (const [i, value] of divisor.entries()) rest[i] = rest[i]! ^ times(value, factor);
  }
  return rest;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> i) & 1) * a);
  return product;
}

const bitsOf = (bytes: number[]): boolean[] =>
  bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((i) => ((byte >> i) & 1) === 1));

/** What every code of the version has: the squares by which it is found, the two rulers, and what version it is. */
function frame(version: number): Grid {
  const size = version * 4 + 17;
  const rows = (): boolean[][] =>
    Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const grid: Grid = { size, dark: rows(), fixed: rows() };
  for (let i = 0; i < size; i++) {
    set(grid, 6, i, i % 2 === 0);
    set(grid, i, 6, i % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    square(grid, x, y, 4, (far) => far !== 2 && far !== 4);
  }
  const places = ALIGNMENT[version - 1]!;
  const last = places.length - 1;
  for (const [i, x] of places.entries()) {
    for (const [j, y] of places.entries()) {
      const isCorner = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      if (!isCorner) square(grid, x, y, 2, (far) => far !== 1);
    }
  }
  sayMask(grid, 0);
  if (version >= 7) sayVersion(grid, version);
  return grid;
}

function set(grid: Grid, x: number, y: number, isDark: boolean): void {
  if (x < 0 || y < 0 || x >= grid.size || y >= grid.size) return;
  grid.dark[y]![x] = isDark;
  grid.fixed[y]![x] = true;
}

function square(grid: Grid, x: number, y: number, reach: number, isDark: (far: number) => boolean): void {
  for (let down = -reach; down <= reach; down++) {
    for (let across = -reach; across <= reach; across++) {
      set(grid, x + across, y + down, isDark(Math.max(Math.abs(across), Math.abs(down))));
    }
  }
}

/** Bits with those by which they are checked: the remainder of a division by a polynomial. */
function checked(value: number, width: number, polynomial: number): number {
  let rest = value;
  for (let i = 0; i < width; i++) rest = (rest << 1) ^ ((rest >> (width - 1)) * polynomial);
  return (value << width) | rest;
}

const LEVEL_L = 1;
function sayMask(grid: Grid, mask: number): void {
  const bits = checked((LEVEL_L << 3) | mask, 10, 0x537) ^ 0x5412;
  const bit = (i: number): boolean => ((bits >> i) & 1) === 1;
  const { size } = grid;
  for (let i = 0; i <= 5; i++) set(grid, 8, i, bit(i));
  set(grid, 8, 7, bit(6));
  set(grid, 8, 8, bit(7));
  set(grid, 7, 8, bit(8));
  for (let i = 9; i < 15; i++) set(grid, 14 - i, 8, bit(i));
  for (let i = 0; i < 8; i++) set(grid, size - 1 - i, 8, bit(i));
  for (let i = 8; i < 15; i++) set(grid, 8, size - 15 + i, bit(i));
  set(grid, 8, size - 8, true);
}

function sayVersion(grid: Grid, version: number): void {
  const bits = checked(version, 12, 0x1f25);
  for (let i = 0; i < 18; i++) {
    const isDark = ((bits >> i) & 1) === 1;
    const a = grid.size - 11 + (i % 3);
    const b = Math.floor(i / 3);
    set(grid, a, b, isDark);
    set(grid, b, a, isDark);
  }
}

/** The bits, two columns at a time from the right, up and down in turn. */
function fill(grid: Grid, bits: boolean[]): void {
  const { size, dark, fixed } = grid;
  let next = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      for (const x of [right, right - 1]) {
        const isUp = ((right + 1) & 2) === 0;
        const y = isUp ? size - 1 - step : step;
        if (fixed[y]![x] || next >= bits.length) continue;
        dark[y]![x] = bits[next]!;
        next += 1;
      }
    }
  }
}

type Mask = (x: number, y: number) => boolean;
const masks: readonly Mask[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function masked({ size, dark, fixed }: Grid, mask: Mask, number: number): Grid {
  const turned = dark.map((row, y) =>
    row.map((isDark, x) => (fixed[y]![x] ? isDark : isDark !== mask(x, y))),
  );
  const grid = { size, dark: turned, fixed: fixed.map((row) => [...row]) };
  sayMask(grid, number);
  return grid;
}

/** How hard it would be to read: long runs, blocks of one tone, and too much of it. */
function penalty({ size, dark }: Grid): number {
  const columns = dark.map((_, x) => dark.map((row) => row[x]!));
  const lines = [...dark, ...columns].map((line) => line.map((isDark) => (isDark ? '1' : '0')).join(''));
  const runs = lines
    .flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? [])
    .reduce((sum, run) => sum + run.length - 2, 0);
  const finders = lines.reduce(
    (sum, line) => sum + (line.match(/(?=00001011101|10111010000)/g)?.length ?? 0),
    0,
  );
  let blocks = 0;
  for (let y = 1; y < size; y++) {
    for (let x = 1; x < size; x++) {
      const tone = dark[y]![x];
      if (tone === dark[y - 1]![x] && tone === dark[y]![x - 1] && tone === dark[y - 1]![x - 1]) blocks += 1;
    }
  }
  const share = dark.flat().filter(Boolean).length / (size * size);
  return runs + finders * 40 + blocks * 3 + Math.floor(Math.abs(share - 0.5) * 20) * 10;
}
