import { fold, readInstant, readNumber } from '#engine/criterion/value.ts';
import { type Absence, absenceOf } from './absence.ts';
import type { Column } from './table.ts';
import { wordsOf } from './words.ts';

/**
 * What a column holds. Only `number` and `category` can carry points; the others are left out with a sentence.
 */
export type Kind =
  | 'number'
  | 'category'
  | 'date'
  | 'constant'
  | 'empty'
  | 'identifier'
  | 'free_text'
  | 'too_varied';

/** Texts that compare equal (`Google`, ` google`), under the spelling most rows have. */
export type Level = {
  text: string;
  absence: Absence | null;
  /** NaN where the text does not read as a number. */
  number: number;
};

/** A column of a table, looked at once: what it holds and what each of its distinct texts means. */
export type Attribute = {
  name: string;
  kind: Kind;
  codes: Int32Array;
  /** Rows that hold an answer: a text that is neither empty nor a word for "no answer". */
  filled: number;
  levels: Level[];
  /** Code → place in `levels`. */
  levelOf: Int32Array;
  /** The distinct numbers among its answers, upwards. */
  values: Float64Array;
  /** Code → place in `values`, or -1 where the text does not read as a number. */
  valuePlace: Int32Array;
};

/** The share of answers that must read as a number or a date before the column is one. */
const CLEAN = 0.95;
/** From this share of distinct answers on, a column names leads rather than describes them. */
const NEARLY_UNIQUE = 0.95;
/** A level needs this many leads to be judged on its own (methods: when may a proposal be made). */
export const JUDGEABLE = 30;

export function studyColumn(column: Column): Attribute {
  const size = column.texts.length;
  const counts = new Int32Array(size);
  for (const code of column.codes) counts[code]!++;

  const { levels, levelOf } = levelsOf(column.texts, counts);
  const shape = shapeOf(column, counts, levels, levelOf);
  return {
    name: column.name,
    kind: kindOf(column.name, shape),
    codes: column.codes,
    filled: shape.filled,
    levels,
    levelOf,
    ...valuesOf(levels, levelOf),
  };
}

function valuesOf(levels: Level[], levelOf: Int32Array): { values: Float64Array; valuePlace: Int32Array } {
  const numbers = Float64Array.from(levels, (level) => level.number);
  const values = numbers
    .filter((n) => !Number.isNaN(n))
    .sort()
    .filter((n, i, all) => n !== all[i - 1]);
  const placeOf = new Map<number, number>();
  values.forEach((n, place) => {
    placeOf.set(n, place);
  });
  return { values, valuePlace: levelOf.map((level) => placeOf.get(numbers[level]!) ?? -1) };
}

function levelsOf(texts: string[], counts: Int32Array): { levels: Level[]; levelOf: Int32Array } {
  const levels: Level[] = [];
  const most: number[] = [];
  const levelOf = new Int32Array(texts.length);
  const seen = new Map<string, number>();
  texts.forEach((text, code) => {
    const folded = fold(text);
    let level = seen.get(folded);
    if (level === undefined) {
      const number = readNumber(text) ?? Number.NaN;
      const absence = Number.isNaN(number) ? absenceOf(text) : null;
      level = levels.push({ text, absence, number }) - 1;
      most.push(counts[code]!);
      seen.set(folded, level);
    } else if (counts[code]! > most[level]!) {
      levels[level]!.text = text;
      most[level] = counts[code]!;
    }
    levelOf[code] = level;
  });
  return { levels, levelOf };
}

/** The few figures from which the kind is read. */
type Shape = {
  filled: number;
  distinct: number;
  /** Distinct levels, words for "no answer" and the empty cell included. */
  levels: number;
  /** The rows of the most frequent answer. */
  most: number;
  numeric: number;
  dated: number;
  whole: boolean;
  span: number;
  words: number;
};

function shapeOf(column: Column, counts: Int32Array, levels: Level[], levelOf: Int32Array): Shape {
  const perLevel = new Int32Array(levels.length);
  const shape: Shape = {
    filled: 0,
    distinct: 0,
    levels: 0,
    most: 0,
    numeric: 0,
    dated: 0,
    whole: true,
    span: 0,
    words: 0,
  };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let code = 0; code < counts.length; code++) {
    const n = counts[code]!;
    if (n === 0) continue;
    const level = levelOf[code]!;
    const isNew = perLevel[level] === 0;
    perLevel[level]! += n;
    if (isNew) shape.levels++;
    if (levels[level]!.absence !== null) continue;
    if (isNew) shape.distinct++;
    shape.filled += n;
    shape.most = Math.max(shape.most, perLevel[level]!);
    const text = column.texts[code]!;
    const { number } = levels[level]!;
    if (Number.isNaN(number)) {
      if (readsAsDate(text)) shape.dated += n;
      shape.words += n * text.split(/\s+/).length;
      continue;
    }
    shape.numeric += n;
    if (isEpoch(number)) shape.dated += n;
    if (!Number.isInteger(number)) shape.whole = false;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  shape.span = high - low + 1;
  return shape;
}

const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T,].*)?$/;
const readsAsDate = (text: string): boolean => readInstant(text) !== null || DATE.test(text);
/** Milliseconds between 2001 and 2065, or seconds between 2001 and 2049, as some CRMs write instants. */
const isEpoch = (n: number): boolean =>
  Number.isInteger(n) && ((n >= 1e12 && n < 3e12) || (n >= 1e9 && n < 2.5e9));

const NAMES_ROWS =
  /\b(id|uuid|guid|key|hash|no|nr|num|number(?! of)|code|phone|mobile|tel|fax|e?mail|url|link)\b/;

/** The first that holds says the kind; a category is what is left. */
const KINDS: [Kind, (shape: Shape, words: string) => boolean][] = [
  ['empty', (s) => s.levels === 0 || (s.filled === 0 && s.levels === 1)],
  ['constant', (s) => s.levels === 1],
  ['date', (s) => s.filled > 0 && s.dated >= CLEAN * s.filled],
  [
    'identifier',
    (s, words) => s.filled >= JUDGEABLE && s.distinct >= NEARLY_UNIQUE * s.filled && namesRows(s, words),
  ],
  ['number', (s) => s.filled > 0 && s.numeric >= CLEAN * s.filled],
  ['free_text', (s) => s.distinct > s.filled / 2 && s.words > 5 * s.filled && s.filled >= JUDGEABLE],
  ['too_varied', (s) => s.filled >= 2 * JUDGEABLE && s.most < JUDGEABLE && s.distinct > s.filled / 5],
];
const kindOf = (name: string, shape: Shape): Kind => {
  const words = wordsOf(name);
  return KINDS.find(([, holds]) => holds(shape, words))?.[0] ?? 'category';
};

/**
 * Nearly unique texts name rows. Nearly unique numbers do when the header says so, or when they count up: among so
 * many drawn at random from so narrow a span some would have met.
 */
function namesRows(shape: Shape, words: string): boolean {
  if (shape.numeric < CLEAN * shape.filled) return shape.words <= 3 * shape.filled;
  const countsUp = shape.distinct === shape.filled && shape.filled >= 200 && shape.span <= 20 * shape.filled;
  return shape.whole && (NAMES_ROWS.test(words) || countsUp);
}
