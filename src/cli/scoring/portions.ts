/** A leads file as portions to be judged: duplicates put aside, activities looked up. */
import { blocksInOrder } from '#platform/files/column-order.ts';
import { detached } from '#platform/files/detached.ts';
import { emailOf, idOf, type LeadPlan } from '#platform/files/leads.ts';
import type { Block } from '#platform/files/records.ts';
import { quoted } from '#platform/files/rejects.ts';
import type { Table } from '#platform/files/table.ts';
import type { Reading } from '../reading.ts';
import type { ActivityKeys } from './activity-keys.ts';
import type { Portion } from './job.ts';

/** @param activities null when there are none */
export async function* portionsOf(
  reading: Reading,
  table: Table,
  plan: LeadPlan,
  activities: ActivityKeys | null,
): AsyncGenerator<{ block: Block; portion: Portion }> {
  const seen = new SeenIds();
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
      const before = plan.id === null ? null : seen.see(id, block.line(row));
      if (before !== null) {
        skip.push(row);
        reading.refuse(table, block, row, {
          column: plan.id!.name,
          found: `${quoted(id)}, which line ${before} has already`,
          wanted: 'an id of its own',
        });
      } else if (keys !== null && activities !== null) {
        keys[row * 2] = activities.take(id);
        keys[row * 2 + 1] = activities.take(emailOf(plan, block, row));
      }
    }
    const { text, width, bounds, places } = block;
    yield { block, portion: { text, width, bounds, places, order, skip, keys } };
  }
}

/** Ids met so far, and where. */
class SeenIds {
  readonly #lines = new Map<string, number>();

  /** The line that has the id already, or null. */
  see(id: string, line: number): number | null {
    if (id === '') return null; // a row without an id is rejected as such
    const before = this.#lines.get(id);
    if (before !== undefined) return before;
    this.#lines.set(detached(id), line);
    return null;
  }
}
