import type { Footprint } from '#engine/replay/columns.ts';
import { Kept } from '#platform/files/detached.ts';
import { leadKey } from '#platform/files/lead-keys.ts';
import { emailOf, planLeads, readLead } from '#platform/files/leads.ts';
import type { Reading } from '../reading.ts';
import { eachRow } from '../rows.ts';
import { SeenIds } from '../seen-ids.ts';
import type { KnownLeads } from './known-leads.ts';

/** Leads into columns, each with what the pacts read of it. */
export async function readLeads(
  reading: Reading,
  given: string,
  needs: Footprint,
  known: KnownLeads,
): Promise<void> {
  const table = await reading.open(given);
  const plan = planLeads(table.header, needs.attributes, reading.options);
  reading.noteAbsent(table, plan.absent);
  if (plan.createdAt === null) {
    reading.note(
      `${table.name} does not say when its leads were created (--created COLUMN): what is known of them holds from the beginning`,
    );
  }
  known.file = table.name;
  const seen = new SeenIds(plan);
  const kept = new Kept();
  const add = known.builder.changeRows(plan.attributes.map(({ name }) => name));
  await eachRow(reading, table, {
    what: 'leads',
    dated: plan.createdAt,
    read: (style, block, row) => readLead(plan, style, block, row),
    take: ({ id, createdAt, cells }, block, row) => {
      const refusal = seen.see(id, block.line(row));
      if (refusal !== undefined) return refusal;
      const number = known.add(id, leadKey(emailOf(plan, block, row)));
      add(
        number,
        createdAt,
        cells.map((cell) => kept.of(cell)),
      );
      return undefined;
    },
  });
}
