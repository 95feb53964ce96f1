/** History out of files: leads, what they did, how their deals ended. */
import type { Deal } from '#engine/backtest/backtest.ts';
import { type Columns, ColumnsBuilder, type Footprint } from '#engine/replay/columns.ts';
import type { DealOptions } from '#platform/files/deals.ts';
import type { Reading } from '../reading.ts';
import { readActivities } from './activities.ts';
import { readDeals } from './deals.ts';
import { KnownLeads } from './known-leads.ts';
import { readLeads } from './leads.ts';

/** Paths as they were given. */
export type HistoryFiles = { leads: string; activities: string | undefined; deals: string | undefined };

export type History = { columns: Columns; activities: number; deals: Deal[] };

/** @param needs what of the files the pacts read */
export async function readHistory(
  reading: Reading,
  files: HistoryFiles,
  needs: Footprint,
  dealOptions: DealOptions,
): Promise<History> {
  const builder = new ColumnsBuilder({ footprint: needs, shared: true });
  const known = new KnownLeads(builder);
  await readLeads(reading, files.leads, needs, known);
  if (files.activities !== undefined) await readActivities(reading, files.activities, needs, known);
  const deals = files.deals === undefined ? [] : await readDeals(reading, files.deals, dealOptions, known);
  known.noteAmbiguous(reading);
  return { activities: builder.taken, columns: builder.finish(), deals };
}
