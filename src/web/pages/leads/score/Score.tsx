import { Select, Slider, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Lead } from '#contract/leads.ts';
import { listPacts } from '#contract/pacts.ts';
import { showVerdict } from '#contract/verdicts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateAndTime, dateOf } from '../../../app/format/dates.ts';
import { points } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Grade } from '../../../parts/Grade.tsx';
import { Stage } from '../../../parts/Stage.tsx';
import { Distance } from './Distance.tsx';
import { Drawing } from './Drawing.tsx';
import { Reasons } from './Reasons.tsx';
import classes from './Score.module.css';

const STEPS = 200;

/** The score opened: on any day, under any version, every criterion with its share. */
export function Score({ lead }: { lead: Lead }) {
  const [step, setStep] = useState(STEPS);
  const [version, setVersion] = useState<string | null>(null);
  const [settled] = useDebouncedValue(step, 120);
  const began = new Date(lead.created_at).getTime();
  const now = Date.now();
  const instantAt = (at: number): number => began + ((now - began) * at) / STEPS;
  const at = settled === STEPS ? undefined : new Date(instantAt(settled)).toISOString();
  const asked = { at, ...(version !== null && { version: Number(version) }) };
  const verdict = useAsk(
    showVerdict,
    { params: { id: lead.id }, query: asked },
    { keep: true, enabled: lead.version !== null },
  );
  const pacts = useAsk(listPacts);
  const versions = pacts.data?.items.find(({ id }) => id === lead.pact_id)?.versions ?? [];
  if (lead.version === null) {
    return (
      <Card title="Score">
        <Empty title="Not judged yet">
          No version of a pact is in force. Leads are judged as soon as one is.
        </Empty>
      </Card>
    );
  }
  return (
    <Card title="Score">
      <div className={classes.controls}>
        <div className={classes.slider}>
          <Text size="sm" component="label" id="as-of">
            As of {step === STEPS ? 'now' : dateAndTime(instantAt(step))}
          </Text>
          <Slider
            thumbProps={{ 'aria-labelledby': 'as-of' }}
            thumbLabel="As of"
            min={0}
            max={STEPS}
            value={step}
            onChange={setStep}
            label={(value) => (value === STEPS ? 'Now' : dateOf(instantAt(value)))}
            size="sm"
          />
        </div>
        <Select
          aria-label="Version"
          w={190}
          placeholder="Version then in force"
          clearable
          value={version}
          onChange={setVersion}
          data={versions
            .filter(({ standing }) => standing !== 'withdrawn')
            .map(({ number, standing }) => ({
              value: String(number),
              label: `Version ${number}, ${standing.replace('_', ' ')}`,
            }))}
        />
      </div>
      <Drawing lead={lead} version={version === null ? undefined : Number(version)} at={instantAt(step)} />
      <Asked of={verdict}>
        {(answer) => (
          <>
            <div className={classes.sum}>
              <Stage stage={answer.stage} />
              <Grade grade={answer.grade} />
              <span>
                Fit <b>{points(answer.fit)}</b>
              </span>
              <span>
                Interest <b>{points(answer.interest)}</b>
              </span>
              <span className={classes.quiet}>
                by {answer.pact}, version {answer.version}
              </span>
            </div>
            <Distance lead={lead.id} query={asked} />
            <Reasons reasons={answer.reasons} />
          </>
        )}
      </Asked>
    </Card>
  );
}
