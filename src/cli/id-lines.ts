/**
 * Which line has an id: what `Map<string, number>` does, for millions of ids in little memory.
 *
 * A map of as many strings is strewn over memory, and looking into it was the dearest part of reading a long file.
 * Here hashes stand in one flat array; the characters behind them are only looked at when two hashes agree.
 */

const FIRST_ROOM = 1024;

export class IdLines {
  /** In pairs: a hash, and which id has it, counted from 1; 0 where there is none. Never more than half full. */
  #slots = new Int32Array(FIRST_ROOM * 2);
  /** For each id the line, and where its characters end. */
  #lines = new Int32Array(FIRST_ROOM);
  #ends = new Float64Array(FIRST_ROOM);
  #codes = new Uint16Array(FIRST_ROOM * 8);
  #size = 0;

  /** The line that has an id already; null when there is none, and from then on it is this one. */
  lineOf(id: string, line: number): number | null {
    const hash = hashOf(id);
    const mask = this.#slots.length / 2 - 1;
    let slot = hash & mask;
    for (; this.#slots[slot * 2 + 1] !== 0; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot * 2 + 1]! - 1;
      if (this.#slots[slot * 2] === hash && this.#isId(entry, id)) return this.#lines[entry]!;
    }
    this.#slots[slot * 2] = hash;
    this.#slots[slot * 2 + 1] = ++this.#size;
    this.#keep(id, line);
    if (this.#size * 2 >= mask) this.#spread();
    return null;
  }

  #isId(entry: number, id: string): boolean {
    const start = entry === 0 ? 0 : this.#ends[entry - 1]!;
    if (this.#ends[entry]! - start !== id.length) return false;
    for (let i = 0; i < id.length; i++) if (this.#codes[start + i] !== id.charCodeAt(i)) return false;
    return true;
  }

  #keep(id: string, line: number): void {
    const entry = this.#size - 1;
    const start = entry === 0 ? 0 : this.#ends[entry - 1]!;
    this.#lines = roomFor(entry, this.#lines, Int32Array);
    this.#ends = roomFor(entry, this.#ends, Float64Array);
    this.#codes = roomFor(start + id.length, this.#codes, Uint16Array);
    this.#lines[entry] = line;
    this.#ends[entry] = start + id.length;
    for (let i = 0; i < id.length; i++) this.#codes[start + i] = id.charCodeAt(i);
  }

  /** Twice as many slots. */
  #spread(): void {
    const before = this.#slots;
    const after = new Int32Array(before.length * 2);
    const mask = after.length / 2 - 1;
    for (let i = 0; i < before.length; i += 2) {
      if (before[i + 1] === 0) continue;
      let slot = before[i]! & mask;
      while (after[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      after[slot * 2] = before[i]!;
      after[slot * 2 + 1] = before[i + 1]!;
    }
    this.#slots = after;
  }
}

/** Every bit of it depends on every character: ids that only count up fall far apart. */
function hashOf(id: string): number {
  let hash = id.length;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash, 31) + id.charCodeAt(i);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return hash ^ (hash >>> 15);
}

/** The array, or one twice as long with what it held, so that it has an entry of this number. */
function roomFor<A extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(
  entry: number,
  array: A,
  kind: new (length: number) => A,
): A {
  if (entry < array.length) return array;
  const larger = new kind(Math.max(entry + 1, array.length * 2));
  larger.set(array);
  return larger;
}
