/** Amounts of money as exports write them: `$1,234,567`, `1.234,50`, `2,5`, `€ 1 234.50`, `(500)`, `1200 USD`. */

/** What stands for the decimal point in a column. */
export type DecimalMark = '.' | ',';

const AMOUNT = /^[+-]?\d+(?:[.,]\d+)*$/;

/** Digits and their marks alone; null when there is other text than a currency. */
function bare(cell: string): string | null {
  let text = cell.trim();
  const negative = /^\(.*\)$/.test(text);
  if (negative) text = text.slice(1, -1).trim();
  text = text.replace(/^[+-]?\s*(?:[A-Z]{1,3}\s*)?\p{Sc}?/iu, (prefix) => (prefix.includes('-') ? '-' : ''));
  text = text.replace(/\s*(?:\p{Sc}|%|[A-Z]{3})?$/iu, '').replace(/[\s'’_\u00a0\u202f]/gu, '');
  if (!AMOUNT.test(text)) return null;
  return negative ? `-${text}` : text;
}

/** Which mark a cell shows to be the decimal one; null when it shows none. */
function decimalEvidence(cell: string): DecimalMark | null {
  const text = bare(cell);
  if (text === null) return null;
  const marks = [...text].filter((mark): mark is DecimalMark => mark === '.' || mark === ',');
  const last = marks.at(-1);
  if (last === undefined) return null;
  const other = last === ',' ? '.' : ',';
  if (marks.includes(other)) return last;
  if (marks.length > 1) return other; // 1,234,567: the mark that repeats parts thousands
  return /[.,]\d{3}$/.test(text) ? null : last;
}

/** The decimal mark of a column, by what most of its telling cells show; a point when none does. */
export function decimalMark(cells: Iterable<string>): DecimalMark {
  let balance = 0;
  for (const cell of cells) {
    const mark = decimalEvidence(cell);
    if (mark !== null) balance += mark === '.' ? 1 : -1;
  }
  return balance < 0 ? ',' : '.';
}

/** The amount a cell reads as; null when it reads as none. */
export function readAmount(cell: string, mark: DecimalMark): number | null {
  const text = bare(cell);
  if (text === null) return null;
  const own = decimalEvidence(cell) ?? mark;
  const plain = own === ',' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  const amount = Number(plain);
  return Number.isFinite(amount) ? amount : null;
}
