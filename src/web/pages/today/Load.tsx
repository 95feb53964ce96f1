import { Link } from '@tanstack/react-router';
import type { Today } from '#contract/today.ts';
import { dateOf } from '../../app/format/dates.ts';
import { count } from '../../app/format/numbers.ts';
import { Card } from '../../parts/Card.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Count } from './Figure.tsx';
import classes from './Today.module.css';

type People = NonNullable<Today['sales_lead']>['load'];

/** A bar is this many long at least: one handoff is not much. */
const SCALE = 10;

/** Who carries how much, against what the pact lets them carry. */
export function Load({ people }: { people: People }) {
  const most = Math.max(SCALE, ...people.map(({ open, cap }) => Math.max(open.n, cap ?? 0)));
  return (
    <Card title="Load">
      {people.length === 0 ? (
        <p className={classes.quiet}>Nobody of sales is here yet: invite them in the settings.</p>
      ) : (
        <ul className={classes.list}>
          {people.map(({ member, name, open, late, cap, absent_until, has_left }) => (
            <li key={member} className={classes.load}>
              <div className={classes.apart}>
                <span className={classes.line}>
                  {name}
                  {has_left && (
                    <Mark tone="bad" title="What is open with them waits for nobody">
                      <Link to="/settings/people" hash={member}>
                        Has left
                      </Link>
                    </Mark>
                  )}
                  {absent_until !== null && <Mark tone="warn">Away until {dateOf(absent_until)}</Mark>}
                  {late.n > 0 && (
                    <Mark tone="bad">
                      <Count of={late} label={`${name}, late: ${count(late.n)}`} /> late
                    </Mark>
                  )}
                </span>
                <span className={classes.quiet}>
                  <Count of={open} label={`${name}, open: ${count(open.n)}`} />
                  {cap === null ? ' open' : ` of ${count(cap)}`}
                </span>
              </div>
              <div className={classes.bar} aria-hidden>
                <div
                  className={classes.fill}
                  data-over={cap !== null && open.n > cap}
                  style={{ width: `${(100 * open.n) / most}%` }}
                />
                {cap !== null && <div className={classes.tick} style={{ left: `${(100 * cap) / most}%` }} />}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
