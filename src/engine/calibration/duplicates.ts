import type { Attribute } from './attribute.ts';
import type { Warning } from './report.ts';
import { counted } from './words.ts';

/** Repeats that chance alone may bring, in multiples of what unrelated columns would: columns are never unrelated. */
const LIKELY_CHANCE = 5;
/** Look-alikes fewer than this share of the leads are not worth a word. */
const WORTH_A_WORD = 0.01;

/**
 * Leads that equal another in every column but those that name a row. Copies on both sides of a split would be
 * learned by heart and flatter the figures, so each row knows its group.
 */
export type Duplicates = {
  /**
   * Row → the first row that is its equal, whatever the outcome of the two (itself when there is none): were a group to
   * end where the outcome differs, a test would meet only the answers that its fit has not.
   */
  groupOf: Int32Array;
  /** Rows that repeat an earlier one, the outcome too. */
  repeats: number;
  /** Whether they are kept together in a test. Not where chance alone would bring as many look-alikes. */
  grouped: boolean;
  warning: Warning | null;
};

export function findDuplicates(attributes: readonly Attribute[], won: Uint8Array): Duplicates {
  const described = attributes.filter(
    ({ kind }) => kind !== 'identifier' && kind !== 'constant' && kind !== 'empty',
  );
  const alone = Int32Array.from(won, (_, row) => row);
  const none: Duplicates = { groupOf: alone, repeats: 0, grouped: false, warning: null };
  if (described.length === 0) return none;

  const groupOf = firstEquals(described, won.length);
  /** Of each group the outcomes met so far: 1 lost, 2 won, 3 both. */
  const met = new Uint8Array(won.length);
  let repeats = 0;
  groupOf.forEach((head, row) => {
    const outcome = won[row] === 1 ? 2 : 1;
    if ((met[head]! & outcome) !== 0) repeats++;
    met[head]! |= outcome;
  });
  if (repeats === 0) return none;
  const grouped = repeats >= LIKELY_CHANCE * expectedRepeats(described, won.length);
  const many = `${counted(repeats, 'lead')} ${repeats === 1 ? 'repeats' : 'repeat'} another in every column but the ids`;
  const message = grouped
    ? `${many}: duplicates, kept together in the test so that they do not flatter it. Merge them in the source.`
    : `${many}; with so few columns most of them may be different people who look alike.`;
  const told = grouped || repeats >= WORTH_A_WORD * won.length;
  return {
    groupOf: grouped ? groupOf : alone,
    repeats,
    grouped,
    warning: told ? { code: 'duplicates', message } : null,
  };
}

/** Row → the first row that holds the same in every attribute. */
function firstEquals(attributes: Attribute[], rows: number): Int32Array {
  const same = (a: number, b: number): boolean =>
    attributes.every(({ codes, levelOf }) => levelOf[codes[a]!] === levelOf[codes[b]!]);
  /** Hash → first rows that share it and differ. */
  const heads = new Map<number, number[]>();
  const hashes = hashRows(attributes, rows);
  return Int32Array.from(hashes, (hash, row) => {
    const firsts = heads.get(hash);
    const first = firsts?.find((first) => same(first, row));
    if (first !== undefined) return first;
    if (firsts) firsts.push(row);
    else heads.set(hash, [row]);
    return row;
  });
}

function hashRows(attributes: Attribute[], rows: number): Int32Array {
  const hashes = new Int32Array(rows);
  for (const { codes, levelOf } of attributes) {
    for (let row = 0; row < hashes.length; row++) {
      const mixed = Math.imul(hashes[row]! ^ levelOf[codes[row]!]!, 0x9e3779b1);
      hashes[row] = mixed ^ (mixed >>> 15);
    }
  }
  return hashes;
}

/** Pairs that would agree everywhere if the columns had nothing to do with each other. */
function expectedRepeats(attributes: Attribute[], rows: number): number {
  let agree = 1;
  for (const { codes, levelOf, levels } of attributes) {
    const counts = new Float64Array(levels.length);
    for (const code of codes) counts[levelOf[code]!]!++;
    agree *= counts.reduce((sum, n) => sum + (n / rows) ** 2, 0);
  }
  return Math.min((agree * rows * (rows - 1)) / 2, rows);
}
