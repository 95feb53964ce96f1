/**
 * Finds where records and cells begin and end, as RFC 4180 has them and as files really are: any line end, quotes
 * doubled within quotes, quotes within unquoted cells as plain characters.
 */

/** What came of looking for a record. */
const RECORD = 0;
/** The text ends before the record does. */
export const MORE = 1;
/** There are no more. */
export const END = 2;
/** A record that cannot be cut; `fault` says why. */
export const FAULT = 3;
export type Outcome = typeof RECORD | typeof MORE | typeof END | typeof FAULT;

const QUOTE = 34;
const LF = 10;
const CR = 13;
const SPACE = 32;

/** A cell longer than this is a quote that was not closed. (Salesforce's longest text field holds 131,072.) */
const LONGEST_CELL = 1024 * 1024;

export class Scanner {
  text = '';
  /** Its character codes, and a zero behind the last: flat numbers are read faster than a string put together. */
  #codes = new Uint16Array(0);
  /** Where the next record begins. */
  at = 0;
  /** The line the next record begins on, counted from 1. */
  line = 1;

  /** The record found last: where it begins and ends, without its line end. */
  start = 0;
  startLine = 1;
  end = 0;
  cells = 0;
  /** Whether any of its cells holds anything. */
  filled = false;
  /** What is wrong with it, in which cell (from 0), on which line. */
  fault = { cell: 0, line: 1, found: '', wanted: '' };

  /** Begin and end of every cell kept, in pairs; an end is inverted (`~end`) when quotes in the cell are doubled. */
  bounds = new Int32Array(4096);
  /** How much of `bounds` is in use, and where the last record's begin. */
  used = 0;
  first = 0;

  #final = false;
  #doubled = false;
  readonly #delimiter: number;
  /** Codes above it are neither a delimiter nor a line end: most characters need one comparison. */
  readonly #highest: number;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#highest = Math.max(this.#delimiter, CR);
  }

  /**
   * Takes up the next stretch of text, which begins with a record; bounds of the one before are let go.
   *
   * @param final whether the text is the last there is
   */
  load(text: string, final: boolean): void {
    this.text = text;
    this.#codes = codesOf(text, this.#codes);
    this.#final = final;
    this.at = 0;
    this.used = 0;
  }

  /** Lets go of the bounds of the record found last. */
  forget(): void {
    this.used = this.first;
  }

  /** Finds the next record and keeps its bounds. */
  next(): Outcome {
    const codes = this.#codes;
    const { length } = this.text;
    this.start = this.at;
    this.startLine = this.line;
    this.first = this.used;
    this.cells = 0;
    this.filled = false;
    if (this.at >= length) return END;
    let at = this.at;
    let line = this.line;

    for (;;) {
      if (codes[at] === QUOTE) {
        const close = this.#closing(at + 1);
        if (close === -1) {
          const mayClose = !this.#final && length - at <= LONGEST_CELL;
          return mayClose ? this.#more() : this.#neverClosed(at, line);
        }
        line += lineEnds(codes, at + 1, close);
        this.#keep(at + 1, close, this.#doubled);
        at = close + 1;
        while (codes[at] === SPACE) at++;
        if (at < length && !this.#endsCell(at)) return this.#textAfterQuote(at, line);
      } else {
        const from = at;
        at = this.#endOfPlain(at);
        this.#keep(from, at, false);
      }
      if (at >= length && !this.#final) return this.#more();
      if (codes[at] !== this.#delimiter) return this.#record(at, line);
      at++;
    }
  }

  #record(end: number, line: number): Outcome {
    if (this.#mayGoOn(end)) return this.#more();
    this.end = end;
    this.at = pastLineEnd(this.#codes, end);
    this.line = line + 1;
    return RECORD;
  }

  /** Whether a record that ends here may go on in the next stretch: a line feed may follow a carriage return. */
  #mayGoOn(end: number): boolean {
    return !this.#final && this.#codes[end] === CR && end + 1 === this.text.length;
  }

  #more(): Outcome {
    this.forget();
    return MORE;
  }

  /** The record is given up; reading goes on after the line of the quote. */
  #neverClosed(quote: number, line: number): Outcome {
    return this.#give(quote, line, {
      cell: this.cells,
      line,
      found: 'a quote that is never closed',
      wanted: 'a closing quote',
    });
  }

  /** The record is given up; reading goes on after the line with the stray text, so that no half of it is taken for a row. */
  #textAfterQuote(at: number, line: number): Outcome {
    const stray = this.text.slice(at, Math.min(at + 20, endOfLine(this.#codes, this.text.length, at)));
    return this.#give(at, line, {
      cell: this.cells - 1,
      line: this.startLine,
      found: `${JSON.stringify(stray)} after a closing quote`,
      wanted: 'the end of the cell (a quote inside a quoted cell is written twice)',
    });
  }

  #give(at: number, line: number, fault: Scanner['fault']): Outcome {
    const end = endOfLine(this.#codes, this.text.length, at);
    const isCut = end >= this.text.length && !this.#final && end - this.start <= LONGEST_CELL;
    if (isCut || this.#mayGoOn(end)) return this.#more();
    this.fault = fault;
    this.end = end;
    this.at = pastLineEnd(this.#codes, end);
    this.line = line + 1;
    this.forget();
    return FAULT;
  }

  /** Where the quote that opened before `from` closes, -1 when it does not. */
  #closing(from: number): number {
    const { text } = this;
    this.#doubled = false;
    let close = text.indexOf('"', from);
    while (close !== -1 && close - from <= LONGEST_CELL) {
      if (this.#codes[close + 1] !== QUOTE) return close;
      this.#doubled = true;
      close = text.indexOf('"', close + 2);
    }
    return -1;
  }

  #endOfPlain(from: number): number {
    const codes = this.#codes;
    const [delimiter, highest, { length }] = [this.#delimiter, this.#highest, this.text];
    let at = from;
    for (; at < length; at++) {
      const code = codes[at]!;
      if (code <= highest && (code === delimiter || code === LF || code === CR)) return at;
    }
    return at;
  }

  #endsCell(at: number): boolean {
    const code = this.#codes[at];
    return code === this.#delimiter || code === LF || code === CR;
  }

  #keep(start: number, end: number, doubled: boolean): void {
    if (this.used + 2 > this.bounds.length) {
      const larger = new Int32Array(this.bounds.length * 2);
      larger.set(this.bounds);
      this.bounds = larger;
    }
    this.bounds[this.used++] = start;
    this.bounds[this.used++] = doubled ? ~end : end;
    this.cells++;
    if (end > start) this.filled = true;
  }
}

/** The character codes of a text and a zero, in `room` when they fit. */
function codesOf(text: string, room: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const codes = room.length > text.length ? room : new Uint16Array(text.length * 2 + 1);
  Buffer.from(codes.buffer).write(text, 'utf16le');
  codes[text.length] = 0;
  return codes;
}

function pastLineEnd(codes: Uint16Array, at: number): number {
  const code = codes[at];
  if (code === CR) return codes[at + 1] === LF ? at + 2 : at + 1;
  return code === LF ? at + 1 : at;
}

function endOfLine(codes: Uint16Array, length: number, from: number): number {
  let at = from;
  while (at < length && codes[at] !== LF && codes[at] !== CR) at++;
  return at;
}

/** How many lines end in a stretch of text. */
function lineEnds(codes: Uint16Array, from: number, to: number): number {
  let ends = 0;
  for (let at = from; at < to; at++) {
    if (codes[at] === LF || (codes[at] === CR && codes[at + 1] !== LF)) ends++;
  }
  return ends;
}
