import { Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ruleOnHandoff } from '#contract/handoffs.ts';
import { useKept } from '../../../app/keep.ts';
import { useHandoffAct } from '../useHandoffAct.ts';
import { leadName } from '../words.ts';
import type { DeedProps } from './deeds.ts';
import { Form } from './Form.tsx';
import { useFault } from './useFault.ts';

type Ruling = 'upheld' | 'overturned';

/** The facilitator's ruling on a dispute. */
export function Rule({ handoff: { id, lead, version }, onDone }: DeedProps) {
  const [ruling, setRuling] = useState<Ruling | ''>('');
  const [text, setText, sent] = useKept(`ruling.${id}`);
  const { fault, take, clear } = useFault();
  const rule = useHandoffAct(ruleOnHandoff, {
    said: () => `Ruled: the return of ${leadName(lead)} is ${ruling}.`,
    fault: take,
    done: () => {
      sent();
      onDone();
    },
  });
  return (
    <Form
      does="Rule"
      fault={fault}
      busy={rule.isPending}
      whole={ruling !== '' && text.trim() !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        if (ruling !== '') rule.mutate({ params: { id }, body: { ruling, text } });
      }}
    >
      <Radio.Group
        label={`By version ${version} of the pact, the return is`}
        value={ruling}
        onChange={(chosen) => setRuling(chosen as Ruling)}
        required
      >
        <Stack gap={10} mt={8}>
          <Radio
            value="upheld"
            label="Upheld"
            description="Sales was right: the lead stays given back."
            data-autofocus
          />
          <Radio
            value="overturned"
            label="Overturned"
            description="Marketing was right: the lead is handed to sales again, in the open, for 30 days."
          />
        </Stack>
      </Radio.Group>
      <Textarea
        label="By which clause, and why"
        required
        autosize
        minRows={3}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </Form>
  );
}
