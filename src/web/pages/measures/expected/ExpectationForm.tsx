import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Expectation, setExpectation } from '#contract/leaks.ts';
import { useAct } from '../../../app/api/acts.ts';
import { Card } from '../../../parts/Card.tsx';
import own from '../cost/Cost.module.css';
import { stepName, stepOptions } from './steps.ts';

/** Says what one's own team expects of a step; whoever belongs to neither team writes down what articles say. */
export function ExpectationForm({ party }: { party: 'marketing' | 'sales' | 'article' }) {
  const [step, setStep] = useState<Expectation['step']>('mql_to_won');
  const [rate, setRate] = useState<string | number>('');
  const [source, setSource] = useState('');
  const say = useAct(setExpectation, {
    changes: ['/api/expectations'],
    said: () => `${stepName(step)}: written down`,
    done: () => {
      setRate('');
      setSource('');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof rate !== 'number') return;
    say.mutate({
      params: { party, step },
      body: { rate: rate / 100, source: source.trim() === '' ? null : source.trim() },
    });
  };
  return (
    <Card title={party === 'article' ? 'Write down what articles say' : 'Say what your team expects'}>
      <form onSubmit={submit} className={own.fields}>
        <Select
          label="Step"
          value={step}
          onChange={(chosen) => chosen !== null && setStep(chosen as Expectation['step'])}
          data={stepOptions}
          allowDeselect={false}
        />
        <NumberInput
          label="Rate"
          suffix=" %"
          min={0}
          max={100}
          decimalScale={2}
          value={rate}
          onChange={setRate}
          required
        />
        <TextInput
          label="Where the number is from"
          placeholder="Nobody knows"
          value={source}
          maxLength={500}
          onChange={({ currentTarget }) => setSource(currentTarget.value)}
        />
        <Button type="submit" loading={say.isPending} style={{ alignSelf: 'end', justifySelf: 'start' }}>
          Write it down
        </Button>
      </form>
    </Card>
  );
}
