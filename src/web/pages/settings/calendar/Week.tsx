import classes from './Calendar.module.css';

const days = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' };
type Span = [string, string];

const shareOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours + minutes / 60) / 24;
};

/** A week, a line a day, with the hours that are open. */
export const Week = ({ hours }: { hours: Record<string, Span[]> }) => (
  <table className={classes.week}>
    <tbody>
      {Object.entries(days).map(([day, name]) => {
        const spans = hours[day] ?? [];
        return (
          <tr key={day}>
            <th scope="row">{name}</th>
            <td className={classes.line}>
              <div className={classes.day} aria-hidden>
                {spans.map(([from, to]) => (
                  <span
                    key={from}
                    className={classes.span}
                    style={{
                      left: `${shareOf(from) * 100}%`,
                      width: `${(shareOf(to) - shareOf(from)) * 100}%`,
                    }}
                  />
                ))}
              </div>
            </td>
            <td className={classes.words}>
              {spans.length === 0 ? 'Closed' : spans.map(([from, to]) => `${from}–${to}`).join(', ')}
            </td>
          </tr>
        );
      })}
    </tbody>
  </table>
);
