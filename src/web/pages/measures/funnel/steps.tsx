import type { ChartTable } from '../../../parts/chart/table.ts';
import { stageName } from '../../../parts/Stage.tsx';
import { cellOf, opened } from '../cells.tsx';
import { daysWords } from '../words.ts';
import type { Cohort } from './CohortFigure.tsx';

/** From rung to rung: who went on, how long it took, and who was never seen on the rung though they came further. */
export const stepsOf = ({ steps }: Cohort): ChartTable => ({
  head: ['Rung', 'Went on to it', 'Half within', 'Nine in ten within', 'Skipped it'],
  rows: steps
    .slice(1)
    .map(({ rung, onward, median_days, p90_days, skipped }) => [
      stageName(rung),
      onward === null ? null : cellOf({ ...onward, name: `Went on to ${stageName(rung)}` }),
      { raw: median_days, shown: daysWords(median_days) },
      { raw: p90_days, shown: daysWords(p90_days) },
      opened(skipped, `Skipped ${stageName(rung)}`),
    ]),
});
