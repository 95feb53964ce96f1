import { Checkbox, Group, NumberInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { qualifyHandoff } from '#contract/handoffs.ts';
import { useKept } from '../../../app/keep.ts';
import { useHandoffAct } from '../useHandoffAct.ts';
import { leadName } from '../words.ts';
import { Answer } from './Answer.tsx';
import type { DeedProps } from './deeds.ts';
import { Form } from './Form.tsx';
import { useFault } from './useFault.ts';

type Answers = Record<string, string>;

function read(kept: string): Answers {
  try {
    return JSON.parse(kept) as Answers;
  } catch {
    return {}; // Nothing was kept, or nothing of ours.
  }
}

/** Sales' word that an accepted lead is an SQL: the agreed questions, and the deal that may come of it. */
export function Qualify({ handoff, onDone }: DeedProps) {
  const { id, lead, packet, revision, priority } = handoff;
  const { questions } = packet.asked;
  const [kept, keep, sent] = useKept(`qualification.${id}`);
  const answers = read(kept);
  const [withDeal, setWithDeal] = useState(false);
  const [name, setName] = useState(lead.account ?? leadName(lead));
  const [amount, setAmount] = useState<string | number>('');
  const { fault, take, clear } = useFault();
  const qualify = useHandoffAct(qualifyHandoff, {
    said: () => `Qualified: ${leadName(lead)} is an SQL.`,
    undo: 'qualification',
    fault: take,
    done: () => {
      sent();
      onDone();
    },
  });
  const isWhole = questions.every((one) => !one.required || (answers[one.id] ?? '').trim() !== '');
  return (
    <Form
      does="It is an SQL"
      fault={fault}
      busy={qualify.isPending}
      whole={isWhole}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        const deal = {
          ...(name.trim() !== '' && { name: name.trim() }),
          ...(amount !== '' && { amount: Number(amount) }),
        };
        qualify.mutate({
          params: { id },
          body: {
            answers: Object.fromEntries(questions.map((one) => [one.id, answers[one.id] || null])),
            revision,
            ...(withDeal && { deal }),
          },
        });
      }}
    >
      {questions.length === 0 && (
        <Text size="sm">The pact asks no questions: your word is enough that this lead is an SQL.</Text>
      )}
      {questions.map((question, i) => (
        <Answer
          key={question.id}
          question={question}
          first={i === 0}
          value={answers[question.id] ?? ''}
          onChange={(value) => keep(JSON.stringify({ ...answers, [question.id]: value }))}
        />
      ))}
      <Checkbox
        label="Open a deal with it"
        description="Otherwise it is opened later, by hand or from the CRM."
        checked={withDeal}
        onChange={({ currentTarget }) => setWithDeal(currentTarget.checked)}
      />
      {withDeal && (
        <Group grow align="flex-start">
          <TextInput
            label="Name of the deal"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <NumberInput
            label={`Amount${priority === null ? '' : `, ${priority.currency}`}`}
            min={0}
            thousandSeparator
            value={amount}
            onChange={setAmount}
          />
        </Group>
      )}
    </Form>
  );
}
