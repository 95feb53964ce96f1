import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Today } from '#contract/today.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Stats } from '../../parts/Stat.tsx';
import { Rows } from '../handoffs/Rows.tsx';
import { Body } from '../threads/Body.tsx';
import { Duty } from '../threads/Duty.tsx';
import { Figure } from './Figure.tsx';
import { Moved } from './Moved.tsx';
import classes from './Today.module.css';

type Day = NonNullable<Today['rep']>;

/** What waits for one's own answer, what moved on one's own leads, and what one has promised. */
export const Rep = ({ day, since }: { day: Day; since: string }) => (
  <>
    <section aria-labelledby="my-handoffs" className={classes.own}>
      <h2 id="my-handoffs" className={classes.title}>
        Your handoffs
      </h2>
      <Stats>
        <Figure name="Open" of={day.open} about="yours" />
        <Figure name="Late" of={day.late} about="past their clock" tone="bad" />
        <Figure name="Due today" of={day.due_today} tone="warn" />
        <Figure name="Waiting for anybody" of={day.queue} about="nobody’s yet" />
      </Stats>
      {day.handoffs.length === 0 ? (
        <Card>
          <Empty
            title="Nothing waits for you"
            action={
              <Button
                variant="default"
                component={Link}
                to={day.queue.n > 0 ? '/handoffs?scope=queue' : '/leads'}
              >
                {day.queue.n > 0 ? 'Take one that is nobody’s yet' : 'See the leads on their way'}
              </Button>
            }
          >
            What is handed over to you stands here at once, with why now and by when.
          </Empty>
        </Card>
      ) : (
        <Rows items={day.handoffs} label="Your handoffs" />
      )}
    </section>
    <div className={classes.pair}>
      <Moved moves={day.moved} since={since} />
      <Card title="Your duties">
        {day.duties.length === 0 ? (
          <p className={classes.quiet}>None. Duties are given in the thread of a lead or a handoff.</p>
        ) : (
          <ul className={classes.list}>
            {day.duties.map((duty) => (
              <li key={duty.id}>
                <Body text={duty.body} mentions={duty.mentions} />
                <div className={classes.line}>
                  <Duty duty={duty} />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  </>
);
