/** A leads file as columns for a study, with what links its rows to deals and activities. */
import { buildTable, type Table as StudyTable } from '#engine/calibration/table.ts';
import { blocksInOrder } from '#platform/files/column-order.ts';
import { detached } from '#platform/files/detached.ts';
import type { Header } from '#platform/files/header.ts';
import { leadKey } from '#platform/files/lead-keys.ts';
import { emailOf, isRefusal, planLeads, readLead } from '#platform/files/leads.ts';
import type { Reading } from '../reading.ts';

export type StudiedLeads = {
  /** What messages call the file. */
  file: string;
  header: Header;
  table: StudyTable;
  /** Headers of the columns that name a lead. */
  ids: string[];
  /** A lead's id or e-mail address, as `leadKey` has it → its row. */
  rowOf: ReadonlyMap<string, number>;
  /** Row → when it came in, NaN where the file does not say; null when it has no such column. */
  createdAt: Float64Array | null;
  /** Whether (nearly) every lead has an e-mail address. */
  hasEmail: boolean;
};

/** The share of leads with an address from which a file is said to have them. */
const NEARLY_ALL = 0.95;

export async function loadLeads(reading: Reading, given: string): Promise<StudiedLeads> {
  const file = await reading.open(given);
  const { header, name } = file;
  const { dates, zone } = reading.options;
  const plan = planLeads(header, [], reading.options);
  const builder = buildTable(
    header.all.map((column) => column.name),
    detached,
  );
  const rowOf = new Map<string, number>();
  const createdAt: number[] = [];
  let emails = 0;
  const cells = new Array<string>(header.all.length);
  for await (const { block, order } of blocksInOrder(file, plan.createdAt, dates, reading.note)) {
    for (let row = 0; row < block.rows; row++) {
      const lead = readLead(plan, { order, zone }, block, row);
      if (isRefusal(lead)) {
        reading.refuse(file, block, row, lead);
        continue;
      }
      const place = createdAt.push(lead.createdAt ?? Number.NaN) - 1;
      const email = emailOf(plan, block, row);
      if (email !== '') emails++;
      for (const key of [lead.id, email].map(leadKey)) {
        if (key !== '' && !rowOf.has(key)) rowOf.set(detached(key), place);
      }
      for (let i = 0; i < cells.length; i++) cells[i] = block.cell(row, header.all[i]!.index);
      builder.add(cells);
    }
    await reading.progress.at(`${name}: leads`, createdAt.length, file.progress());
  }
  return {
    file: name,
    header,
    table: builder.done(),
    ids: [plan.id, plan.email].flatMap((column) => (column === null ? [] : [column.name])),
    rowOf,
    createdAt: plan.createdAt && Float64Array.from(createdAt),
    hasEmail: emails > 0 && emails >= NEARLY_ALL * createdAt.length,
  };
}
