/** Cohen's kappa in words, with its interval. */
import type { WorkshopSummary } from '#contract/workshops.ts';

export type Agreement = NonNullable<WorkshopSummary['agreement']>;

const two = new Intl.NumberFormat(navigator.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const sayKappa = ({ kappa }: Agreement): string => (kappa === null ? '–' : two.format(kappa));

export function sayInterval({ kappa_interval: interval }: Agreement): string {
  return interval === null
    ? 'every lead got one and the same label: chance cannot be told apart'
    : `${two.format(interval[0])} to ${two.format(interval[1])}, 95 % interval`;
}
