import { Button, Slider, Text } from '@mantine/core';
import { useState } from 'react';
import type { Threshold } from '#contract/backtests.ts';
import { wordsOf } from '../../../app/api/queries.ts';
import { timeOf } from '../../../app/format/dates.ts';
import { count, percent } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import classes from './Effect.module.css';
import { sayBasis, sayEstimate, sayRate } from './rates.ts';
import { type Moves, type Preview, usePreview } from './usePreview.ts';

type Props = { pact: string; number: number; digest: string };

/** The numbers that fit and interest are held against, under the hand; what they would do follows it. */
export function Thresholds(version: Props) {
  const [moves, setMoves] = useState<Moves>({});
  const { preview, error, isBusy } = usePreview({ ...version, moves });
  const shown = (preview?.thresholds ?? []).filter(({ path }) => path.startsWith('mql.'));
  const thresholds = shown.length > 0 ? shown : (preview?.thresholds ?? []).slice(0, 4);
  return (
    <Card
      title="Move a threshold"
      aside={
        Object.keys(moves).length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => setMoves({})}>
            Back to the text
          </Button>
        )
      }
    >
      {error !== null && (
        <Text size="sm" c="var(--bad)" role="alert">
          {wordsOf(error)}
        </Text>
      )}
      {preview === null && error === null && <p className={classes.quiet}>Reading the history …</p>}
      {preview !== null && (
        <div className={classes.columns}>
          <div className={classes.sliders}>
            {thresholds.map((threshold) => (
              <Mover
                key={threshold.path}
                threshold={threshold}
                value={moves[threshold.path] ?? threshold.value}
                onMove={(value) => setMoves((before) => ({ ...before, [threshold.path]: value }))}
              />
            ))}
            {thresholds.length === 0 && (
              <p className={classes.quiet}>This text holds neither fit nor interest against a number.</p>
            )}
          </div>
          <Answered preview={preview} isBusy={isBusy} />
        </div>
      )}
    </Card>
  );
}

type MoverProps = { threshold: Threshold; value: number; onMove: (value: number) => void };

function Mover({ threshold: { path, of, value: written }, value, onMove }: MoverProps) {
  // The ends stay where they are while the hand moves.
  const [[low, high]] = useState(
    () => [Math.min(0, written), Math.max(40, Math.ceil(written * 2.5))] as const,
  );
  const name =
    `${of === 'fit' ? 'Fit' : 'Interest'} ${comparisons[path.split('.').at(-1) ?? ''] ?? ''}`.trim();
  return (
    <div>
      <div className={classes.mover}>
        <span>
          {name} <code className={classes.quiet}>{path}</code>
        </span>
        <b>{value}</b>
      </div>
      <Slider
        thumbLabel={`${name}, ${path}`}
        min={low}
        max={high}
        value={value}
        onChange={onMove}
        label={null}
      />
    </div>
  );
}

const comparisons: Record<string, string> = {
  gte: 'at least',
  gt: 'above',
  lte: 'at most',
  lt: 'below',
};

function Answered({ preview, isBusy }: { preview: Preview; isBusy: boolean }) {
  const { before, after, gained, lost, sample, until, elapsed_ms: elapsed } = preview;
  return (
    <div data-busy={isBusy} aria-live="polite">
      <dl className={classes.answered}>
        <dt>MQLs</dt>
        <dd>
          {sayEstimate(after.mqls)}
          {before !== null && <span className={classes.about}>now {count(before.mqls.n)}</span>}
        </dd>
        <dt>Gained</dt>
        <dd>{sayEstimate(gained)}</dd>
        <dt>Lost</dt>
        <dd>{sayEstimate(lost)}</dd>
        <dt>Precision</dt>
        <dd>
          {sayRate(after.precision)} <span className={classes.about}>{sayBasis(after.precision)}</span>
        </dd>
        <dt>Recall</dt>
        <dd>
          {sayRate(after.recall)} <span className={classes.about}>{sayBasis(after.recall)}</span>
        </dd>
      </dl>
      <p className={classes.quiet}>
        {sample.leads === sample.of
          ? `All ${count(sample.of)} leads`
          : `${count(sample.leads)} of ${count(sample.of)} leads (${percent(sample.share)}), with 95 % intervals`}
        , as of {timeOf(until)}, in {Math.round(elapsed)} ms.
      </p>
    </div>
  );
}
