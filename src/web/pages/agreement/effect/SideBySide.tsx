import type { BacktestSide } from '#contract/backtests.ts';
import { Card } from '../../../parts/Card.tsx';
import classes from './Effect.module.css';
import { SidesTable } from './SidesTable.tsx';
import { useBacktests } from './useBacktests.ts';

/** What each open draft would do, and what is in force does, beside each other. */
export function SideBySide({ pact, open }: { pact: string; open: readonly number[] }) {
  const backtests = useBacktests(pact);
  const done = (backtests.data?.items ?? []).flatMap(({ number, effect }) =>
    effect !== null && open.includes(number) ? [{ number, effect }] : [],
  );
  const [first] = done;
  if (first === undefined) return null;
  const before = first.effect.before;
  const sides: { title: string; side: BacktestSide }[] = [
    ...(before === null ? [] : [{ title: `Version ${before.number}, in force`, side: before }]),
    ...done.map(({ number, effect }) => ({ title: `Version ${number}`, side: effect.after })),
  ];
  return (
    <Card title="Their effect on history, side by side" flush>
      <SidesTable sides={sides} />
      <p className={classes.basis}>Each as it was replayed last; open one for its leads.</p>
    </Card>
  );
}
