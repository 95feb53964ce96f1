import { Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { replayDeliveries } from '#contract/webhooks.ts';
import { useAct } from '../../../app/api/acts.ts';
import { many } from '../../../app/format/numbers.ts';
import { Form } from '../../handoffs/deeds/Form.tsx';
import { useFault } from '../../handoffs/deeds/useFault.ts';

type Props = { endpoint: string; opened: boolean; onClose: () => void };

/** Sends what was made since a moment once more, by the same ids. */
export const Replay = ({ endpoint, opened, onClose }: Props) => (
  <Modal opened={opened} onClose={onClose} title="Send again" transitionProps={{ duration: 0 }}>
    {opened && <Fields endpoint={endpoint} onDone={onClose} />}
  </Modal>
);

function Fields({ endpoint, onDone }: { endpoint: string; onDone: () => void }) {
  const [since, setSince] = useState('');
  const [which, setWhich] = useState<'failed' | 'all'>('failed');
  const { fault, take, clear } = useFault();
  const replay = useAct(replayDeliveries, {
    changes: ['/api/webhooks'],
    refused: take,
    said: (_, { replayed }) => `${many(replayed, 'message')} sent again.`,
    done: onDone,
  });
  return (
    <Form
      does="Send again"
      fault={fault}
      busy={replay.isPending}
      whole={since !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        replay.mutate({
          params: { endpoint },
          body: { from: new Date(since).toISOString(), until: new Date().toISOString(), which },
        });
      }}
    >
      <TextInput
        label="Made since"
        type="datetime-local"
        value={since}
        onChange={({ currentTarget }) => setSince(currentTarget.value)}
        data-autofocus
      />
      <Radio.Group label="Which" value={which} onChange={(value) => setWhich(value as typeof which)}>
        <Stack gap={8} mt={6}>
          <Radio value="failed" label="Those that failed for good" />
          <Radio
            value="all"
            label="All of them"
            description="Each has the id it had: a receiver that keeps the ids takes none twice."
          />
        </Stack>
      </Radio.Group>
    </Form>
  );
}
