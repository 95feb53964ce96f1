import { dateOf } from '../../../app/format/dates.ts';
import classes from '../Settings.module.css';

type Props = { holidays: readonly { date: string; hours: [string, string][] }[]; until: string };

/** A date stands for itself: in every zone it is the same day. */
const noon = (date: string): string => `${date}T12:00:00`;

export const Holidays = ({ holidays, until }: Props) =>
  holidays.length === 0 ? (
    <p className={classes.nobody}>None until {dateOf(noon(until))}. The pact names none.</p>
  ) : (
    <ul className={classes.rows}>
      {holidays.map(({ date, hours }) => (
        <li key={date} className={classes.row}>
          <span>{dateOf(noon(date))}</span>
          <span className={classes.quiet}>
            {hours.length === 0 ? 'Closed' : `Open ${hours.map(([from, to]) => `${from}–${to}`).join(', ')}`}
          </span>
        </li>
      ))}
    </ul>
  );
