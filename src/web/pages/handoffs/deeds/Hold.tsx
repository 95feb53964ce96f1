import { Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { holdHandoff } from '#contract/handoffs.ts';
import { useKept } from '../../../app/keep.ts';
import { useMe } from '../../../app/session.tsx';
import { useHandoffAct } from '../useHandoffAct.ts';
import { leadName } from '../words.ts';
import type { DeedProps } from './deeds.ts';
import { Form } from './Form.tsx';
import { useFault } from './useFault.ts';

/** Holds the lead for one's own side, until a day. */
export function Hold({ handoff: { id, lead }, onDone }: DeedProps) {
  const me = useMe();
  const [until, setUntil] = useState('');
  const [reason, setReason, sent] = useKept(`hold.${id}`);
  const { fault, take, clear } = useFault();
  const hold = useHandoffAct(holdHandoff, {
    said: () => `On hold: ${leadName(lead)}.`,
    undo: 'hold',
    fault: take,
    done: () => {
      sent();
      onDone();
    },
  });
  return (
    <Form
      does="Hold"
      fault={fault}
      busy={hold.isPending}
      whole={until !== '' && reason.trim() !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        hold.mutate({
          params: { id },
          body: { reason, until: new Date(`${until}T23:59:59`).toISOString() },
        });
      }}
    >
      <Text size="sm" c="dimmed">
        {me.party === 'marketing'
          ? 'While marketing is engaged, sales’ clock stands still.'
          : 'While sales is engaged, marketing sends nothing. Sales’ own clock goes on.'}{' '}
        At most 30 days.
      </Text>
      <TextInput
        label="Until the end of"
        type="date"
        required
        value={until}
        onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label="Why"
        required
        autosize
        minRows={2}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </Form>
  );
}
