/**
 * Who the leads of a stretch of numbers are, and what was known of them when, as one packed chunk. Attributes lie apart
 * from each other: a replay opens those that its pacts read.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { AttributeColumn, Columns } from '#engine/replay/columns.ts';
import { numberSection, packSections, Sections, textSection } from './sections.ts';

/** How many lead numbers a stretch has. */
export const STRETCH = 4096;
export const stretchOf = (lead: number): number => Math.floor(lead / STRETCH);

/** A lead as it is booked: whom it stands for; whether it is erased. */
export type Booked = { number: number; root: number; erased: boolean; created: Instant };

/** The same of all leads of a stretch. */
export type BookedStretch = { numbers: Uint32Array; roots: Uint32Array; erased: Uint32Array };

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
    numberSection(codes.subarray(1, rows + 1)),
    textSection(JSON.stringify(texts)),
  ]);
  return packSections([
    numberSection(booked.map(({ number }, i) => (i === 0 ? number : number - booked[i - 1]!.number))),
    numberSection(booked.map(({ root }) => root)),
    numberSection(booked.map(({ erased }) => (erased ? 1 : 0))),
    numberSection(counts),
    numberSection(steps),
    textSection(JSON.stringify(attributes.map(({ name }) => name))),
    ...columns,
  ]);
}

/** Instants before 1970 as odd numbers, so that all are whole and from 0 up. */
const folded = (at: Instant): number => (at < 0 ? -2 * at - 1 : 2 * at);

export class StateChunk {
  readonly data: Uint8Array;
  readonly #sections: Sections;

  constructor(data: Uint8Array) {
    this.data = data;
    this.#sections = new Sections(data);
  }

  /** Makes ready what is asked of all leads of some stretches: who they are, how many states they have, and of what. */
  static openAll(stretches: readonly StateChunk[]): void {
    const all = stretches.map((stretch) => stretch.#sections);
    Sections.openAll(all, [NUMBERS, ROOTS, ERASED, COUNTS, NAMES]);
  }

  /** Every lead of the stretch, in order: its number, whom it stands for, and whether it is erased. */
  booked(): BookedStretch {
    const numbers = this.#sections.codes(NUMBERS);
    for (let i = 1; i < numbers.length; i++) numbers[i]! += numbers[i - 1]!;
    return { numbers, roots: this.#sections.codes(ROOTS), erased: this.#sections.codes(ERASED) };
  }

  /** How many states each root of the stretch has. */
  counts(): Uint32Array {
    return this.#sections.codes(COUNTS);
  }

  /** The attributes that there are, by name and number. */
  names(): string[] {
    return JSON.parse(this.#sections.text(NAMES)) as string[];
  }

  /** Unpacks the texts of some attributes in one go; and how many states there are, since when they hold, and their codes. */
  openTexts(attributes: readonly number[]): void {
    this.#sections.open(attributes.map((attribute) => FIRST_ATTRIBUTE + 2 * attribute + 1));
  }

  openStates(attributes: readonly number[]): void {
    this.#sections.open([COUNTS, SINCE, ...attributes.map((attribute) => FIRST_ATTRIBUTE + 2 * attribute)]);
  }

  /** None of it is read any more. */
  close(): void {
    this.#sections.close();
  }

  /** The texts of an attribute, by code. */
  texts(attribute: number): AttributeColumn['texts'] {
    return JSON.parse(this.#sections.text(FIRST_ATTRIBUTE + 2 * attribute + 1)) as (string | null)[];
  }

  /** For each state the code of an attribute's text. */
  codes(attribute: number): Uint32Array {
    return this.#sections.codes(FIRST_ATTRIBUTE + 2 * attribute);
  }

  /** The instant from which each state holds. */
  since(): Float64Array {
    const since = this.#sections.numbers(SINCE);
    for (let i = 0; i < since.length; i++) {
      const half = (since[i]! - 1) / 2;
      if (since[i] === BEGINNING) since[i] = Number.NEGATIVE_INFINITY;
      else since[i] = Math.floor(half) === half ? half : -half - 0.5; // odd ones are from before 1970
    }
    return since;
  }
}
