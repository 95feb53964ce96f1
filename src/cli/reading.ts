/** Reading the files a command is given: options they share, notes, rejected rows, how far it is. */

import { nearest } from '#engine/pact/shape/nearest.ts';
import { CallError } from '#platform/errors.ts';
import type { DayOrder } from '#platform/files/dates.ts';
import type { Refusal } from '#platform/files/leads.ts';
import type { Block } from '#platform/files/records.ts';
import { type Reject, Rejects, sayReject } from '#platform/files/rejects.ts';
import { openTable, type Table } from '#platform/files/table.ts';
import { DONE, type ExitStatus, INPUT_AT_FAULT, type Option } from './command.ts';
import type { Io } from './io.ts';
import { checkOneStdin, nameOf, pathOf, rejectsPathOf } from './paths.ts';
import { Progress } from './terminal/progress.ts';
import { counted, plural, visible } from './terminal/text.ts';

/** Options of every command that reads leads, activities or deals. */
export const readingOptions = {
  id: {
    kind: 'text',
    value: 'COLUMN',
    help: 'the column that identifies a lead; found by its header when not said',
  },
  created: { kind: 'text', value: 'COLUMN', help: 'the column with the instant a lead was created' },
  dates: { kind: 'dates', value: 'dmy|mdy', help: 'whether dates have the day or the month first' },
  zone: {
    kind: 'zone',
    value: 'ZONE',
    help: 'the zone of times that name none (IANA name); UTC when not said',
  },
  encoding: { kind: 'text', value: 'NAME', help: 'the encoding of the files; found out when not said' },
  rejects: {
    kind: 'file',
    value: 'FILE',
    help: 'where rows go that cannot be read; FILE.rejects.csv when not said',
  },
} as const satisfies Record<string, Option>;

export type ReadingOptions = {
  id: string | undefined;
  created: string | undefined;
  dates: DayOrder | undefined;
  zone: string | undefined;
  encoding: string | undefined;
  rejects: string | undefined;
};

/** Rows that cannot be read told one by one; the rest is in the file. */
const SHOWN = 5;

export class Reading {
  readonly options: ReadingOptions;
  readonly rejects: Rejects;
  readonly progress: Progress;
  readonly #io: Io;
  /** Rows told that cannot be read. */
  #told = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(io: Io, options: ReadingOptions) {
    this.#io = io;
    this.options = options;
    this.progress = new Progress(io.err);
    const path = options.rejects;
    this.rejects = new Rejects(
      (file) => (path === undefined ? rejectsPathOf(io, file) : pathOf(io, path)),
      (reject) => this.#tell(reject),
    );
  }

  /** Files that are read together: no two from standard input, none of them where rejected rows go. */
  check(files: readonly (string | undefined)[]): void {
    checkOneStdin(files);
    const { rejects } = this.options;
    if (rejects !== undefined && files.some((file) => file !== undefined && this.#same(file, rejects))) {
      throw new CallError(`--rejects ${rejects} would overwrite a file that is read; name another`);
    }
  }

  #same(a: string, b: string): boolean {
    return a !== '-' && pathOf(this.#io, a) === pathOf(this.#io, b);
  }

  /** @param given the path as it was given, or `-` */
  open(given: string): Promise<Table> {
    return openTable({
      path: pathOf(this.#io, given),
      name: nameOf(given),
      stdin: this.#io.stdin,
      rejects: this.rejects,
      note: this.note,
      encoding: this.options.encoding,
    });
  }

  /** Opens a file a second time; what was told of it is not told again. */
  reopen(given: string): Promise<Table> {
    const [path, name] = [pathOf(this.#io, given), nameOf(given)];
    const silence = { rejects: { add: () => undefined }, note: () => undefined };
    return openTable({ path, name, stdin: this.#io.stdin, encoding: this.options.encoding, ...silence });
  }

  /** What a person should know and need not act on. */
  readonly note = (sentence: string): void => {
    this.#say(visible(sentence));
  };

  /** Attributes that a pact asks for and the file does not have are unknown for every lead. */
  noteAbsent({ name, header }: Table, absent: readonly string[]): void {
    if (absent.length === 0) return;
    const known = header.all.map((column) => column.name);
    const named = absent.map((attribute) => {
      const near = nearest(attribute, known);
      return near === null ? attribute : `${attribute} (the nearest is ${JSON.stringify(near)})`;
    });
    this.note(`${name} has no column for ${named.join(', ')}: unknown for every lead`);
  }

  /** Puts a row aside that cannot be read, or is of nobody there is. */
  refuse({ name }: Table, block: Block, row: number, refusal: Refusal): void {
    this.rejects.add({ ...refusal, file: name, line: block.line(row), row: block.raw(row) });
  }

  /**
   * Does the work, then says how many rows were put aside and where they are, whatever happened. Rows of leads that
   * are not in the leads file are no fault of the input's: parts of an export are often all there is.
   */
  async during(work: () => Promise<void>): Promise<ExitStatus> {
    try {
      await work();
    } catch (error) {
      await this.#finish();
      throw error;
    }
    return this.#finish();
  }

  async #finish(): Promise<ExitStatus> {
    this.rejects.close();
    await this.progress.clear();
    const { count, counts, strangers, paths } = this.rejects;
    if (count > SHOWN) this.#say(`… and ${counted(count - SHOWN)} more`);
    for (const [file, rows] of counts)
      this.#say(`${file}: ${counted(rows)} ${rows === 1 ? 'row was' : 'rows were'} rejected`);
    for (const [file, rows] of strangers)
      this.#say(`${file}: ${plural(rows, 'row')} left out, of leads that are not in the leads file`);
    if (paths.length > 0) this.#say(`rejected rows are in ${paths.join(', ')}`);
    await this.#writing;
    return count === 0 ? DONE : INPUT_AT_FAULT;
  }

  #tell(reject: Reject): void {
    if (reject.stranger || ++this.#told <= SHOWN) this.#say(visible(sayReject(reject)));
  }

  #say(line: string): void {
    this.#writing = this.#writing.then(async () => {
      await this.progress.clear();
      await this.#io.err.write(`${line}\n`);
    });
    this.#writing.catch(() => undefined); // told at the end, which waits for it
  }
}
