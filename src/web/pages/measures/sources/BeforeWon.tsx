import { showBeforeWon } from '#contract/campaigns.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { points } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { Stat, Stats } from '../../../parts/Stat.tsx';
import { cellOf } from '../cells.tsx';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { Opens } from '../rows/Opens.tsx';
import { useMeasures } from '../useMeasures.ts';
import { daysWords } from '../words.ts';

/** What those who were won had read and done before, beside those who were lost. */
export function BeforeWon() {
  const { scope } = useMeasures();
  const told = useAsk(showBeforeWon, { query: scope }, { keep: true });
  return (
    <Report
      title="What the won did"
      about="What those who were won had read and done before, beside those who were lost."
      of={told}
    >
      {({ won, lost, items, median_activities, median_days, says }) => (
        <>
          <Stats>
            <Stat name="Won" value={<Opens of={won} what="Won" />} about="deals closed in the period" />
            <Stat name="Lost" value={<Opens of={lost} what="Lost" />} about="deals closed in the period" />
            <Stat
              name="Activities before"
              value={median_activities === null ? '–' : points(median_activities)}
              about="half of the won did so many"
            />
            <Stat
              name="From the first to the deal"
              value={daysWords(median_days)}
              about="half of the won took so long"
            />
          </Stats>
          <Card title="What they did">
            <p className={classes.says}>{says}</p>
            {items.length > 0 && (
              <DataTable
                name="What the won and the lost did"
                table={{
                  head: ['What', 'About', 'Of the won', 'Of the lost', 'Likelier among the won'],
                  rows: items.map(({ type, about, won: of, lost: other, times, says: words }) => [
                    type,
                    about,
                    cellOf({ ...of, name: `Won, ${type}` }),
                    cellOf({ ...other, name: `Lost, ${type}` }),
                    {
                      raw: times,
                      shown: <span title={words}>{times === null ? '–' : `${points(times)} times`}</span>,
                    },
                  ]),
                }}
              />
            )}
            <p className={classes.quiet}>
              Who was going to buy anyway also reads more: this shows what goes together, not what causes
              what.
            </p>
          </Card>
        </>
      )}
    </Report>
  );
}
