/**
 * The leads of a study as dictionary-coded columns: each distinct text of a column is held once and every row is a
 * small number, so that reading, binning and counting a value costs once per distinct text, not once per row.
 */

/** One column. `codes[row]` is the place of the row's text in `texts`; `texts[0]` is always `''`, the empty cell. */
export type Column = { name: string; codes: Int32Array; texts: string[] };

export type Table = { rows: number; columns: Column[] };

/** The code of an empty cell, in every column. */
export const EMPTY = 0;

export type TableBuilder = {
  /** Adds a row; cells beyond the last column are ignored, absent ones are empty. */
  add(cells: readonly string[]): void;
  /** The table of all rows added so far. */
  done(): Table;
};

/**
 * Collects rows of raw text cells under the given column names.
 *
 * @param keep makes a text fit to be kept, where cells are views of a larger text
 */
export function buildTable(names: readonly string[], keep = (text: string): string => text): TableBuilder {
  const columns = names.map(() => ({ codeOf: new Map<string, number>([['', EMPTY]]), texts: [''] }));
  let codes = names.map(() => new Int32Array(1024));
  let rows = 0;

  const codeOf = (column: number, cell: string): number => {
    const { codeOf, texts } = columns[column]!;
    const known = codeOf.get(cell);
    if (known !== undefined) return known;
    const text = keep(cell.trim());
    let code = codeOf.get(text);
    if (code === undefined) {
      code = texts.push(text) - 1;
      codeOf.set(text, code);
    }
    if (text.length !== cell.length) codeOf.set(keep(cell), code);
    return code;
  };

  return {
    add(cells) {
      if (codes.length > 0 && rows === codes[0]!.length) codes = codes.map(doubled);
      for (let column = 0; column < names.length; column++) {
        codes[column]![rows] = codeOf(column, cells[column] ?? '');
      }
      rows++;
    },
    done: () => ({
      rows,
      columns: names.map((name, i) => ({
        name,
        codes: codes[i]!.slice(0, rows),
        texts: columns[i]!.texts,
      })),
    }),
  };
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2);
  wider.set(array);
  return wider;
}

/** The table of some of its rows, in the order given. Texts no longer used stay in the dictionary. */
export function pickRows(table: Table, rows: Int32Array): Table {
  return {
    rows: rows.length,
    columns: table.columns.map((column) => ({
      ...column,
      codes: rows.map((row) => column.codes[row]!),
    })),
  };
}

/** A column of numbers, for attributes that were worked out rather than read. */
export function numberColumn(name: string, values: ArrayLike<number>): Column {
  const builder = buildTable([name]);
  for (let row = 0; row < values.length; row++) builder.add([String(values[row])]);
  return builder.done().columns[0]!;
}
