/**
 * Who the leads of a stretch of numbers are, and what was known of them when, as one packed chunk. Attributes lie apart
 * from each other: a replay opens those that its pacts read.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { AttributeColumn, Columns } from '#engine/replay/columns.ts';
import { packSections, planes, Sections, textSection } from './sections.ts';

/** How many lead numbers a stretch has. */
export const STRETCH = 4096;
export const stretchOf = (lead: number): number => Math.floor(lead / STRETCH);

/** A lead as it is booked: whom it stands for; whether it is erased. */
export type Booked = { number: number; root: number; erased: boolean; created: Instant };

type States = Columns['states'];

const NUMBERS = 0;
const ROOTS = 1;
const ERASED = 2;
const COUNTS = 3;
const SINCE = 4;
const NAMES = 5;
const FIRST_ATTRIBUTE = 6;

/** What holds from the beginning, among instants. */
const BEGINNING = 0;

/**
 * @param booked every lead of the stretch, in order of numbers
 * @param states those of the roots among them, in the same order, as `ColumnsBuilder` makes them
 */
export function packStates(booked: readonly Booked[], states: States): Buffer {
  const { starts, since, attributes } = states;
  const rows = starts.at(-1)! - 1;
  const counts = new Float64Array(starts.length - 1).map((_, i) => starts[i + 1]! - starts[i]!);
  const steps = new Float64Array(rows).map((_, i) => {
    const at = since[i + 1]!;
    return at === Number.NEGATIVE_INFINITY ? BEGINNING : folded(at) + 1;
  });
  const columns = attributes.flatMap(({ codes, texts }) => [
    planes(codes.subarray(1, rows + 1)),
    textSection(JSON.stringify(texts)),
  ]);
  return packSections([
    planes(booked.map(({ number }, i) => (i === 0 ? number : number - booked[i - 1]!.number))),
    planes(booked.map(({ root }) => root)),
    planes(booked.map(({ erased }) => (erased ? 1 : 0))),
    planes(counts),
    planes(steps),
    textSection(JSON.stringify(attributes.map(({ name }) => name))),
    ...columns,
  ]);
}

/** Instants before 1970 as odd numbers, so that all are whole and from 0 up. */
const folded = (at: Instant): number => (at < 0 ? -2 * at - 1 : 2 * at);
const unfolded = (number: number): Instant => (number % 2 === 1 ? -(number + 1) / 2 : number / 2);

export class StateChunk {
  readonly #sections: Sections;

  constructor(data: Buffer) {
    this.#sections = new Sections(data);
  }

  /** Every lead of the stretch, in order: its number, whom it stands for, and whether it is erased. */
  booked(): { numbers: Float64Array; roots: Float64Array; erased: Float64Array } {
    const [numbers, roots, erased] = [NUMBERS, ROOTS, ERASED].map((section) =>
      this.#sections.numbers(section),
    );
    for (let i = 1; i < numbers!.length; i++) numbers![i]! += numbers![i - 1]!;
    return { numbers: numbers!, roots: roots!, erased: erased! };
  }

  /** How many states each root of the stretch has. */
  counts(): Float64Array {
    return this.#sections.numbers(COUNTS);
  }

  /** The instant from which each state holds. */
  since(): Float64Array {
    return this.#sections
      .numbers(SINCE)
      .map((step) => (step === BEGINNING ? Number.NEGATIVE_INFINITY : unfolded(step - 1)));
  }

  /** The attributes that are wanted, by name: for each state the place of its text. */
  *attributes(
    wanted: (name: string) => boolean,
  ): Generator<{ name: string; codes: Uint32Array; texts: AttributeColumn['texts'] }> {
    const names = JSON.parse(this.#sections.text(NAMES)) as string[];
    for (const [i, name] of names.entries()) {
      if (!wanted(name)) continue;
      const section = FIRST_ATTRIBUTE + 2 * i;
      yield {
        name,
        codes: this.#sections.codes(section),
        texts: JSON.parse(this.#sections.text(section + 1)) as (string | null)[],
      };
    }
  }
}
