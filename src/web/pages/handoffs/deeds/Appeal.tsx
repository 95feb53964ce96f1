import { Text, Textarea } from '@mantine/core';
import { disputeHandoff } from '#contract/handoffs.ts';
import { useKept } from '../../../app/keep.ts';
import { useHandoffAct } from '../useHandoffAct.ts';
import { leadName } from '../words.ts';
import type { DeedProps } from './deeds.ts';
import { Form } from './Form.tsx';
import { useFault } from './useFault.ts';

/** Marketing's appeal against a return. */
export function Appeal({ handoff: { id, lead, version }, onDone }: DeedProps) {
  const [text, setText, sent] = useKept(`dispute.${id}`);
  const { fault, take, clear } = useFault();
  const appeal = useHandoffAct(disputeHandoff, {
    said: () => `Appealed: the facilitator rules on ${leadName(lead)}.`,
    fault: take,
    done: () => {
      sent();
      onDone();
    },
  });
  return (
    <Form
      does="Appeal"
      fault={fault}
      busy={appeal.isPending}
      whole={text.trim() !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        appeal.mutate({ params: { id }, body: { text } });
      }}
    >
      <Text size="sm" c="dimmed">
        The facilitator rules by version {version} of the pact, by which this lead was handed over. A return
        is appealed against once.
      </Text>
      <Textarea
        label="Why the return is not what the pact says"
        required
        autosize
        minRows={3}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        data-autofocus
      />
    </Form>
  );
}
