import { showScorecard } from '#contract/scorecards.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Card } from '../../../parts/Card.tsx';
import { Party } from '../../../parts/Party.tsx';
import { Figures } from '../Figures.tsx';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { useMeasures } from '../useMeasures.ts';
import { Trust } from './Trust.tsx';

/** What both teams promised and what each kept, over the same handoffs. */
export function Scorecard() {
  const { scope } = useMeasures();
  const card = useAsk(showScorecard, { query: scope }, { keep: true });
  return (
    <Report
      title="Scorecard"
      about="What both teams promised and what each kept, over the same handoffs."
      of={card}
    >
      {({ marketing, sales, together, period: { over } }) => (
        <>
          <div className={classes.pair}>
            <Card title={<Party party="marketing" />} aside="promised to sales">
              <Figures of={marketing} isOver={over} />
            </Card>
            <Card title={<Party party="sales" />} aside="promised to marketing">
              <Figures of={sales} isOver={over} />
            </Card>
          </div>
          <Card title="Together" aside="what came of it">
            <Figures of={together} isOver={over} />
          </Card>
          <Trust />
        </>
      )}
    </Report>
  );
}
