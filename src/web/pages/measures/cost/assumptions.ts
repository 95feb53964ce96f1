/** What is assumed when misalignment is put into money: what each is called, and in which steps one types it. */
import type { AssumptionName } from '../search.ts';

type Kind = 'share' | 'money' | 'hours';
export type Assumption = { name: AssumptionName; label: string; kind: Kind; about: string };

export const assumptions: readonly Assumption[] = [
  { name: 'average_deal', label: 'Average deal', kind: 'money', about: 'What a won deal brings' },
  {
    name: 'close_rate',
    label: 'Won, of MQLs that are called',
    kind: 'share',
    about: 'Lost with who is never touched',
  },
  {
    name: 'fast_rate',
    label: 'Won, of those touched in time',
    kind: 'share',
    about: 'Beside the next: what being late costs',
  },
  { name: 'late_rate', label: 'Won, of those touched late', kind: 'share', about: 'Beside the one before' },
  {
    name: 'recycle_rate',
    label: 'Won, of those taken up again',
    kind: 'share',
    about: 'Lost with who is never taken up again',
  },
  {
    name: 'cost_per_lead',
    label: 'Cost of a lead',
    kind: 'money',
    about: 'Spent for nothing on who does not fit',
  },
  {
    name: 'hours_per_return',
    label: 'Hours on one that is given back',
    kind: 'hours',
    about: 'Of sales, until it is sure',
  },
  {
    name: 'hourly_cost',
    label: 'Cost of such an hour',
    kind: 'money',
    about: 'Wages and what comes with them',
  },
];

/** Shares are typed as per cent. */
export const typedOf = (kind: Kind, value: number): number =>
  kind === 'share' ? Math.round(value * 10_000) / 100 : Math.round(value * 100) / 100;
export const valueTyped = (kind: Kind, typed: number): number => (kind === 'share' ? typed / 100 : typed);
