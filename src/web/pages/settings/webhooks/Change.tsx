import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeEndpoint, type Endpoint } from '#contract/webhooks.ts';
import { useAct } from '../../../app/api/acts.ts';
import { Form } from '../../handoffs/deeds/Form.tsx';
import { useFault } from '../../handoffs/deeds/useFault.ts';
import { Topics } from './Topics.tsx';

type Props = { endpoint: Endpoint; opened: boolean; onClose: () => void };

export const Change = ({ endpoint, opened, onClose }: Props) => (
  <Modal opened={opened} onClose={onClose} title="Change address or topics" transitionProps={{ duration: 0 }}>
    {opened && <Fields endpoint={endpoint} onDone={onClose} />}
  </Modal>
);

function Fields({ endpoint, onDone }: { endpoint: Endpoint; onDone: () => void }) {
  const [url, setUrl] = useState(endpoint.url);
  const [topics, setTopics] = useState<readonly string[]>(endpoint.topics);
  const { fault, take, clear } = useFault();
  const change = useAct(changeEndpoint, {
    changes: ['/api/webhooks'],
    refused: take,
    said: () => 'Saved.',
    done: onDone,
  });
  return (
    <Form
      does="Save"
      fault={fault}
      busy={change.isPending}
      whole={url.trim() !== '' && topics.length > 0}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        change.mutate({ params: { endpoint: endpoint.id }, body: { url: url.trim(), topics: [...topics] } });
      }}
    >
      <TextInput
        label="Address"
        type="url"
        value={url}
        onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        data-autofocus
      />
      <Topics chosen={topics} onChange={setTopics} />
    </Form>
  );
}
