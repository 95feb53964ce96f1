/** The fields of a row that was copied as PostgreSQL's own bytes: see `CopyOut`. */

/** PostgreSQL counts microseconds from here. */
const EPOCH = Date.UTC(2000, 0, 1);
const MICRO = 1_000;

/** Reads the fields of a copied row one by one. */
export class Fields {
  readonly #row: Buffer;
  #at = 0;

  constructor(row: Buffer) {
    this.#row = row;
  }

  #next(): [from: number, to: number] | null {
    const length = this.#row.readInt32BE(this.#at);
    this.#at += 4;
    if (length === -1) return null;
    this.#at += length;
    return [this.#at - length, this.#at];
  }

  whole(): number {
    const [from] = this.#next()!;
    return this.#row.readInt32BE(from) * 2 ** 32 + this.#row.readUInt32BE(from + 4);
  }

  /** In milliseconds since 1970. */
  instant(): number | null {
    const field = this.#next();
    if (field === null) return null;
    const micros = this.#row.readInt32BE(field[0]) * 2 ** 32 + this.#row.readUInt32BE(field[0] + 4);
    return EPOCH + micros / MICRO;
  }

  /** Its bytes as they are, in memory that is used again. */
  raw(): Buffer {
    const [from, to] = this.#next()!;
    return this.#row.subarray(from, to);
  }

  text(): string {
    const [from, to] = this.#next()!;
    return this.#row.toString('utf8', from, to);
  }

  /** Text as its bytes, one character each: enough to tell two apart. */
  bytes(): string {
    const [from, to] = this.#next()!;
    return this.#row.toString('latin1', from, to);
  }

  uuid(): string {
    const [from, to] = this.#next()!;
    const hex = this.#row.toString('hex', from, to);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}
