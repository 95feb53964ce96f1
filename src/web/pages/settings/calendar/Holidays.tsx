import { calendarDay } from '../../../app/format/dates.ts';
import classes from '../Settings.module.css';

type Props = { holidays: readonly { date: string; hours: [string, string][] }[]; until: string };

export const Holidays = ({ holidays, until }: Props) =>
  holidays.length === 0 ? (
    <p className={classes.nobody}>None until {calendarDay(until)}. The pact names none.</p>
  ) : (
    <ul className={classes.rows}>
      {holidays.map(({ date, hours }) => (
        <li key={date} className={classes.row}>
          <span>{calendarDay(date)}</span>
          <span className={classes.quiet}>
            {hours.length === 0 ? 'Closed' : `Open ${hours.map(([from, to]) => `${from}–${to}`).join(', ')}`}
          </span>
        </li>
      ))}
    </ul>
  );
