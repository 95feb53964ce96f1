/** Rows that were not taken: counted, told, and written down as they stand, so that they can be mended. */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { csvLine } from './csv-line.ts';

export type Reject = {
  /** What messages call the file. */
  file: string;
  /** Counted from 1. */
  line: number;
  column?: string | undefined;
  found: string;
  wanted: string;
  /** The row as it stands in the file. */
  row: string;
  /**
   * The row can be read, and is only of a lead that is not in the leads file. In part of an export that is nothing
   * out of the ordinary: such rows are told and written down with the others, and are nobody's fault.
   */
  stranger?: true | undefined;
  /** How many rows it stands for, when not one. */
  rows?: number | undefined;
};

/** `leads.csv, line 12, column "Create Date": found "31/31/2024", wanted a date` */
export function sayReject({ file, line, column, found, wanted }: Reject): string {
  const where = column === undefined ? `line ${line}` : `line ${line}, column ${JSON.stringify(column)}`;
  return `${file}, ${where}: found ${found}, wanted ${wanted}`;
}

/** A cell's text as messages quote it. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return JSON.stringify(short.toWellFormed());
}

export class Rejects {
  /** Rows that could not be read, by file. */
  readonly counts = new Map<string, number>();
  /** Rows of leads that are not in the leads file, by file. */
  readonly strangers = new Map<string, number>();
  readonly #pathFor: (file: string) => string;
  readonly #tell: (reject: Reject) => void;
  readonly #files = new Map<string, RejectsFile>();

  /**
   * @param pathFor where the rejected rows of a file are written; several files may share one
   * @param tell is called with each that could not be read, and with the first stranger of a file
   */
  constructor(pathFor: (file: string) => string, tell: (reject: Reject) => void) {
    this.#pathFor = pathFor;
    this.#tell = tell;
  }

  /** Rows that could not be read. */
  get count(): number {
    let sum = 0;
    for (const count of this.counts.values()) sum += count;
    return sum;
  }

  /** The files that were written. */
  get paths(): string[] {
    return [...this.#files.keys()];
  }

  /** @throws OutsideError when it cannot be written down */
  add(reject: Reject): void {
    const counts = reject.stranger ? this.strangers : this.counts;
    const told = !(reject.stranger && counts.has(reject.file));
    counts.set(reject.file, (counts.get(reject.file) ?? 0) + (reject.rows ?? 1));
    const path = this.#pathFor(reject.file);
    let file = this.#files.get(path);
    if (file === undefined) {
      file = new RejectsFile(path);
      this.#files.set(path, file);
    }
    file.add(reject);
    if (told) this.#tell(reject);
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
  }
}

const HEADER = ['file', 'line', 'column', 'reason', 'row'];
const BUFFER = 64 * 1024;

class RejectsFile {
  readonly #path: string;
  readonly #handle: number;
  #waiting: string;

  constructor(path: string) {
    this.#path = path;
    this.#handle = this.#trying(() => openSync(path, 'w'));
    this.#waiting = csvLine(HEADER);
  }

  add({ file, line, column = '', found, wanted, row }: Reject): void {
    this.#waiting += csvLine([file, String(line), column, `found ${found}, wanted ${wanted}`, row]);
    if (this.#waiting.length > BUFFER) this.#write();
  }

  close(): void {
    this.#write();
    closeSync(this.#handle);
  }

  #write(): void {
    const text = this.#waiting.toWellFormed();
    this.#waiting = '';
    this.#trying(() => writeFileSync(this.#handle, text));
  }

  #trying<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw new OutsideError(
        `rejected rows could not be written to ${this.#path}: ${messageOf(error)}; name another file with --rejects`,
      );
    }
  }
}
