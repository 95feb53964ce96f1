import type { Deal } from '#engine/backtest/backtest.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { History } from './history/reading.ts';

/** A deal with its lead's place in the history. */
export type DealRow = Deal;

/** The deals of leads; what is a company's alone cannot be held to any lead. */
export async function readDeals(
  query: Query,
  workspace: string,
  { places }: Pick<History, 'places'>,
): Promise<DealRow[]> {
  const rows = await query<{
    lead: number;
    outcome: Deal['outcome'];
    closed_at: Date | null;
    amount: number | null;
  }>(
    'SELECT lead, outcome, closed_at, amount FROM deals WHERE workspace_id = $1 AND lead IS NOT NULL ORDER BY id',
    [workspace],
  );
  return rows.flatMap(({ lead, outcome, closed_at, amount }) => {
    const place = places[lead] ?? -1;
    return place < 0 ? [] : [{ lead: place, outcome, closedAt: closed_at?.getTime() ?? null, amount }];
  });
}
