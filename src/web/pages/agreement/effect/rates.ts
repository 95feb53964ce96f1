/** Shares and estimates in words, with what they rest on. */
import type { Estimate, Rate } from '#contract/backtests.ts';
import { count, percent } from '../../../app/format/numbers.ts';

export const sayRate = ({ rate }: Rate): string => (rate === null ? '–' : percent(rate));

/** "12 of 40, 18 % to 45 %": what is counted, and between what the share lies in 95 of 100 such samples. */
export function sayBasis({ part, of, interval }: Rate): string {
  const counted = `${count(part)} of ${count(of)}`;
  return interval === null ? counted : `${counted}, ${percent(interval[0])} to ${percent(interval[1])}`;
}

export const sayEstimate = ({ n, interval: [low, high] }: Estimate): string =>
  low === high ? count(n) : `${count(n)} (${count(low)} to ${count(high)})`;
