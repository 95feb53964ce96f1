import { Select, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { reassignHandoff } from '#contract/handoffs.ts';
import { useKept } from '../../../app/keep.ts';
import { useMembers } from '../../../app/members.ts';
import { useHandoffAct } from '../useHandoffAct.ts';
import { leadName } from '../words.ts';
import type { DeedProps } from './deeds.ts';
import { Form } from './Form.tsx';
import { useFault } from './useFault.ts';

/** Gives a handoff to somebody else of sales. */
export function Reassign({ handoff: { id, lead, owner }, onDone }: DeedProps) {
  const { present, nameOf } = useMembers();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason, sent] = useKept(`reassignment.${id}`);
  const { fault, take, clear } = useFault();
  const reassign = useHandoffAct(reassignHandoff, {
    said: () => `${leadName(lead)} is with ${to === null ? 'somebody else' : nameOf(to)} now.`,
    undo: 'reassignment',
    fault: take,
    done: () => {
      sent();
      onDone();
    },
  });
  return (
    <Form
      does="Give it to them"
      fault={fault}
      busy={reassign.isPending}
      whole={to !== null && reason.trim() !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        if (to !== null) reassign.mutate({ params: { id }, body: { member: to, reason } });
      }}
    >
      <Text size="sm" c="dimmed">
        Its clock goes on as it was.
      </Text>
      <Select
        label="To whom"
        required
        searchable
        data={present
          .filter((one) => one.party === 'sales' && one.id !== owner)
          .map((one) => ({ value: one.id, label: one.name }))}
        value={to}
        onChange={setTo}
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
