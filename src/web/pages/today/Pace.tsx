import type { Today } from '#contract/today.ts';
import { count } from '../../app/format/numbers.ts';
import { Card } from '../../parts/Card.tsx';
import { Count } from './Figure.tsx';
import classes from './Today.module.css';

type PaceOf = NonNullable<NonNullable<Today['marketing_lead']>['pace']>;

/** MQLs of the month against the promise, with a mark where they should be by today. */
export function Pace({ pace }: { pace: PaceOf }) {
  const { promised, days, days_in_month, due_by_now, so_far, ahead } = pace;
  const whole = Math.max(promised, so_far.n, 1);
  const due = Math.round(due_by_now);
  const gap = Math.round(Math.abs(ahead));
  const words =
    gap === 0
      ? `On the pace of ${count(due)} by today`
      : `${count(gap)} ${ahead < 0 ? 'behind' : 'ahead of'} the pace of ${count(due)} by today`;
  return (
    <Card
      title="MQLs this month"
      aside={
        <>
          working day {days} of {days_in_month}
        </>
      }
    >
      <p className={classes.pace}>
        <b>
          <Count of={so_far} label={`MQLs this month: ${count(so_far.n)}`} /> of {count(promised)}
        </b>{' '}
        <span data-behind={ahead < 0 && gap > 0} className={classes.gap}>
          {words}
        </span>
      </p>
      <div className={classes.bar} data-tall aria-hidden>
        <div
          className={classes.fill}
          data-party="marketing"
          style={{ width: `${(100 * so_far.n) / whole}%` }}
        />
        <div className={classes.tick} style={{ left: `${(100 * due_by_now) / whole}%` }} />
      </div>
    </Card>
  );
}
