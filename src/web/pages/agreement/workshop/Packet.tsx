import type { Workshop } from '#contract/workshops.ts';
import { many } from '../../../app/format/numbers.ts';
import classes from './Workshop.module.css';

/** What is known of a lead, without its name, its score or a verdict. */
export const Packet = ({ packet: { attributes, activities } }: { packet: Workshop['packets'][number] }) => (
  <div className={classes.packet}>
    <dl className={classes.known}>
      {Object.entries(attributes).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
    </dl>
    <ul className={classes.did}>
      {activities.length === 0 && <li className={classes.quiet}>Has done nothing that was seen.</li>}
      {activities.map(({ type, times, last_days_ago: days, what }) => (
        <li key={`${type} ${what ?? ''}`}>
          {type}
          {what !== null && ` ${what}`}
          <span className={classes.quiet}>
            {' '}
            {many(times, 'time')}, {days === 0 ? 'last today' : `last ${many(days, 'day')} ago`}
          </span>
        </li>
      ))}
    </ul>
  </div>
);
