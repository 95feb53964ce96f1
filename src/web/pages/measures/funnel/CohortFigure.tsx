import type { showFunnel } from '#contract/funnels.ts';
import type { Answer } from '../../../app/api/call.ts';
import { count, many, percent } from '../../../app/format/numbers.ts';
import { type Bar, Bars } from '../../../parts/chart/Bars.tsx';
import { Figure } from '../../../parts/chart/Figure.tsx';
import { stageName } from '../../../parts/Stage.tsx';
import { opened } from '../cells.tsx';
import { SoFar } from '../SoFar.tsx';
import { useMeasures } from '../useMeasures.ts';
import { groupWords } from '../words.ts';

export type Cohort = Answer<typeof showFunnel>['cohorts'][number];

/** How far a cohort went. Solid: within the horizon, of those old enough. Hatched: too young to count, or later than that. */
export function CohortFigure({ cohort, horizon }: { cohort: Cohort; horizon: number }) {
  const { rowsOf } = useMeasures();
  const { of, size, mature, young, steps, says, so_far } = cohort;
  const name = of === 'all' ? 'Everybody' : groupWords(of);
  const bars: Bar[] = steps.map(({ rung, rate, reached }, i) => {
    const inTime = i === 0 ? mature : (rate.numerator ?? 0);
    const isSaid = i > 0 && rate.enough && rate.value !== null;
    // While nobody is old enough, those who got there so far are what can be shown.
    const shown = mature > 0 ? rate.rows.numerator : reached;
    const words = `${count(shown?.count ?? inTime)}${mature > 0 ? '' : ' so far'}${isSaid ? `, ${percent(rate.value!)}` : ''}`;
    return {
      id: rung,
      label: stageName(rung),
      value: inTime,
      hatched: Math.max(0, reached.count - inTime),
      words,
      tone: i < 2 ? 'marketing' : 'sales',
      ...(shown !== null && { href: rowsOf(shown, `${name}: ${stageName(rung)}`) }),
    };
  });
  return (
    <Figure
      title={`${name}: ${says}`}
      about={
        <>
          {many(size, 'came', 'came')}; {count(mature)} watched for {horizon} days or more
          {young > 0 && `, ${count(young)} too young to count (hatched)`}. Hatched at later rungs: got there,
          but too young or later than that. <SoFar of={so_far} />
        </>
      }
      name={`funnel-${of}`}
      table={{
        head: ['Rung', 'Reached at all', `Within ${horizon} days`, 'Old enough', 'Share', 'From', 'To'],
        rows: steps.map(({ rung, rate, reached }) => [
          stageName(rung),
          opened(reached, `${name}: ${stageName(rung)}`),
          rate.rows.numerator === null
            ? rate.numerator
            : opened(rate.rows.numerator, `${stageName(rung)} in time`),
          rate.rows.denominator === null ? rate.denominator : opened(rate.rows.denominator, 'Old enough'),
          rate.value === null
            ? null
            : { raw: rate.value, shown: rate.enough ? percent(rate.value) : 'too few' },
          rate.interval === null ? null : { raw: rate.interval[0], shown: percent(rate.interval[0]) },
          rate.interval === null ? null : { raw: rate.interval[1], shown: percent(rate.interval[1]) },
        ]),
      }}
    >
      {(width) => <Bars name={says} bars={bars} width={width} />}
    </Figure>
  );
}
