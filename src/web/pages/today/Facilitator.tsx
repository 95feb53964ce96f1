import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Today } from '#contract/today.ts';
import { dateOf } from '../../app/format/dates.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Stat, Stats } from '../../parts/Stat.tsx';
import { Disputes } from './Disputes.tsx';
import { Exceptions } from './Exceptions.tsx';
import { Figure } from './Figure.tsx';
import classes from './Today.module.css';
import { Versions } from './Versions.tsx';

type Day = NonNullable<Today['facilitator']>;

/** What waits for a ruling, a signature or a look. */
export const Facilitator = ({ day }: { day: Day }) => (
  <>
    <section aria-labelledby="neutral">
      <h2 id="neutral" className={classes.title}>
        The agreement
      </h2>
      <Stats>
        <Figure name="Disputes to rule on" of={day.disputes_all} tone="warn" />
        <Stat
          name="Next review"
          value={
            day.review?.next ? <Link to={'/reviews' as string}>{dateOf(day.review.next)}</Link> : 'No day'
          }
          {...(day.review?.expires && { about: `the pact ends on ${dateOf(day.review.expires)}` })}
        />
        <Figure
          name="Events not taken"
          of={day.quarantined}
          at="/settings/events"
          about="in quarantine"
          tone="warn"
        />
        <Figure
          name="Leads stuck"
          of={day.stuck}
          at="/settings/events#stuck"
          about="whose judgement fails"
          tone="bad"
        />
      </Stats>
    </section>
    {day.review === null && (
      <Card>
        <Empty
          title="No pact is in force yet"
          action={
            <Button component={Link} to="/pact">
              Go to the pact
            </Button>
          }
        >
          Until both parties have signed one, no lead is handed over. Begin with a template, or let each side
          write its own definition first.
        </Empty>
      </Card>
    )}
    <Disputes disputes={day.disputes} />
    <div className={classes.pair}>
      <Versions versions={day.versions} />
      <Exceptions exceptions={day.exceptions} />
    </div>
  </>
);
