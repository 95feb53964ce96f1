import { showSpeed } from '#contract/funnels.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { lasting } from '../../../app/format/dates.ts';
import { percent } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import type { Field } from '../../../parts/filters/FilterBar.tsx';
import { Stat, Stats } from '../../../parts/Stat.tsx';
import { horizonField } from '../funnel/fields.ts';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { Opens } from '../rows/Opens.tsx';
import { useMeasures } from '../useMeasures.ts';
import { Buckets } from './Buckets.tsx';
import { Groups } from './Groups.tsx';

const defaults = { clock: 'working', by: 'tier', horizon: '90' };
const fields: readonly Field[] = [
  {
    id: 'clock',
    name: 'Counted',
    kind: 'choice',
    options: [
      { value: 'working', label: 'in working time' },
      { value: 'wall', label: 'by the clock on the wall' },
    ],
  },
  {
    id: 'by',
    name: 'By',
    kind: 'choice',
    options: ['tier', 'team', 'source'].map((value) => ({ value, label: value })),
  },
  horizonField,
];

const lastingOrNone = (time: number | null): string => (time === null ? 'nobody yet' : lasting(time));

/** How soon sales spoke to whom, and what came of it: by tier and by day of the week. */
export function Speed() {
  const { search, scope } = useMeasures();
  const { clock, by, horizon } = { ...defaults, ...search };
  const asked = { ...scope, clock, horizon };
  const speed = useAsk(showSpeed, { query: { ...asked, by } as never }, { keep: true });
  const weekdays = useAsk(showSpeed, { query: { ...asked, by: 'weekday' } as never }, { keep: true });
  return (
    <Report
      title="Speed to lead"
      about="How soon sales spoke to whom, and what came of it."
      of={speed}
      fields={fields}
      defaults={defaults}
    >
      {({ all, groups, published, says }) => (
        <>
          {all.handoffs.count === 0 ? (
            <p className={classes.says}>{all.says}</p>
          ) : (
            <>
              <Stats>
                <Stat name="Half within" value={lastingOrNone(all.median)} about="of those touched" />
                <Stat name="Nine in ten within" value={lastingOrNone(all.p90)} about="of those touched" />
                <Stat
                  name="Never touched"
                  value={
                    <Opens of={all.never.rows.numerator} what="Never touched">
                      {all.never.enough && all.never.value !== null
                        ? percent(all.never.value)
                        : String(all.never.numerator ?? 0)}
                    </Opens>
                  }
                  about={
                    <>
                      of <Opens of={all.handoffs} what="Handoffs old enough to tell" />
                      {', '}
                      <Opens of={all.waiting} what="Offered too lately to tell" /> too new to tell
                    </>
                  }
                />
              </Stats>
              <Buckets group={all} />
            </>
          )}
          <Groups groups={groups} says={says} name={by} />
          <Asked of={weekdays}>
            {(told) => <Groups groups={told.groups} says={told.says} name="day of the week" />}
          </Asked>
          <Card title="What others have published">
            <ul className={classes.list2}>
              {published.map((one) => (
                <li key={one.source}>
                  {one.says} <span className={classes.quiet}>{one.source}</span>
                </li>
              ))}
            </ul>
          </Card>
        </>
      )}
    </Report>
  );
}
