import { Link } from '@tanstack/react-router';
import { showCalendar } from '#contract/calendar.ts';
import { Refusal } from '../../../app/api/call.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateAndTime } from '../../../app/format/dates.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Page } from '../../../parts/Page.tsx';
import classes from '../Settings.module.css';
import { Holidays } from './Holidays.tsx';
import { Week } from './Week.tsx';
import { Workspace } from './Workspace.tsx';

/** When clocks run: the working hours and holidays that both parties signed; and the workspace itself. */
export function Calendar() {
  const calendar = useAsk(showCalendar);
  const isNone = calendar.error instanceof Refusal && [404, 409].includes(calendar.error.status);
  return (
    <Page
      title="Calendar"
      about={
        <>
          The clocks of handoffs run in working hours. Both parties signed them:{' '}
          <Link to="/pact">change them in the pact</Link>.
        </>
      }
    >
      <div className={classes.stack}>
        {isNone ? (
          <Card title="Working hours">
            <Empty title="No version is in force yet" action={<Link to="/pact">Go to the pact</Link>}>
              The working hours are part of the pact. They show here as soon as both parties signed a version.
            </Empty>
          </Card>
        ) : (
          <Asked of={calendar}>
            {({ zone, version, hours, holidays, until, open, changes_at }) => (
              <>
                <Card
                  title="Working hours"
                  aside={
                    <>
                      {zone} · version {version}
                    </>
                  }
                >
                  <p className={classes.note}>
                    <Mark tone={open ? 'good' : 'neutral'}>{open ? 'Open now' : 'Closed now'}</Mark>{' '}
                    {changes_at !== null &&
                      `${open ? 'Closes' : 'Opens'} on ${dateAndTime(changes_at)}, by your clock.`}
                  </p>
                  <Week hours={hours} />
                </Card>
                <Card title="Coming holidays" flush>
                  <Holidays holidays={holidays} until={until} />
                </Card>
              </>
            )}
          </Asked>
        )}
        <Card title="Workspace">
          <Workspace />
        </Card>
      </div>
    </Page>
  );
}
