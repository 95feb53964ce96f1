import type { BacktestSide } from '#contract/backtests.ts';
import { count } from '../../../app/format/numbers.ts';
import classes from './Effect.module.css';

type Props = { before: BacktestSide | null; after: BacktestSide };

const MOST = 24;

/** MQLs a month under both versions, as bars that say their numbers. */
export function Months({ before, after }: Props) {
  const was = new Map(before?.mqls_by_month.map(({ month, mqls }) => [month, mqls]));
  const is = new Map(after.mqls_by_month.map(({ month, mqls }) => [month, mqls]));
  const months = [...new Set([...was.keys(), ...is.keys()])].toSorted().slice(-MOST);
  const most = Math.max(1, ...months.map((month) => Math.max(was.get(month) ?? 0, is.get(month) ?? 0)));
  if (months.length === 0) return <p className={classes.quiet}>No lead became an MQL.</p>;
  return (
    <ol className={classes.months}>
      {months.map((month) => (
        <li key={month}>
          <span className={classes.month}>{month}</span>
          <span className={classes.bars}>
            {before !== null && <Bar n={was.get(month) ?? 0} most={most} of="before" />}
            <Bar n={is.get(month) ?? 0} most={most} of="after" />
          </span>
        </li>
      ))}
    </ol>
  );
}

const Bar = ({ n, most, of }: { n: number; most: number; of: 'before' | 'after' }) => (
  <span className={classes.bar} data-of={of}>
    <span style={{ width: `${(n / most) * 82}%` }} />
    {count(n)}
    {of === 'before' ? <span className={classes.about}> now</span> : null}
  </span>
);
