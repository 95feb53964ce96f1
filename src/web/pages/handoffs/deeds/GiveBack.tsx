import { Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type HandoffReply, returnHandoff } from '#contract/handoffs.ts';
import { useKept } from '../../../app/keep.ts';
import { useHandoffAct } from '../useHandoffAct.ts';
import { clauseName, leadName, nexts } from '../words.ts';
import type { DeedProps } from './deeds.ts';
import { Form } from './Form.tsx';
import { useFault } from './useFault.ts';

/** Gives a lead back: the pact's reasons in the pact's words, what each accuses, and what follows from it. */
export function GiveBack({ handoff, onDone }: DeedProps) {
  const { id, reasons, attempts, lead, revision } = handoff;
  const [chosen, setChosen] = useState('');
  const [until, setUntil] = useState('');
  const [text, setText, textSent] = useKept(`return.${id}.text`);
  const [note, setNote, noteSent] = useKept(`return.${id}.note`);
  const { fault, take, clear } = useFault();
  const giveBack = useHandoffAct(returnHandoff, {
    said: () => `Given back: ${leadName(lead)}.`,
    undo: 'return',
    fault: take,
    done: () => {
      textSent();
      noteSent();
      onDone();
    },
  });
  const reason = reasons.find((one) => one.id === chosen);
  const isWhole =
    reason !== undefined &&
    (reason.ask !== 'date' || until !== '') &&
    (reason.ask !== 'text' || text.trim() !== '');
  return (
    <Form
      does="Give back"
      fault={fault}
      busy={giveBack.isPending}
      whole={isWhole}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        giveBack.mutate({
          params: { id },
          body: {
            reason: chosen,
            revision,
            ...(reason?.ask === 'date' && { until }),
            ...(reason?.ask === 'text' && { text }),
            ...(note.trim() !== '' && { note }),
          },
        });
      }}
    >
      <Radio.Group label="Why, in the words of the pact" value={chosen} onChange={setChosen} required>
        <Stack gap={10} mt={8}>
          {reasons.map((one, i) => {
            const lacks = one.ask === 'attempts' && !attempts.met;
            return (
              <Radio
                key={one.id}
                value={one.id}
                label={one.text}
                disabled={lacks}
                data-autofocus={i === 0 || undefined}
                description={lacks ? `Not yet: ${attempts.because}.` : followsFrom(one)}
              />
            );
          })}
        </Stack>
      </Radio.Group>
      {reason?.ask === 'date' && (
        <TextInput
          label="Until when"
          description="The lead may come again from this day on."
          type="date"
          required
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
      )}
      {reason?.ask === 'text' && (
        <Textarea
          label="What is it"
          required
          autosize
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      <Textarea
        label="A word to marketing"
        description="Optional."
        autosize
        minRows={2}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Text size="xs" c="dimmed">
        Marketing sees the reason and may appeal against it.
      </Text>
    </Form>
  );
}

/** What a reason accuses, and what becomes of the lead. */
const followsFrom = ({ clause, clause_text, next }: HandoffReply['reasons'][number]): string =>
  clause === null
    ? nexts[next]
    : `Accuses: ${clauseName(clause, clause_text).replace(/\.$/, '')}. ${nexts[next]}`;
