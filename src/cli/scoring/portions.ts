/** A leads file as portions to be judged: duplicates put aside, activities looked up. */
import { blocksInOrder } from '#platform/files/column-order.ts';
import { emailOf, idOf, type LeadPlan } from '#platform/files/leads.ts';
import type { Block } from '#platform/files/records.ts';
import type { Table } from '#platform/files/table.ts';
import type { Reading } from '../reading.ts';
import { SeenIds } from '../seen-ids.ts';
import type { ActivityKeys } from './activity-keys.ts';
import type { Portion } from './job.ts';

/** @param activities null when there are none */
export async function* portionsOf(
  reading: Reading,
  table: Table,
  plan: LeadPlan,
  activities: ActivityKeys | null,
): AsyncGenerator<{ block: Block; portion: Portion }> {
  const seen = new SeenIds(plan);
  for await (const { block, order } of blocksInOrder(
    table,
    plan.createdAt,
    reading.options.dates,
    reading.note,
  )) {
    if (block.rows === 0) continue;
    const skip: number[] = [];
    const keys = activities === null ? null : new Int32Array(block.rows * 2);
    for (let row = 0; row < block.rows; row++) {
      const id = idOf(plan, block, row);
      const refusal = seen.see(id, block.line(row));
      if (refusal !== undefined) {
        skip.push(row);
        reading.refuse(table, block, row, refusal);
      } else if (keys !== null && activities !== null) {
        keys[row * 2] = activities.take(id);
        keys[row * 2 + 1] = activities.take(emailOf(plan, block, row));
      }
    }
    const { text, width, bounds, places } = block;
    yield { block, portion: { text, width, bounds, places, order, skip, keys } };
  }
}
