import { Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { explainLapse } from '#contract/handoffs.ts';
import { useKept } from '../../../app/keep.ts';
import { useHandoffAct } from '../useHandoffAct.ts';
import { leadName, noFollowUp } from '../words.ts';
import type { DeedProps } from './deeds.ts';
import { Form } from './Form.tsx';
import { useFault } from './useFault.ts';

type Why = keyof typeof noFollowUp;

/** Why nobody followed up on a handoff that lapsed. */
export function Explain({ handoff: { id, lead, answers }, onDone }: DeedProps) {
  const [reason, setReason] = useState<Why | ''>((answers.lapse?.reason as Why | null) ?? '');
  const [note, setNote, sent] = useKept(`explanation.${id}`, answers.lapse?.note ?? '');
  const { fault, take, clear } = useFault();
  const explain = useHandoffAct(explainLapse, {
    said: () => `Said why nobody followed up on ${leadName(lead)}.`,
    fault: take,
    done: () => {
      sent();
      onDone();
    },
  });
  return (
    <Form
      does="Say so"
      fault={fault}
      busy={explain.isPending}
      whole={reason !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        if (reason === '') return;
        explain.mutate({ params: { id }, body: { reason, ...(note.trim() !== '' && { note }) } });
      }}
    >
      <Radio.Group
        label="Why nobody followed up"
        value={reason}
        onChange={(chosen) => setReason(chosen as Why)}
        required
      >
        <Stack gap={8} mt={8}>
          {Object.entries(noFollowUp).map(([value, label], i) => (
            <Radio key={value} value={value} label={label} data-autofocus={i === 0 || undefined} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label="Note"
        autosize
        minRows={2}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
    </Form>
  );
}
