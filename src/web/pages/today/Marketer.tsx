import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Today } from '#contract/today.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Stats } from '../../parts/Stat.tsx';
import { When } from '../../parts/When.tsx';
import { Count, Figure } from './Figure.tsx';
import { Returns } from './Returns.tsx';
import classes from './Today.module.css';
import { ToLead } from './ToLead.tsx';

type Day = NonNullable<Today['marketer']>;

/** What became of marketing's leads this week, what came back and why, and what could not be handed over. */
export const Marketer = ({ day }: { day: Day }) => (
  <>
    <section aria-labelledby="fate">
      <h2 id="fate" className={classes.title}>
        Your leads this week, since Monday
      </h2>
      <Stats>
        <Figure name="Handed over" of={day.handed_over} />
        <Figure name="Accepted" of={day.accepted} />
        <Figure name="Qualified" of={day.qualified} tone="good" />
        <Figure name="Given back" of={day.returned} tone="warn" />
        <Figure name="Lapsed" of={day.lapsed} tone="bad" />
      </Stats>
    </section>
    {day.handed_over.n + day.accepted.n + day.returned.n + day.unready_all.n === 0 && (
      <Card>
        <Empty
          title="Nothing was handed over this week yet"
          action={
            <Button variant="default" component={Link} to="/leads">
              See which leads are near
            </Button>
          }
        >
          A lead is handed over by itself once it is an MQL by the pact in force.
        </Empty>
      </Card>
    )}
    <Returns returns={day.returns} />
    <Unready leads={day.unready} all={day.unready_all} />
  </>
);

const Unready = ({ leads, all }: { leads: Day['unready']; all: Day['unready_all'] }) => (
  <Card
    title="MQLs that could not be handed over"
    aside={
      all.n > 0 && (
        <>
          <Count of={all} label={`All that could not be handed over: ${all.n}`} /> in all
        </>
      )
    }
  >
    {leads.length === 0 ? (
      <p className={classes.quiet}>None: of every MQL all is known that the pact wants known.</p>
    ) : (
      <ul className={classes.list}>
        {leads.map(({ lead, missing, since }) => (
          <li key={lead.id} className={classes.apart}>
            <span>
              <ToLead lead={lead} />
              <span className={classes.said}>Not known: {missing.join(', ')}</span>
            </span>
            <span className={classes.quiet}>
              <When at={since} />
            </span>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
