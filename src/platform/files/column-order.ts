/** Finds out whether a column of dates has the day or the month first, without reading the whole file ahead. */
import { InputError } from '#platform/errors.ts';
import { type DayOrder, OrderEvidence } from './dates.ts';
import type { Column } from './header.ts';
import type { Block } from './records.ts';
import type { Table } from './table.ts';

export type OrderedBlock = { block: Block; order: DayOrder | null };

/** So much text is held back while nothing tells days from months. */
const MOST_HELD = 256 * 1024 * 1024;

/**
 * The blocks of a table, each with the order its dates are read in. Blocks whose dates could be read both ways are
 * held back until one is met that tells.
 *
 * @param given what the user said, which needs no evidence
 * @throws InputError when the file ends and nothing has told
 */
export async function* blocksInOrder(
  table: Table,
  column: Column | null,
  given: DayOrder | undefined,
  note: (sentence: string) => void,
): AsyncGenerator<OrderedBlock> {
  let order = given ?? null;
  const evidence = new OrderEvidence();
  let held: Block[] = [];
  let heldText = 0;
  for await (const block of table.blocks) {
    if (order === null && column !== null) {
      for (let row = 0; row < block.rows; row++) evidence.see(block.cell(row, column.index));
      if (evidence.order === 'unsaid') {
        held.push(block);
        heldText += block.text.length;
        if (heldText > MOST_HELD) break;
        continue;
      }
      order = evidence.order;
      if (evidence.mixed) note(`${table.name}: ${sayMixed(column, order)}`);
    }
    for (const earlier of held) yield { block: earlier, order };
    held = [];
    yield { block, order };
  }
  if (held.length > 0) throw unsaid(table.name, column!, evidence);
}

function sayMixed(column: Column, order: DayOrder | null): string {
  const [most, some] = order === 'mdy' ? ['month', 'day'] : ['day', 'month'];
  return `column ${JSON.stringify(column.name)} has the ${most} first in most rows and the ${some} first in some, which are rejected`;
}

function unsaid(file: string, column: Column, evidence: OrderEvidence): InputError {
  const where = `${file}, column ${JSON.stringify(column.name)}`;
  const why = evidence.mixed
    ? 'some dates have the day first and some the month'
    : `found dates such as ${JSON.stringify(evidence.example)}, and none that tells the day from the month`;
  return new InputError(`${where}: ${why}; say --dates dmy or --dates mdy`);
}
