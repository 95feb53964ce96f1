import type { Today } from '#contract/today.ts';
import { useMembers } from '../../app/members.ts';
import { Card } from '../../parts/Card.tsx';
import { Due } from '../../parts/Due.tsx';
import { Stats } from '../../parts/Stat.tsx';
import { Figure } from './Figure.tsx';
import { Lapses } from './Lapses.tsx';
import { Load } from './Load.tsx';
import classes from './Today.module.css';
import { ToHandoff } from './ToLead.tsx';

type Day = NonNullable<Today['sales_lead']>;

/** All of sales: what falls due, what nobody answers, who carries how much, what lapsed. */
export const SalesLead = ({ day }: { day: Day }) => (
  <>
    <section aria-labelledby="all-of-sales">
      <h2 id="all-of-sales" className={classes.title}>
        All of sales
      </h2>
      <Stats>
        <Figure name="Due today" of={day.due} tone="warn" />
        <Figure name="Late" of={day.late} tone="bad" />
        <Figure name="Unanswered" of={day.unanswered} />
        <Figure name="Unassigned" of={day.unassigned} tone="warn" />
        <Figure name="Lapses to note" of={day.to_acknowledge} tone="warn" />
      </Stats>
    </section>
    <div className={classes.pair}>
      <Load people={day.load} />
      <DueSoon handoffs={day.due_soon} />
    </div>
    <Lapses lapses={day.lapses} />
  </>
);

function DueSoon({ handoffs }: { handoffs: Day['due_soon'] }) {
  const { nameOf } = useMembers();
  return (
    <Card title="Due before the day ends">
      {handoffs.length === 0 ? (
        <p className={classes.quiet}>Nothing more falls due today.</p>
      ) : (
        <ul className={classes.list}>
          {handoffs.map(({ id, lead, owner, next }) => (
            <li key={id} className={classes.apart}>
              <span>
                <ToHandoff id={id} lead={lead} />
                <span className={classes.quiet}> {owner === null ? 'Nobody yet' : nameOf(owner)}</span>
              </span>
              {next !== null && (
                <Due
                  dueAt={next.due_at}
                  startedAt={next.started_at}
                  words={next.words}
                  workingLeft={next.working}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
