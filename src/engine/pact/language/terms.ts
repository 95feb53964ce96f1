/** The promises, and the money behind them. */
import type { Pact } from '../pact.ts';
import { defaulted, optional } from '../shape/field.ts';
import { object } from '../shape/object.ts';
import { number, text } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';
import { amount, share } from './words.ts';

export const terms: Shape<Pact['terms']> = object<Pact['terms']>(
  {
    marketing: defaulted(
      object<Pact['terms']['marketing']>(
        {
          mqls_per_month: optional(number({ least: 0, most: 1e9 }), { title: 'MQLs a month' }),
          value_per_month: optional(amount, {
            title: 'Value a month',
            description: 'The commitment in money instead of, or beside, a number of leads.',
          }),
          acceptance: optional(share, { title: 'Acceptance', description: 'Share of handoffs accepted.' }),
          compliance: optional(share, {
            title: 'Compliance',
            description: 'Share of handoffs that met every clause.',
          }),
        },
        { title: "marketing's terms" },
      ),
      {},
      { title: "Marketing's promise" },
    ),
    sales: defaulted(
      object<Pact['terms']['sales']>(
        {
          attainment: optional(share, { title: 'Attainment', description: 'Share of deadlines met.' }),
          feedback: optional(share, {
            title: 'Feedback',
            description: 'Share of decisions with a reason, in time.',
          }),
        },
        { title: "sales' terms" },
      ),
      {},
      { title: "Sales' promise" },
    ),
  },
  { title: 'terms', spelledOut: true },
);

export const economics: Shape<Pact['economics']> = object<Pact['economics']>(
  {
    currency: defaulted(
      text({ wanted: 'a currency code, such as USD', pattern: '^[A-Z]{3}$', hint: 'three capital letters' }),
      'USD',
      { title: 'Currency' },
    ),
    average_deal: optional(amount, { title: 'Average deal' }),
    cost_per_lead: optional(amount, { title: 'Cost of a lead' }),
    cost_per_worked_lead: optional(amount, { title: 'Cost of working a lead' }),
    margin: optional(amount, {
      title: 'Margin of a deal',
      description: 'In money; break-even is worked out from it.',
    }),
    capacity_per_month: optional(number({ least: 0, most: 1e9 }), {
      title: 'Capacity a month',
      description: 'New leads that sales can work.',
    }),
    expected: defaulted(
      object<Pact['economics']['expected']>(
        {
          mql_to_sal: optional(share, { title: 'MQL to SAL' }),
          sal_to_sql: optional(share, { title: 'SAL to SQL' }),
          sql_to_won: optional(share, { title: 'SQL to won' }),
        },
        { title: 'expected rates' },
      ),
      {},
      { title: 'Expected rates', description: 'What both teams expect of each step.' },
    ),
  },
  { title: 'economics', spelledOut: true },
);
