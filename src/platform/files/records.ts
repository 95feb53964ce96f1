/** Text as records of cells, cut block by block as it comes. */
import { InputError } from '#platform/errors.ts';
import { END, FAULT, MORE, Scanner } from './scanner.ts';

/** A record that cannot be read, as it stands in the file. */
export type Fault = {
  /** Counted from 1. */
  line: number;
  /** Which cell, counted from 0; null when it is the whole record. */
  cell: number | null;
  /** How many cells it has, as far as they can be told. */
  cells: number;
  found: string;
  wanted: string;
  row: string;
};

type Wrong = Omit<Fault, 'row' | 'cells'>;

/** Records cut from one stretch of text, all of the same width. Cells are cut out when they are asked for. */
export class Block {
  readonly text: string;
  /** How many cells a record has. */
  readonly width: number;
  readonly rows: number;
  /** Where each cell begins and ends, row after row; an end is inverted (`~end`) when quotes in it are doubled. */
  readonly bounds: Int32Array;
  /** For each row the line it begins on and its number amongst the file's records, both counted from 1. */
  readonly places: Int32Array;

  constructor(text: string, width: number, bounds: Int32Array, places: Int32Array) {
    this.text = text;
    this.width = width;
    this.rows = places.length / 2;
    this.bounds = bounds;
    this.places = places;
  }

  cell(row: number, column: number): string {
    const at = (row * this.width + column) * 2;
    return cellAt(this.text, this.bounds[at]!, this.bounds[at + 1]!);
  }

  line(row: number): number {
    return this.places[row * 2]!;
  }

  /** Which record of the file it is; rejected ones count, empty ones do not. */
  number(row: number): number {
    return this.places[row * 2 + 1]!;
  }

  /** The record as it stands in the file, without its line end. */
  raw(row: number): string {
    const at = row * this.width * 2;
    const last = this.bounds[at + this.width * 2 - 1]!;
    const start = this.bounds[at]!;
    const end = last < 0 ? ~last : last;
    const [opens, closes] = [this.text[start - 1] === '"', this.text[end] === '"'];
    return this.text.slice(opens ? start - 1 : start, closes ? end + 1 : end);
  }
}

const cellAt = (text: string, start: number, end: number): string =>
  end >= 0 ? text.slice(start, end) : text.slice(start, ~end).replaceAll('""', '"');

export type Cut = {
  block: Block;
  faults: Fault[];
  /** Records passed over because none of their cells holds anything. */
  empty: number;
};

/** No table has records so long. */
const LONGEST_RECORD = 8 * 1024 * 1024;
/** So many broken quotes in a row, and reading on would only repeat the same search. */
const MOST_BROKEN_QUOTES = 1000;

export class RecordCutter {
  readonly #name: string;
  readonly #width: number;
  readonly #scanner: Scanner;
  #rest = '';
  #records = 0;
  #broken = 0;

  /**
   * @param name what messages call the file
   * @param width how many cells a record must have
   * @param line the line the text begins on
   */
  constructor(name: string, delimiter: string, width: number, line: number) {
    this.#name = name;
    this.#width = width;
    this.#scanner = new Scanner(delimiter);
    this.#scanner.line = line;
  }

  /** Cuts what is whole; what is not waits for more. */
  push(text: string): Cut {
    return this.#cut(this.#rest + text, false);
  }

  /** Cuts what is left, the last record ending with the text. */
  end(): Cut {
    return this.#cut(this.#rest, true);
  }

  #cut(text: string, final: boolean): Cut {
    const scanner = this.#scanner;
    const faults: Fault[] = [];
    const places: number[] = [];
    let empty = 0;
    const odd = text.includes('\0') || !text.isWellFormed();
    scanner.load(text, final);
    for (;;) {
      const outcome = scanner.next();
      if (outcome === END || outcome === MORE) break;
      const fault = outcome === FAULT ? scanner.fault : this.#wrongWith(odd);
      if (fault !== null) {
        this.#records++;
        faults.push({ ...fault, cells: scanner.cells, row: text.slice(scanner.start, scanner.end) });
        scanner.forget();
        if (outcome === FAULT && ++this.#broken > MOST_BROKEN_QUOTES) throw this.#hopeless();
      } else if (isEmpty(scanner)) {
        empty++;
        scanner.forget();
      } else places.push(scanner.startLine, ++this.#records);
    }
    this.#rest = final ? '' : text.slice(scanner.start);
    if (this.#rest.length > LONGEST_RECORD) throw this.#tooLong();
    const bounds = scanner.bounds.slice(0, scanner.used);
    return {
      block: new Block(text, this.#width, bounds, Int32Array.from(places)),
      faults,
      empty,
    };
  }

  /** @param odd whether there may be characters that no text has */
  #wrongWith(odd: boolean): Wrong | null {
    const { text, start, end, startLine, cells } = this.#scanner;
    if (odd) {
      const row = text.slice(start, end);
      if (row.includes('\0')) return this.#oddCell('a NUL byte', (cell) => cell.includes('\0'));
      if (!row.isWellFormed()) {
        return this.#oddCell('bytes that do not fit the encoding', (cell) => !cell.isWellFormed());
      }
    }
    if (cells === this.#width || isEmpty(this.#scanner)) return null;
    return {
      line: startLine,
      cell: null,
      found: cells === 1 ? '1 cell' : `${cells} cells`,
      wanted: `${this.#width}, as the header has`,
    };
  }

  #oddCell(found: string, isOdd: (cell: string) => boolean): Wrong {
    const { startLine } = this.#scanner;
    return { line: startLine, cell: cellsOf(this.#scanner).findIndex(isOdd), found, wanted: 'text' };
  }

  #hopeless(): InputError {
    const { line, found } = this.#scanner.fault;
    return new InputError(
      `${this.#name}, line ${line}: found ${found}, as in ${MOST_BROKEN_QUOTES} records before it; the file is not read any further. Export it again with quotes inside cells doubled.`,
    );
  }

  #tooLong(): InputError {
    return new InputError(
      `${this.#name}, line ${this.#scanner.startLine}: no line end within ${LONGEST_RECORD / 1024 / 1024} million characters; wanted a table with one record a line`,
    );
  }
}

const isEmpty = ({ filled, cells, text, start, end }: Scanner): boolean =>
  !filled || (cells === 1 && text.slice(start, end).trim() === '');

function cellsOf(scanner: Scanner): string[] {
  const cells: string[] = [];
  for (let at = scanner.first; at < scanner.used; at += 2) {
    cells.push(cellAt(scanner.text, scanner.bounds[at]!, scanner.bounds[at + 1]!));
  }
  return cells;
}

export type LooseCut = {
  /** The cells of each record. */
  records: string[][];
  /** The line the first of them begins on. */
  firstLine: number;
  fault: Fault | null;
  /** What comes after the last of them, and the line it begins on. */
  rest: string;
  line: number;
};

/** Cuts the first records of a text whatever their width, up to one that cannot be cut: how a file's shape is found. */
export function cutLoosely(
  text: string,
  delimiter: string,
  final: boolean,
  most: number,
  line = 1,
): LooseCut {
  const scanner = new Scanner(delimiter);
  const records: string[][] = [];
  let firstLine = line;
  let fault: Fault | null = null;
  scanner.line = line;
  scanner.load(text, final);
  while (records.length < most && fault === null) {
    const outcome = scanner.next();
    if (outcome === END || outcome === MORE) break;
    if (outcome === FAULT)
      fault = { ...scanner.fault, cells: scanner.cells, row: text.slice(scanner.start, scanner.end) };
    else if (!isEmpty(scanner)) {
      if (records.length === 0) firstLine = scanner.startLine;
      records.push(cellsOf(scanner));
    }
    scanner.forget();
  }
  return { records, firstLine, fault, rest: text.slice(scanner.at), line: scanner.line };
}
