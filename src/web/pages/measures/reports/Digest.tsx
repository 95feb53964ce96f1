import { Button } from '@mantine/core';
import { showDigest } from '#contract/reports.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateAndTime } from '../../../app/format/dates.ts';
import { Card } from '../../../parts/Card.tsx';
import { Party } from '../../../parts/Party.tsx';
import { Figures } from '../Figures.tsx';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { Opens } from '../rows/Opens.tsx';
import { useMeasures } from '../useMeasures.ts';

/** The Monday so many weeks after one. */
const weeksAfter = (monday: string, weeks: number): string => {
  const date = new Date(`${monday}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + weeks * 7);
  return date.toISOString().slice(0, 10);
};

/** The week, as both teams are mailed it. */
export function Digest() {
  const { search, change } = useMeasures();
  const digest = useAsk(showDigest, { query: { week: search.week } }, { keep: true });
  const week = digest.data?.week;
  return (
    <Report
      title="Weekly digest"
      about="The week as both teams are sent it, on Monday."
      of={digest}
      isScoped={false}
      actions={
        week !== undefined && (
          <>
            <Button variant="default" onClick={() => change({ week: weeksAfter(week, -1) })}>
              Week before
            </Button>
            <Button
              variant="default"
              disabled={digest.data?.period.over === false}
              onClick={() => change({ week: weeksAfter(week, 1) })}
            >
              Week after
            </Button>
          </>
        )
      }
    >
      {({ title, says, marketing, sales, shared_wins, waiting, sent_at }) => (
        <>
          <Card title={title} aside={sent_at === null ? 'not sent by mail' : `sent ${dateAndTime(sent_at)}`}>
            <p className={classes.says}>{says}</p>
            <p className={classes.quiet}>
              Shared wins: <Opens of={shared_wins} what="Shared wins" />
            </p>
          </Card>
          <div className={classes.pair}>
            <Card title={<Party party="marketing" />}>
              <Figures of={marketing} />
            </Card>
            <Card title={<Party party="sales" />}>
              <Figures of={sales} />
            </Card>
          </div>
          <Card title="What waits">
            {waiting.length === 0 ? (
              <p className={classes.quiet}>Nothing waits.</p>
            ) : (
              <ul className={classes.list2}>
                {waiting.map(({ says: words, rows }) => (
                  <li key={words}>
                    <Opens of={rows} what={words}>
                      {words}
                    </Opens>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </>
      )}
    </Report>
  );
}
