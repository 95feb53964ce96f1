import { showSla } from '#contract/scorecards.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { percent } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Party } from '../../../parts/Party.tsx';
import { cellOf } from '../cells.tsx';
import { Figures } from '../Figures.tsx';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { useMeasures } from '../useMeasures.ts';
import { groupWords } from '../words.ts';
import { PaceFigure } from './PaceFigure.tsx';
import { Term } from './Term.tsx';

const standing = (kept: boolean | null) =>
  kept === null ? (
    <Mark>Cannot be said yet</Mark>
  ) : (
    <Mark tone={kept ? 'good' : 'warn'}>{kept ? 'Kept' : 'Not kept'}</Mark>
  );

/** The agreement from both sides: what marketing delivers, and what sales does with it. */
export function Promises() {
  const { scope } = useMeasures();
  const sla = useAsk(showSla, { query: scope }, { keep: true });
  return (
    <Report
      title="Promises"
      about="The agreement from both sides: what marketing delivers, what sales does with it."
      of={sla}
    >
      {({ marketing, sales, tiers }) => (
        <>
          <div className={classes.pair}>
            <Card title={<Party party="marketing" />} aside={standing(marketing.kept)}>
              <p className={classes.says}>{marketing.says}</p>
            </Card>
            <Card title={<Party party="sales" />} aside={standing(sales.kept)}>
              <p className={classes.says}>{sales.says}</p>
            </Card>
          </div>
          <PaceFigure pace={marketing.volume} />
          <div className={classes.pair}>
            <Card title="Marketing: volume and quality">
              {marketing.value !== null && <p className={classes.says}>{marketing.value.says}</p>}
              <Figures of={marketing.quality} />
            </Card>
            <Card title="Sales: follow-up and answers">
              {sales.terms.map((term) => (
                <Term key={term.term} of={term} />
              ))}
              <Figures of={[sales.attempts, sales.feedback]} />
            </Card>
          </div>
          {tiers.length > 0 && (
            <Card title="Clocks kept by tier">
              <DataTable
                name="Clocks kept by tier"
                table={{
                  head: ['Tier', 'Kept', 'Promised'],
                  rows: tiers.map(({ tier, attainment }) => [
                    groupWords(tier),
                    cellOf({ ...attainment, name: `Clocks kept, ${tier}` }),
                    attainment.promised === null ? 'nothing' : percent(attainment.promised),
                  ]),
                }}
              />
            </Card>
          )}
        </>
      )}
    </Report>
  );
}
