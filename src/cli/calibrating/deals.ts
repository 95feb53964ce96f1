/** A deals file, as what it says of each lead of a study. */
import { blocksInOrder } from '#platform/files/column-order.ts';
import { planDeals, readDeal } from '#platform/files/deals.ts';
import { stranger } from '#platform/files/lead-keys.ts';
import { isRefusal } from '#platform/files/leads.ts';
import type { Reading } from '../reading.ts';
import { counted } from '../terminal/text.ts';
import type { StudiedLeads } from './leads.ts';

export type LeadDeals = {
  /** Row → 1 a deal was won, 0 none was, -1 not known yet: a deal is open and none is lost. */
  outcome: Int8Array;
  /** Row → when the deal that decided was closed, NaN where it is not known. */
  closedAt: Float64Array;
};

const WON = 1;
const LOST = 0;
const OPEN = -1;
const meanings = { won: WON, lost: LOST, open: OPEN } as const;

/**
 * A lead has won when any of its deals has (at the first of them), else lost when any has, else it is open; a lead
 * without deals has not won.
 *
 * @param outcome `COL` or `COL=VALUE` of the deals file, when its columns do not say it by themselves
 */
export async function loadDeals(
  reading: Reading,
  given: string,
  leads: StudiedLeads,
  outcome: string | undefined,
): Promise<LeadDeals> {
  const file = await reading.open(given);
  const own = { won: new Set<string>(), lost: new Set<string>() };
  const plan = planDeals(file.name, file.header, { outcome, own });
  const { dates, zone } = reading.options;
  const rows = leads.table.rows;
  const found: LeadDeals = {
    outcome: new Int8Array(rows).fill(LOST),
    closedAt: new Float64Array(rows).fill(Number.NaN),
  };
  const seen = new Uint8Array(rows);
  const unknown = new Map<string, number>();
  let read = 0;
  for await (const { block, order } of blocksInOrder(file, plan.closedAt, dates, reading.note)) {
    read += block.rows;
    for (let row = 0; row < block.rows; row++) {
      const deal = readDeal(plan, { order, zone }, block, row);
      if (isRefusal(deal)) {
        reading.refuse(file, block, row, deal);
        continue;
      }
      if (deal.unknown !== null) unknown.set(deal.unknown, (unknown.get(deal.unknown) ?? 0) + 1);
      const places = deal.leads.flatMap((key) => leads.rowOf.get(key) ?? []);
      if (places.length === 0) {
        const names = deal.leads.join(', ');
        reading.refuse(file, block, row, stranger(plan.lead[0]!.name, names, leads.file));
        continue;
      }
      for (const place of places) {
        settle(found, seen[place] === 1, place, meanings[deal.outcome], deal.closedAt ?? Number.NaN);
        seen[place] = 1;
      }
    }
    await reading.progress.at(`${file.name}: deals`, read, file.progress());
  }
  for (const [word, deals] of unknown) {
    reading.note(`${file.name}: "${word}" is taken for an open stage (${counted(deals)} deals)`);
  }
  return found;
}

/** Won outdoes lost, lost outdoes open; of two deals that ended alike the first close counts. */
function settle(
  { outcome, closedAt }: LeadDeals,
  hasDeals: boolean,
  row: number,
  next: 1 | 0 | -1,
  at: number,
): void {
  if (!hasDeals || next > outcome[row]!) {
    outcome[row] = next;
    closedAt[row] = at;
  } else if (next === outcome[row] && !(closedAt[row]! <= at)) {
    closedAt[row] = Number.isNaN(at) ? closedAt[row]! : at;
  }
}
