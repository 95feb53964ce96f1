/** What a column is, by its header. */
import { fold } from '#engine/criterion/value.ts';
import { attributeHeaders } from './known-headers.ts';

export type Column = {
  /** The header as it stands in the file, without surrounding space. */
  name: string;
  /** Which column, counted from 0. */
  index: number;
};

/** Letters and digits alone, so that `Record ID`, `record_id` and `RecordId` are one. */
export function loose(header: string): string {
  const letters = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return letters === '' ? fold(header) : letters;
}

/** The columns of a file, found by name. */
export class Header {
  readonly all: readonly Column[];
  readonly #byName = new Map<string, Column>();
  readonly #byLooseName = new Map<string, Column>();

  constructor(columns: readonly Column[]) {
    this.all = columns;
    for (const column of columns) this.#byName.set(fold(column.name), column);
    for (const column of columns) this.#add(loose(column.name), column);
    // Copies made through the API name HubSpot's properties `property_createdate` and so on.
    for (const column of columns) {
      const property = /^property_(.+)$/i.exec(column.name);
      if (property !== null) this.#add(loose(property[1]!), column);
    }
  }

  /** The column of this name: as it is written but for case, else loosely. */
  named(name: string): Column | null {
    return this.#byName.get(fold(name)) ?? this.#byLooseName.get(loose(name)) ?? null;
  }

  /** The column that has the first of these names that any has. */
  first(names: readonly string[]): Column | null {
    for (const name of names) {
      const column = this.#byLooseName.get(loose(name));
      if (column !== undefined) return column;
    }
    return null;
  }

  /** The columns that have one of these names, in the order of the names. */
  every(names: readonly string[]): Column[] {
    const found = names.map((name) => this.#byLooseName.get(loose(name)));
    return [...new Set(found.filter((column) => column !== undefined))];
  }

  /** The column an attribute of a pact is read from: by its own name, else by the canonical one. */
  attribute(name: string): Column | null {
    const column = this.named(name);
    if (column !== null) return column;
    const headers = Object.hasOwn(attributeHeaders, fold(name)) ? attributeHeaders[fold(name)]! : [];
    return this.first(headers);
  }

  #add(name: string, column: Column): void {
    if (!this.#byLooseName.has(name)) this.#byLooseName.set(name, column);
  }
}
