/** Flat memory for columns: plain, or shared so that worker threads see the same bytes. */

export type Numbers = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

type Kind<A extends Numbers> = {
  new (buffer: ArrayBufferLike): A;
  readonly BYTES_PER_ELEMENT: number;
};

/** An array of zeros. Shared memory needs a server, or a page that is isolated from other origins. */
export function allocate<A extends Numbers>(kind: Kind<A>, length: number, shared: boolean): A {
  const bytes = length * kind.BYTES_PER_ELEMENT;
  return new kind(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
}

/** The same array, with room for at least `length` entries; what it held is kept. */
export function grown<A extends Float64Array | Uint32Array>(array: A, kind: Kind<A>, length: number): A {
  if (array.length >= length) return array;
  const larger = allocate(kind, Math.max(length, array.length * 2), false);
  larger.set(array);
  return larger;
}

const BITS = 16;
const SIZE = 1 << BITS;

/** A list of numbers that grows in blocks, so that growing never copies and never doubles the memory held. */
export class Growing<A extends Float64Array | Uint32Array> {
  length = 0;
  readonly #kind: Kind<A>;
  readonly #blocks: A[] = [];

  constructor(kind: Kind<A>) {
    this.#kind = kind;
  }

  push(value: number): void {
    const within = this.length & (SIZE - 1);
    if (within === 0) this.#blocks.push(allocate(this.#kind, SIZE, false));
    this.#blocks[this.length >>> BITS]![within] = value;
    this.length++;
  }

  at(index: number): number {
    return this.#blocks[index >>> BITS]![index & (SIZE - 1)]!;
  }
}
