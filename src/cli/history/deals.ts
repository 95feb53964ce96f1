import type { Deal } from '#engine/backtest/backtest.ts';
import { decimalMark, readAmount } from '#platform/files/amounts.ts';
import { type DealOptions, type DealRow, planDeals, readDeal } from '#platform/files/deals.ts';
import { stranger } from '#platform/files/lead-keys.ts';
import { quoted } from '#platform/files/rejects.ts';
import type { Reading } from '../reading.ts';
import { eachRow } from '../rows.ts';
import { counted, plural } from '../terminal/text.ts';
import type { KnownLeads } from './known-leads.ts';

type KnownDeal = DealRow & { numbers: number[] };

/** Deals of known leads; a deal with several contacts counts for each of them. */
export async function readDeals(
  reading: Reading,
  given: string,
  options: DealOptions,
  known: KnownLeads,
): Promise<Deal[]> {
  const table = await reading.open(given);
  const plan = planDeals(table.name, table.header, options);
  const deals: KnownDeal[] = [];
  await eachRow(reading, table, {
    what: 'deals',
    dated: plan.closedAt,
    read: (style, block, row) => readDeal(plan, style, block, row, known.knows),
    take: (deal) => {
      const numbers = deal.leads.map((key) => known.find(key)).filter((number) => number !== undefined);
      if (numbers.length === 0) return stranger(plan.lead[0]!.name, deal.leads.join(', '), known.file);
      deals.push({ ...deal, numbers });
      return undefined;
    },
  });
  noteUnknown(reading, table.name, deals);
  return withAmounts(reading, table.name, deals);
}

const MOST_WORDS = 10;

function noteUnknown(reading: Reading, file: string, deals: readonly KnownDeal[]): void {
  const times = new Map<string, number>();
  for (const { unknown } of deals) if (unknown !== null) times.set(unknown, (times.get(unknown) ?? 0) + 1);
  if (times.size === 0) return;
  const words = [...times].slice(0, MOST_WORDS).map(([word, n]) => `${quoted(word)} (${counted(n)})`);
  const more = times.size > words.length ? ', …' : '';
  reading.note(
    `${file}: read as open, for want of knowing better: ${words.join(', ')}${more}; --won and --lost say otherwise`,
  );
}

/** What a comma in an amount means is told by the column as a whole. */
function withAmounts(reading: Reading, file: string, deals: readonly KnownDeal[]): Deal[] {
  const mark = decimalMark(deals.map(({ amount }) => amount));
  const unread = deals.filter(({ amount }) => amount !== '' && readAmount(amount, mark) === null);
  if (unread.length > 0) {
    reading.note(
      `${file}: ${plural(unread.length, 'amount')} could not be read, such as ${quoted(unread[0]!.amount)}; they count as unknown`,
    );
  }
  return deals.flatMap(({ numbers, outcome, closedAt, amount }) =>
    numbers.map((lead) => ({ lead, outcome, closedAt, amount: readAmount(amount, mark) })),
  );
}
