import { percent } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { stageName } from '../../../parts/Stage.tsx';
import { cellOf, countedCell } from '../cells.tsx';
import classes from '../Measures.module.css';
import { groupWords } from '../words.ts';
import type { Cohort } from './CohortFigure.tsx';

/** Groups beside one another: the share of each that came to each rung in time. */
export function Cohorts({ cohorts }: { cohorts: readonly Cohort[] }) {
  const rungs = cohorts[0]!.steps.slice(1);
  return (
    <Card title="Side by side">
      <DataTable
        name="Cohorts side by side"
        table={{
          head: [
            'Cohort',
            'Came',
            'Too young',
            ...rungs.map(({ rung }) => stageName(rung)),
            'So far, young ones too',
            'Drawn to the whole',
          ],
          rows: cohorts.map(({ of, size, young, steps, shrunk, so_far }) => {
            const name = of === 'all' ? 'Everybody' : groupWords(of);
            return [
              name,
              size,
              young,
              ...steps
                .slice(1)
                .map(({ rung, rate }) => cellOf({ ...rate, name: `${name}: ${stageName(rung)}` })),
              countedCell({ ...so_far, name: `${name}: so far` }),
              shrunk === null ? null : { raw: shrunk, shown: percent(shrunk) },
            ];
          }),
        }}
      />
      <p className={classes.quiet}>
        “Drawn to the whole” is the share to the last rung as one may expect it to last: small groups are held
        closer to everybody’s.
      </p>
    </Card>
  );
}
