/** Who the leads of a history are, whom each stands for, and in which order they lie in the columns. */
import { allocate } from '#engine/replay/columns/memory.ts';
import type { Query } from '#platform/db/transaction.ts';
import { readBooked } from './ledger-rows.ts';
import type { Packed } from './packed.ts';
import type { Booked, BookedStretch } from './state-chunk.ts';

export type People = {
  /** Those that stand for a person and are not erased, in the order that was asked for. */
  roots: Float64Array;
  /** For each lead number the place of whom it stands for among the roots; -1 for nobody. */
  places: Int32Array;
  /** Roots whose states are folded anew from the ledger, in order. */
  anew: Booked[];
  /** For each stretch the places of its roots whose states are taken as packed; -1 for one whose are not. */
  packedRoots: Int32Array[];
};

/** Nobody, where a lead is wanted. */
export const NOBODY = -1;

/**
 * In which order the leads that stand for a person lie, of whom there are the numbers in order.
 * @param rootOf for each lead number whom it stands for; NOBODY where there is no such lead
 */
export type Arrange = (standing: Float64Array, rootOf: Int32Array) => Float64Array;

/** Finds out, out of what is packed and what was booked since. */
export async function readPeople(
  query: Query,
  workspace: string,
  packed: Packed,
  arrange: Arrange,
): Promise<People> {
  const stretches = packed.stretches.map(({ booked }) => booked);
  const known = new Directory(stretches.at(-1)?.numbers.at(-1) ?? 0);
  for (const stretch of stretches) known.bookAll(stretch);
  const affected = new Set<number>(packed.doubted);
  for (const lead of packed.doubted) if (known.rootOf(lead) !== NOBODY) affected.add(known.rootOf(lead));
  const fresh = await readBooked(query, workspace, packed.booked ? [...affected] : null);
  for (const { number, root, erased } of fresh) {
    known.reach(Math.max(number, root));
    known.book(number, root, erased);
    affected.add(root);
  }
  const roots = arrange(known.standing(), known.roots);
  const places = known.placesBy(roots);
  const standing = [...affected].filter((number) => known.stands(number));
  return {
    roots,
    places,
    anew: await readBooked(query, workspace, standing),
    packedRoots: stretches.map((stretch) => packedRootsOf(stretch, affected, places)),
  };
}

/** The places of the roots of a stretch, in order; of whoever is affected by what came since, none. */
function packedRootsOf(
  { numbers, roots, erased }: BookedStretch,
  affected: ReadonlySet<number>,
  places: Int32Array,
): Int32Array {
  const out = allocate(Int32Array, numbers.length, true);
  const isAny = affected.size > 0;
  let count = 0;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    if (roots[i] !== number || erased[i] !== 0) continue;
    out[count++] = isAny && affected.has(number) ? NOBODY : places[number]!;
  }
  return out.subarray(0, count);
}

/** Whom each lead number stands for. Numbers are dense, so that they are places themselves. */
class Directory {
  /** For each number; NOBODY where there is no such lead. */
  roots: Int32Array;
  #erased: Uint8Array;

  /** For numbers up to this one, at first. */
  constructor(most: number) {
    this.roots = new Int32Array(most + 1).fill(NOBODY);
    this.#erased = new Uint8Array(most + 1);
  }

  /** Makes room for numbers up to this one. */
  reach(number: number): void {
    if (number < this.roots.length) return;
    const [roots, erased] = [this.roots, this.#erased];
    const length = Math.max(number + 1, Math.ceil(roots.length * 1.5));
    this.roots = new Int32Array(length).fill(NOBODY);
    this.roots.set(roots);
    this.#erased = new Uint8Array(length);
    this.#erased.set(erased);
  }

  bookAll({ numbers, roots, erased }: BookedStretch): void {
    const [ofAll, erasedOfAll] = [this.roots, this.#erased];
    const first = numbers[0] ?? 0;
    if (numbers.at(-1) === first + numbers.length - 1) {
      ofAll.set(roots, first);
      erasedOfAll.set(erased, first);
      return;
    }
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!;
      ofAll[number] = roots[i]!;
      erasedOfAll[number] = erased[i]!;
    }
  }

  book(number: number, root: number, erased: boolean): void {
    this.roots[number] = root;
    this.#erased[number] = erased ? 1 : 0;
  }

  rootOf(number: number): number {
    return this.roots[number] ?? NOBODY;
  }

  /** Whether it stands for a person, and is not erased. */
  stands(number: number): boolean {
    return this.roots[number] === number && this.#erased[number] === 0;
  }

  /** All that do, in order. */
  standing(): Float64Array {
    const [roots, erased] = [this.roots, this.#erased];
    const out = new Float64Array(roots.length);
    let count = 0;
    for (let number = 0; number < roots.length; number++) {
      if (roots[number] === number && erased[number] === 0) out[count++] = number;
    }
    return out.subarray(0, count);
  }

  /** For each number the place of whom it stands for among some roots; NOBODY where that is none of them. */
  placesBy(roots: Float64Array): Int32Array {
    const rootOf = this.roots;
    const places = new Int32Array(rootOf.length).fill(NOBODY);
    for (let place = 0; place < roots.length; place++) places[roots[place]!] = place;
    for (let number = 0; number < places.length; number++) {
      const root = rootOf[number]!;
      if (root !== number && root !== NOBODY) places[number] = places[root]!;
    }
    return places;
  }
}

/**
 * Leads are dealt out to so many heaps, by their numbers; a sample is the first of them. More would make for finer samples,
 * and take longer to fill from chunks: each is written to at a place of its own.
 */
export const HEAPS = 20;
const heapOf = (lead: number): number =>
  Math.floor(((Math.imul(lead, 2_654_435_761) >>> 0) * HEAPS) / 2 ** 32);

/** One heap after the other, each in order of numbers: what lay together in chunks mostly still does. */
export const mixed: Arrange = (standing) => {
  const ends = new Uint32Array(HEAPS + 1);
  for (const lead of standing) ends[heapOf(lead) + 1]!++;
  for (let heap = 0; heap < HEAPS; heap++) ends[heap + 1]! += ends[heap]!;
  const out = new Float64Array(standing.length);
  for (const lead of standing) out[ends[heapOf(lead)]!++] = lead;
  return out;
};
