import type { showLeaks } from '#contract/leaks.ts';
import type { Answer } from '../../../app/api/call.ts';
import { money, percent } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { GoTo } from '../../../parts/GoTo.tsx';
import { opened } from '../cells.tsx';
import classes from '../Measures.module.css';
import { Opens } from '../rows/Opens.tsx';

type Leaking = Answer<typeof showLeaks>['leaks'][number];

const owners: Record<Leaking['owners'][number]['owner'], string> = {
  definition: 'The definition',
  marketing: 'Marketing',
  sales: 'Sales',
  market: 'The market',
};

/** One step: what was agreed and what came, and who owns the reasons of those who were lost. */
export const Leak = ({
  leak: { name, agreed, actual, amount, lost, owners: by, says },
  currency,
}: {
  leak: Leaking;
  currency: string;
}) => (
  <Card
    title={name}
    aside={`agreed ${percent(agreed)}${actual.enough && actual.value !== null ? `, came ${percent(actual.value)}` : ''}${amount === null || actual.value === null ? '' : `, ${money(amount, currency)}`}`}
  >
    <p className={classes.says}>{says}</p>
    <div className={classes.counts}>
      <span>
        Lost here <Opens of={lost} what={`Lost: ${name}`} />
      </span>
    </div>
    {by.length > 0 && (
      <DataTable
        name={`Reasons: ${name}`}
        table={{
          head: ['Whose', 'Clause', 'Reason', 'Leads'],
          rows: by.flatMap(({ owner, rows, clauses }) => [
            // One reason alone is all there are: its line says so already.
            ...(clauses.length === 1
              ? []
              : [[owners[owner], null, 'all reasons', opened(rows, `${name}: ${owners[owner]}`)]]),
            ...clauses.map(({ clause, text, rows: own }) => [
              owners[owner],
              { raw: clause, shown: <GoTo href={`/pact#${clause}`}>{clause}</GoTo> },
              text,
              opened(own, `${name}: ${text}`),
            ]),
          ]),
        }}
      />
    )}
  </Card>
);
