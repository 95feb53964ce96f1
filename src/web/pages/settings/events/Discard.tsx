import { Modal, Text, Textarea } from '@mantine/core';
import { dismissMany } from '#contract/quarantine.ts';
import { useAct } from '../../../app/api/acts.ts';
import { many } from '../../../app/format/numbers.ts';
import { useKept } from '../../../app/keep.ts';
import { Form } from '../../handoffs/deeds/Form.tsx';
import { useFault } from '../../handoffs/deeds/useFault.ts';
import { changes } from './changes.ts';

type Props = { ids: readonly string[]; opened: boolean; onClose: () => void };

/** Gives events up, and says why. */
export const Discard = ({ ids, opened, onClose }: Props) => (
  <Modal
    opened={opened}
    onClose={onClose}
    title={`Give up ${many(ids.length, 'event')}`}
    transitionProps={{ duration: 0 }}
  >
    {opened && <Fields ids={ids} onDone={onClose} />}
  </Modal>
);

function Fields({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const [why, setWhy, sent] = useKept('quarantine.why');
  const { fault, take, clear } = useFault();
  const act = useAct(dismissMany, {
    changes,
    refused: take,
    said: (_, { dismissed }) => `${many(dismissed, 'event')} given up.`,
    done: () => {
      sent();
      onDone();
    },
  });
  return (
    <Form
      does="Give up"
      fault={fault}
      busy={act.isPending}
      whole={why.trim() !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        act.mutate({ body: { why: why.trim(), ids: [...ids] } });
      }}
    >
      <Text size="sm" c="dimmed">
        They stay in the list of what was given up, with the reason and your name.
      </Text>
      <Textarea
        label="Why"
        required
        autosize
        minRows={2}
        value={why}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
        data-autofocus
      />
    </Form>
  );
}
