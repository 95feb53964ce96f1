/** A file opened as a table: named columns, and rows block by block, as many as there are, in little memory. */

import { type Dialect, readDialect } from './dialect.ts';
import { decode } from './encoding.ts';
import { Header } from './header.ts';
import { type Block, type Cut, type Fault, RecordCutter } from './records.ts';
import type { Rejects } from './rejects.ts';
import { withoutFooter } from './report-footer.ts';
import { type Bytes, openSource } from './source.ts';

export type TableOptions = {
  /** A path, already resolved, or `-` for standard input. */
  path: string;
  /** What messages call the file. */
  name: string;
  stdin: Bytes;
  /** Where rows go that cannot be read. */
  rejects: Pick<Rejects, 'add'>;
  /** Told of what a person should know and need not act on. */
  note: (sentence: string) => void;
  /** An encoding by name, instead of finding out. */
  encoding?: string | undefined;
};

export type Table = {
  name: string;
  header: Header;
  delimiter: string;
  /** Rows of the header's width; all others have been rejected. To be read once. */
  blocks: AsyncIterable<Block>;
  /** How much of the file has been read, 0 … 1; null when its size is not known. */
  progress: () => number | null;
  /** Lets go of a file that is not read to its end. */
  close: () => Promise<void>;
};

const HEAD = 64 * 1024;

/**
 * Opens a CSV file whatever its delimiter, encoding, line ends and quoting, packed or not.
 *
 * @throws InputError when it is no table, or one whose header or encoding cannot be told
 */
export async function openTable(options: TableOptions): Promise<Table> {
  const { path, name, stdin, encoding, note } = options;
  const source = await openSource(path, name, stdin);
  const text = decode(source.bytes, { name, encoding, note });
  let dialect: Dialect;
  try {
    dialect = await readHead(name, text);
  } catch (error) {
    await text.return(undefined); // lets go of the file
    throw error;
  }
  return {
    name,
    header: new Header(dialect.columns),
    delimiter: dialect.delimiter,
    blocks: cutBlocks(dialect, text, options),
    progress: source.progress,
    close: async () => {
      await text.return(undefined);
    },
  };
}

async function readHead(name: string, text: AsyncGenerator<string>): Promise<Dialect> {
  let head = '';
  let final = false;
  while (head.length < HEAD && !final) {
    const next = await text.next();
    if (next.done) final = true;
    else head += next.value;
  }
  return readDialect(name, head, final);
}

async function* cutBlocks(
  dialect: Dialect,
  text: AsyncIterable<string>,
  { name, rejects, note }: TableOptions,
): AsyncGenerator<Block> {
  const cutter = new RecordCutter(name, dialect.delimiter, dialect.width, dialect.line);
  const byIndex = new Map(dialect.columns.map((column) => [column.index, column.name]));
  let unnamed = dialect.unnamed;
  let [records, empty, footer] = [0, 0, 0];
  const settle = ({ block, faults, empty: passed }: Cut): Block => {
    const wrong = withoutFooter(faults);
    for (const fault of wrong.faults) rejects.add(asReject(fault));
    records += block.rows + faults.length;
    empty += passed;
    footer += wrong.passed;
    const filled = unnamed.find(({ index }) => anyFilled(block, index));
    if (filled !== undefined) {
      unnamed = [];
      note(`${name}: column ${filled.index + 1} has no name, so it is not read`);
    }
    return block;
  };
  const asReject = ({ cell, cells: _, ...fault }: Fault) => ({
    ...fault,
    file: name,
    column: cell === null ? undefined : (byIndex.get(cell) ?? `column ${cell + 1}`),
  });

  yield settle(cutter.push(dialect.rest));
  for await (const chunk of text) yield settle(cutter.push(chunk));
  yield settle(cutter.end());
  if (records === 0) note(`${name} has a header and no rows`);
  if (footer > 0) note(`${name}: the footer of a Salesforce report (${footer} lines) was passed over`);
  if (empty > 0) note(`${name}: ${empty} empty ${empty === 1 ? 'line was' : 'lines were'} passed over`);
}

function anyFilled(block: Block, column: number): boolean {
  for (let row = 0; row < block.rows; row++) if (block.cell(row, column).trim() !== '') return true;
  return false;
}
