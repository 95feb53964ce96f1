import type { Attribute } from './attribute.ts';
import type { Tally } from './evidence.ts';
import { levelBins } from './level-bins.ts';
import { numberBins } from './number-bins.ts';

/** What a bin takes in. The pact draft turns it into a condition, `label` into words. */
export type Content =
  | { is: 'missing' }
  /** One level under its own name; `absence` when it is a word for "no answer". */
  | { is: 'level'; text: string; absence: boolean }
  /** Every answer but those that have a bin of their own. */
  | { is: 'other'; except: string[] }
  /** These texts, in a column that otherwise holds numbers. */
  | { is: 'among'; texts: string[] }
  /** A single number that many leads hold. */
  | { is: 'value'; number: number }
  | Range;

/** Numbers between two bounds; a bound that is left out is open. */
export type Range = { is: 'range'; gt?: number; gte?: number; lt?: number };

/** Whether a bin holds leads without an answer, of whichever kind. */
export const isAbsent = (content: Content): boolean =>
  content.is === 'missing' || (content.is === 'level' && content.absence);

export type Bin = { label: string; content: Content };

/** How an attribute is cut. `binOf[code]` is the place of the code's bin in `bins`, or -1 where none takes it. */
export type Binning = { bins: Bin[]; binOf: Int32Array };

/** Rows and won rows of each code, among the rows that are looked at. */
export type CodeCounts = { n: Int32Array; won: Int32Array; rows: number };

/** The counts of each bin. */
export function countBins({ bins, binOf }: Binning, counts: CodeCounts): Tally[] {
  const tallies = bins.map(() => ({ n: 0, won: 0 }));
  for (let code = 0; code < binOf.length; code++) {
    const tally = tallies[binOf[code]!];
    if (!tally) continue;
    tally.n += counts.n[code]!;
    tally.won += counts.won[code]!;
  }
  return tallies;
}

/** Counts each code of an attribute among the given rows. */
export function countCodes(attribute: Attribute, won: Uint8Array, rows: Int32Array): CodeCounts {
  const n = new Int32Array(attribute.levelOf.length);
  const wins = new Int32Array(attribute.levelOf.length);
  const { codes } = attribute;
  for (const row of rows) {
    const code = codes[row]!;
    n[code]!++;
    wins[code]! += won[row]!;
  }
  return { n, won: wins, rows: rows.length };
}

/**
 * Cuts an attribute into bins in readable order: numbers upwards, answers by how many leads hold them, then the rare
 * ones together, then each kind of "no answer".
 *
 * @param anyShape numbers may rise and fall; otherwise neighbouring bins are joined until they only rise or only fall
 */
export function binAttribute(attribute: Attribute, counts: CodeCounts, anyShape = false): Binning {
  if (attribute.kind !== 'number') return levelBins(attribute, counts);
  const { bins, place } = numberBins(attribute, counts, anyShape);
  const rest = levelBins(attribute, counts, bins);
  const binOfValue = Int32Array.from(attribute.values, place);
  attribute.valuePlace.forEach((value, code) => {
    if (value >= 0) rest.binOf[code] = binOfValue[value]!;
  });
  return rest;
}
