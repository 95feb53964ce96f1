/** How much money a pipeline brings a day. */
import { type Figure, ratio } from './figure.ts';
import { sayNumber } from './say.ts';

export type Pipeline = {
  opportunities: number;
  winRate: number | null;
  averageDeal: number | null;
  /** Three letters, of the average deal; null where it is not known. */
  currency: string | null;
  /** Days from opening to closing. */
  cycle: number | null;
};

/** 40 opportunities, a quarter of them won, at 10,000, in 50 days: 2,000 a day. */
export function velocity({
  opportunities,
  winRate,
  averageDeal,
  currency,
  cycle,
}: Pipeline): Figure & { currency: string | null } {
  const over = winRate === null || averageDeal === null ? null : opportunities * winRate * averageDeal;
  const figure = ratio(
    'velocity',
    'per_day',
    { over, under: cycle, n: opportunities },
    (value) =>
      `${sayNumber(value)}${currency === null ? '' : ` ${currency}`} a day: ${sayNumber(opportunities)} opportunities in ${sayNumber(cycle!)} days.`,
    'There is no velocity yet: it takes opportunities, deals that closed, and their amounts.',
  );
  return { ...figure, currency };
}
