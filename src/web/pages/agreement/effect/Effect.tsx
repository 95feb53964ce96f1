import { Button, Group, Progress, Text } from '@mantine/core';
import { type Backtest, beginBacktest, cancelBacktest } from '#contract/backtests.ts';
import type { VersionSummary } from '#contract/pacts.ts';
import { useAct } from '../../../app/api/acts.ts';
import { count, many, percent } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Stat, Stats } from '../../../parts/Stat.tsx';
import { When } from '../../../parts/When.tsx';
import classes from './Effect.module.css';
import { Months } from './Months.tsx';
import { MovedLeads } from './MovedLeads.tsx';
import { sayBasis, sayRate } from './rates.ts';
import { SidesTable } from './SidesTable.tsx';
import { Thresholds } from './Thresholds.tsx';
import { useBacktests } from './useBacktests.ts';

const changes = ['/api/pacts', '/api/backtests'];

/** What a version would have done, over the whole history. */
export function Effect({ pact, version }: { pact: string; version: VersionSummary }) {
  const backtests = useBacktests(pact);
  const begin = useAct(beginBacktest, { changes });
  const start = (): void => begin.mutate({ params: { pact, number: version.number } });
  return (
    <div className={classes.stack}>
      <Thresholds pact={pact} number={version.number} digest={version.digest} />
      <Asked of={backtests}>
        {({ items }) => {
          const backtest = items.find(({ number }) => number === version.number);
          return backtest === undefined ? (
            <Card title="Effect on history">
              <Empty
                title="Not replayed yet"
                action={
                  <Button loading={begin.isPending} onClick={start}>
                    Replay it over the history
                  </Button>
                }
              >
                Every lead is judged again at every moment of the past, under this text and under the version
                in force, and held to the deals that were won and lost.
              </Empty>
            </Card>
          ) : (
            <Replayed backtest={backtest} version={version} onAgain={start} isStarting={begin.isPending} />
          );
        }}
      </Asked>
    </div>
  );
}

type ReplayedProps = {
  backtest: Backtest;
  version: VersionSummary;
  onAgain: () => void;
  isStarting: boolean;
};

function Replayed({ backtest, version, onAgain, isStarting }: ReplayedProps) {
  const cancel = useAct(cancelBacktest, { changes });
  const { id, state, progress, error, digest, effect, stale, until } = backtest;
  const again = (
    <Button variant="default" size="compact-md" loading={isStarting} onClick={onAgain}>
      Replay again
    </Button>
  );
  if (state === 'waiting' || state === 'running') {
    return (
      <Card title="Effect on history">
        <Text size="sm" mb={8} aria-live="polite">
          {state === 'waiting' ? 'It waits for its turn.' : `Replaying: ${percent(progress)}.`}
        </Text>
        <Progress value={progress * 100} aria-label="How far the replay is" mb={12} />
        <Button
          variant="default"
          size="compact-md"
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ params: { backtest: id } })}
        >
          Stop it
        </Button>
      </Card>
    );
  }
  if (effect === null) {
    return (
      <Card title="Effect on history">
        <Text size="sm" mb={10}>
          {state === 'cancelled' ? 'It was stopped.' : (error ?? 'It could not be done.')}
        </Text>
        {again}
      </Card>
    );
  }
  const { before, after } = effect;
  const isOld = digest !== version.digest;
  return (
    <>
      {(isOld || stale) && (
        <Group gap={10} className={classes.old}>
          <Text size="sm">
            {isOld
              ? 'This is of the draft as it was written before.'
              : 'More has come in since: this is of the history as it was.'}
          </Text>
          {again}
        </Group>
      )}
      <Stats>
        <Stat name="Leads gained" value={count(effect.gained)} about="MQLs that are none now" tone="good" />
        <Stat
          name="Leads lost"
          value={count(effect.lost)}
          about="MQLs of now that are none then"
          tone="bad"
        />
        <Stat name="Precision" value={sayRate(after.precision)} about={sayBasis(after.precision)} />
        <Stat name="Recall" value={sayRate(after.recall)} about={sayBasis(after.recall)} />
      </Stats>
      <div className={classes.columns}>
        <Card title="Figure by figure" flush>
          <SidesTable
            sides={[
              ...(before === null ? [] : [{ title: `Version ${before.number}, in force`, side: before }]),
              { title: `Version ${after.number}`, side: after },
            ]}
          />
          <p className={classes.basis}>
            {many(effect.leads, 'lead')}, {many(effect.activities, 'activity', 'activities')},{' '}
            {count(effect.deals.won)} deals won and {count(effect.deals.lost)} lost, until{' '}
            <When at={until} as="date" />.
          </p>
        </Card>
        <Card title="MQLs a month">
          <Months before={before} after={after} />
        </Card>
      </div>
      <MovedLeads backtest={id} effect={effect} />
    </>
  );
}
