import type { showStages } from '#contract/funnels.ts';
import type { Answer } from '../../../app/api/call.ts';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { stageName } from '../../../parts/Stage.tsx';
import { opened } from '../cells.tsx';
import classes from '../Measures.module.css';
import { Opens } from '../rows/Opens.tsx';
import { daysWords } from '../words.ts';

/** Every stage: who came, who left and whereto, and how long they stood there. */
export function StagesTable({ stages }: { stages: Answer<typeof showStages>['stages'] }) {
  if (stages.length === 0) return null;
  return (
    <Card title="Time in each stage">
      <DataTable
        name="Time in each stage"
        table={{
          head: ['Stage', 'Came', 'Left', 'Half stood', 'Nine in ten', 'Went to'],
          rows: stages.map(({ stage, entered, left, median_days, p90_days, went_to }) => [
            stageName(stage),
            opened(entered, `Came to ${stageName(stage)}`),
            opened(left, `Left ${stageName(stage)}`),
            { raw: median_days, shown: daysWords(median_days) },
            { raw: p90_days, shown: daysWords(p90_days) },
            {
              raw: went_to.map((one) => `${one.stage} ${one.rows.count}`).join(', '),
              shown: (
                <span className={classes.counts}>
                  {went_to.map((one) => (
                    <span key={one.stage}>
                      {stageName(one.stage)}{' '}
                      <Opens of={one.rows} what={`${stageName(stage)} to ${stageName(one.stage)}`} />
                    </span>
                  ))}
                </span>
              ),
            },
          ]),
        }}
      />
    </Card>
  );
}
