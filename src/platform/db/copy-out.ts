/** Many rows at once, as PostgreSQL's own bytes: `COPY … TO STDOUT (FORMAT binary)`, for what is read by the million. */
import type pg from 'pg';
import { BulkSocket, CopiedAnswer } from '#platform/db/bulk.ts';

/** What comes before the first row: a signature, flags, and the length of more that nobody writes yet. */
const HEAD = 19;
const MORE = 15;
/** In place of a row's number of fields, after the last row. */
const END = -1;

/**
 * Takes a row: its fields one after the other, each a length (32 bits, -1 for null) and so many bytes. They are to be
 * read at once: the memory is used again.
 */
export type TakeRow = (fields: Buffer) => void;

/** A statement that `pg` sends for us; its answer is handed on row by row. */
export class CopyOut implements pg.Submittable {
  readonly done: Promise<void>;
  readonly #statement: string;
  readonly #take: TakeRow;
  #begun = false;
  /** What taking a row failed with: the rest is let pass, for the connection's sake. */
  #failed: { error: unknown } | null = null;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(select: string, take: TakeRow) {
    this.#statement = `COPY (${select}) TO STDOUT (FORMAT binary)`;
    this.#take = take;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    if (stream instanceof BulkSocket) new CopiedAnswer(stream, (chunk) => this.handleCopyData({ chunk }));
    connection.query(this.#statement);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#failed !== null) return;
    const from = this.#begun ? 0 : HEAD + chunk.readInt32BE(MORE);
    this.#begun = true;
    if (from >= chunk.length || chunk.readInt16BE(from) === END) return;
    try {
      this.#take(chunk.subarray(from + 2));
    } catch (error) {
      this.#failed = { error };
    }
  }

  handleCommandComplete(): void {
    // the end is told by handleReadyForQuery
  }

  handleReadyForQuery(): void {
    if (this.#failed === null) this.#resolve();
    else this.#reject(this.#failed.error);
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }
}
