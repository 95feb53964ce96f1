import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BacktestSide } from '#contract/backtests.ts';
import { count, points } from '../../../app/format/numbers.ts';
import classes from './Effect.module.css';
import { sayBasis, sayRate } from './rates.ts';

/** What is read of each side, row by row. */
const rows: {
  name: string;
  about: string;
  read: (side: BacktestSide) => ReactNode;
  basis?: (side: BacktestSide) => string;
}[] = [
  { name: 'MQLs', about: 'Leads that became one at some time', read: ({ mqls }) => count(mqls) },
  {
    name: 'MQLs a month',
    about: 'The latest twelve months with any, on average',
    read: ({ mqls_by_month: months }) => {
      const latest = months.slice(-12);
      return latest.length === 0
        ? '–'
        : points(latest.reduce((sum, { mqls }) => sum + mqls, 0) / latest.length);
    },
  },
  {
    name: 'Precision',
    about: 'Won among MQLs whose deal closed',
    read: ({ precision }) => sayRate(precision),
    basis: ({ precision }) => sayBasis(precision),
  },
  {
    name: 'Recall',
    about: 'MQLs in time among the won',
    read: ({ recall }) => sayRate(recall),
    basis: ({ recall }) => sayBasis(recall),
  },
  {
    name: 'Won deals missed',
    about: 'Won, and no MQL by then',
    read: ({ missed_wins }) => count(missed_wins),
  },
  {
    name: 'New leads a week and rep',
    about: 'In the busiest week, and what a rep can work',
    read: ({ workload: { weeks } }) => {
      const most = Math.max(0, ...weeks.map(({ per_rep }) => per_rep ?? 0));
      return most === 0 ? '–' : points(most);
    },
    basis: ({ workload: { capacity_per_week: capacity, reps } }) =>
      capacity === null
        ? `${count(reps)} reps; the pact names no capacity`
        : `${count(reps)} reps, ${points(capacity / Math.max(1, reps))} each can be worked`,
  },
  {
    name: 'Weeks over capacity',
    about: 'More MQLs than sales can work',
    read: ({ workload: { weeks_over: over } }) => (over === null ? '–' : count(over)),
    basis: ({ workload: { weeks } }) => `of ${count(weeks.length)} weeks`,
  },
  {
    name: 'First touches too late',
    about: 'If sales took them as they came',
    read: ({ deadlines }) => (deadlines === null ? '–' : count(deadlines.missed)),
    basis: ({ deadlines }) =>
      deadlines === null
        ? 'the pact names no capacity'
        : `of ${count(deadlines.mqls)}, due in ${deadlines.first_touch}`,
  },
];

/** Versions beside each other, figure by figure. */
export const SidesTable = ({ sides }: { sides: readonly { title: ReactNode; side: BacktestSide }[] }) => (
  <Table.ScrollContainer
    minWidth={220 + sides.length * 130}
    type="native"
    tabIndex={0}
    role="region"
    aria-label="Figures by version"
  >
    <Table className={classes.sides} verticalSpacing={7}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Figure</Table.Th>
          {sides.map(({ title, side }) => (
            <Table.Th key={`${side.number} ${side.digest}`}>{title}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, about, read, basis }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">
              {name}
              <span className={classes.about}>{about}</span>
            </Table.Th>
            {sides.map(({ side }) => (
              <Table.Td key={`${side.number} ${side.digest}`}>
                {read(side)}
                {basis !== undefined && <span className={classes.about}>{basis(side)}</span>}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);
