import { Button, Text } from '@mantine/core';
import { previewBacktest } from '#contract/backtests.ts';
import type { Opening } from '#contract/openings.ts';
import { type Act, useAct } from '../../../app/api/acts.ts';
import { count, many } from '../../../app/format/numbers.ts';
import { Party } from '../../../parts/Party.tsx';
import { sayBasis, sayRate } from '../effect/rates.ts';
import classes from './Opening.module.css';

type Sides = NonNullable<Opening['texts']>;

/** Nothing is changed by it. */
const act: Act<typeof previewBacktest> = { changes: [] };

/** What each definition would have done with every lead there ever was, beside what is in force. */
export function WholeHistory({ pact, texts }: { pact: string; texts: Sides }) {
  const sides = { marketing: useAct(previewBacktest, act), sales: useAct(previewBacktest, act) };
  const replay = (): void => {
    for (const party of ['marketing', 'sales'] as const)
      sides[party].mutate({ body: { pact, text: texts[party], share: 1 } });
  };
  const isDone = sides.marketing.data !== undefined && sides.sales.data !== undefined;
  if (!isDone) {
    return (
      <Button
        variant="default"
        size="compact-md"
        mt={12}
        loading={sides.marketing.isPending || sides.sales.isPending}
        onClick={replay}
      >
        Replay both over the whole history
      </Button>
    );
  }
  const before = sides.marketing.data?.before ?? null;
  return (
    <div className={classes.whole} aria-live="polite">
      <Text size="sm" fw={600}>
        Over all {many(sides.marketing.data?.sample.of ?? 0, 'lead')}
        {before !== null && `, of which ${count(before.mqls.n)} are MQLs by what is in force`}
      </Text>
      {(['marketing', 'sales'] as const).map((party) => {
        const { after, gained, lost } = sides[party].data!;
        return (
          <p key={party} className={classes.said}>
            <Party party={party} /> {many(after.mqls.n, 'MQL')}: {count(gained.n)} gained, {count(lost.n)}{' '}
            lost. Precision {sayRate(after.precision)} ({sayBasis(after.precision)}), recall{' '}
            {sayRate(after.recall)} ({sayBasis(after.recall)}).
          </p>
        );
      })}
    </div>
  );
}
