import type { ReactNode } from 'react';
import type { Opening } from '#contract/measures.ts';
import { count } from '../../../app/format/numbers.ts';
import { GoTo } from '../../../parts/GoTo.tsx';
import { useMeasures } from '../useMeasures.ts';
import classes from './Rows.module.css';

type Props = { of: Opening | null; what: string; children?: ReactNode };

/** A number that opens into exactly the rows that it counts. */
export function Opens({ of, what, children }: Props) {
  const { rowsOf } = useMeasures();
  if (of === null) return children;
  const shown = children ?? count(of.count);
  return (
    <GoTo
      href={rowsOf(of, what)}
      stay
      className={classes.opens}
      data-count={of.count}
      aria-label={`${what}: ${typeof shown === 'string' ? shown : count(of.count)}, open`}
    >
      {shown}
    </GoTo>
  );
}
