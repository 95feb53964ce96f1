/** How a table is written: what parts its cells, where its header is, how wide its records are. */
import { fold, readInstant, readNumber } from '#engine/criterion/value.ts';
import { InputError } from '#platform/errors.ts';
import type { Column } from './header.ts';
import { cutLoosely } from './records.ts';

export type Dialect = {
  delimiter: string;
  columns: Column[];
  /** Header without a name. */
  unnamed: Column[];
  /** How many cells a record has. */
  width: number;
  /** What of the head comes after the header, and the line it begins on. */
  rest: string;
  line: number;
};

const DELIMITERS = [',', ';', '\t', '|'];
/** HubSpot has some 640 properties, Salesforce up to 900 fields: more than this is no list of leads. */
const MOST_COLUMNS = 2000;
const SAMPLE = 50;

/**
 * Reads the shape of a table off its first stretch of text.
 *
 * @param final whether the head is all there is
 * @throws InputError when there is no header, or one that cannot be told apart
 */
export function readDialect(name: string, head: string, final: boolean): Dialect {
  const declared = /^sep=(.)\r?\n/i.exec(head);
  const text = declared === null ? head : head.slice(declared[0].length);
  const firstLine = declared === null ? 1 : 2;
  const delimiter = declared?.[1] ?? guessDelimiter(text, final);

  const {
    records,
    firstLine: line,
    fault,
    rest,
    line: next,
  } = cutLoosely(text, delimiter, final, 1, firstLine);
  if (fault !== null) {
    throw new InputError(
      `${name}, line ${fault.line}: found ${fault.found} in the header, wanted ${fault.wanted}`,
    );
  }
  const header = records[0];
  if (header === undefined) throw new InputError(`${name} is empty; wanted a header row and rows below it`);
  const where = `${name}, line ${line}`;
  if (header.length > MOST_COLUMNS) {
    throw new InputError(
      `${where}: found ${header.length} columns, wanted at most ${MOST_COLUMNS}; export fewer`,
    );
  }
  const width = settleWidth(header, cutLoosely(rest, delimiter, final, SAMPLE).records);
  const all = header.slice(0, width).map((cell, index) => ({ name: cell.trim(), index }));
  while (all.length < width) all.push({ name: '', index: all.length });
  const columns = all.filter((column) => column.name !== '');
  refuseHeader(where, columns);
  const unnamed = all.filter((column) => column.name === '');
  return { delimiter, columns, unnamed, width, rest, line: next };
}

/** The delimiter that cuts the header into most cells, and the rows below into as many. */
function guessDelimiter(text: string, final: boolean): string {
  let [best, bestScore] = [',', 0];
  for (const delimiter of DELIMITERS) {
    const [header, ...rows] = cutLoosely(text, delimiter, final, SAMPLE).records;
    if (header === undefined || header.length === 1) continue;
    const alike = rows.filter((row) => row.length === header.length).length;
    const score = (header.length - 1) * ((alike + 0.01) / (rows.length + 0.01));
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** Rows that all end in one delimiter more, or less, than the header have a last column without a name. */
function settleWidth(header: string[], rows: string[][]): number {
  const [row] = rows;
  if (row === undefined || row.length === header.length) return header.length;
  if (rows.some((other) => other.length !== row.length)) return header.length;
  const named = header.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (row.length < header.length) return row.length >= named ? row.length : header.length;
  const surplus = row.length === header.length + 1 && rows.every((other) => other.at(-1)!.trim() === '');
  return surplus ? row.length : header.length;
}

function refuseHeader(where: string, columns: Column[]): void {
  const seen = new Map<string, Column>();
  for (const column of columns) {
    if (!column.name.isWellFormed() || column.name.includes('\0')) {
      throw new InputError(`${where}: the header of column ${column.index + 1} cannot be read; wanted text`);
    }
    const same = seen.get(fold(column.name));
    if (same !== undefined) {
      const names = same.name === column.name ? '' : ` and ${JSON.stringify(column.name)}`;
      throw new InputError(
        `${where}: columns ${same.index + 1} and ${column.index + 1} are both named ${JSON.stringify(same.name)}${names}; rename one, so that it is plain which is meant`,
      );
    }
    seen.set(fold(column.name), column);
  }
  const data = columns.filter(({ name }) => readsAsData(name));
  if (columns.length === 0) throw new InputError(`${where}: found no column names, wanted a header row`);
  if (data.length * 2 > columns.length) {
    throw new InputError(
      `${where}: found ${JSON.stringify(data[0]!.name)} where the name of a column was wanted; the first row must name the columns`,
    );
  }
}

const readsAsData = (name: string): boolean =>
  readNumber(name) !== null || readInstant(name) !== null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name);
