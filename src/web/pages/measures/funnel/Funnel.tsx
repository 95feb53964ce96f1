import { showFunnel, showStages } from '#contract/funnels.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { useMeasures } from '../useMeasures.ts';
import { CohortFigure } from './CohortFigure.tsx';
import { Cohorts } from './Cohorts.tsx';
import { CurveFigure } from './CurveFigure.tsx';
import { defaults, funnelFields } from './fields.ts';
import { StagesTable } from './StagesTable.tsx';
import { stepsOf } from './steps.tsx';

/** So few groups stand beside one another as charts; more of them only as a table. */
const SIDE_BY_SIDE = 2;

/** Those who came to a rung in the period, each watched for the same number of days. */
export function Funnel() {
  const { search, scope } = useMeasures();
  const { entry, until, horizon, by } = { ...defaults, ...search };
  const query = { ...scope, entry, until, horizon, by } as never;
  const funnel = useAsk(showFunnel, { query }, { keep: true });
  const stages = useAsk(showStages, { query: scope }, { keep: true });
  return (
    <Report
      title="Funnel"
      about="Those who came to a rung in the period, each watched for the same number of days."
      of={funnel}
      fields={funnelFields}
      defaults={defaults}
    >
      {({ cohorts, horizon: days }) => {
        const [whole, ...groups] = cohorts;
        if (whole === undefined || whole.size === 0) {
          return (
            <p className={classes.says}>
              Nobody came to this rung in the period. Choose an earlier rung or a longer period.
            </p>
          );
        }
        return (
          <>
            <CohortFigure cohort={whole} horizon={days} />
            {groups.length > 0 && groups.length <= SIDE_BY_SIDE && (
              <div className={classes.pair}>
                {groups.map((cohort) => (
                  <CohortFigure key={cohort.of} cohort={cohort} horizon={days} />
                ))}
              </div>
            )}
            {groups.length > 0 && <Cohorts cohorts={cohorts} />}
            <CurveFigure cohort={whole} />
            <Card title="Time from rung to rung, and rungs that were skipped">
              <DataTable name="Time from rung to rung" table={stepsOf(whole)} />
            </Card>
            <Asked of={stages}>{(told) => <StagesTable stages={told.stages} />}</Asked>
          </>
        );
      }}
    </Report>
  );
}
