/** A table read row by row. */
import { blocksInOrder } from '#platform/files/column-order.ts';
import type { DateStyle } from '#platform/files/dates.ts';
import type { Column } from '#platform/files/header.ts';
import { isRefusal, type Refusal } from '#platform/files/leads.ts';
import type { Block } from '#platform/files/records.ts';
import type { Table } from '#platform/files/table.ts';
import type { Reading } from './reading.ts';

type Work<T extends object> = {
  /** What the rows are, in the plural. */
  what: string;
  /** The column whose dates are read; null when there is none. */
  dated: Column | null;
  read(style: DateStyle, block: Block, row: number): T | Refusal;
  /** Does something with what was read; what it will not have it refuses. */
  take(value: T, block: Block, row: number): Refusal | undefined;
};

/** Reads every row and takes what it says; rows that cannot be read, or are refused, are put aside. */
export async function eachRow<T extends object>(
  reading: Reading,
  table: Table,
  { what, dated, read, take }: Work<T>,
): Promise<void> {
  const { dates, zone } = reading.options;
  let done = 0;
  for await (const { block, order } of blocksInOrder(table, dated, dates, reading.note)) {
    const style = { order, zone };
    for (let row = 0; row < block.rows; row++) {
      const value = read(style, block, row);
      const refusal = isRefusal(value) ? value : take(value, block, row);
      if (refusal !== undefined) reading.refuse(table, block, row, refusal);
    }
    done += block.rows;
    await reading.progress.at(`${table.name}: ${what}`, done, table.progress());
  }
}
