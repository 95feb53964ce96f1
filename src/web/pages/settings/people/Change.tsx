import { Modal, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeMember, type Member } from '#contract/people.ts';
import { useAct } from '../../../app/api/acts.ts';
import { Form } from '../../handoffs/deeds/Form.tsx';
import { useFault } from '../../handoffs/deeds/useFault.ts';
import { parties, ranks } from '../../start/Invite.tsx';
import { zones } from '../zones.ts';

type Props = { member: Member; opened: boolean; onClose: () => void };

export const Change = ({ member, opened, onClose }: Props) => (
  <Modal opened={opened} onClose={onClose} title={member.name} transitionProps={{ duration: 0 }}>
    {opened && <Fields member={member} onDone={onClose} />}
  </Modal>
);

/** What a member is called, and where they stand. */
function Fields({ member, onDone }: { member: Member; onDone: () => void }) {
  const [name, setName] = useState(member.name);
  const [party, setParty] = useState<string>(member.party ?? 'neither');
  const [rank, setRank] = useState<string>(member.rank);
  const [zone, setZone] = useState<string | null>(member.zone);
  const { fault, take, clear } = useFault();
  const change = useAct(changeMember, {
    changes: ['/api/members', '/api/session'],
    said: () => `${name} is changed.`,
    refused: take,
    done: onDone,
  });
  return (
    <Form
      does="Save"
      fault={fault}
      busy={change.isPending}
      whole={name.trim() !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        change.mutate({
          params: { member: member.id },
          body: {
            name: name.trim(),
            party: party === 'neither' ? null : (party as 'marketing' | 'sales'),
            rank: rank as Member['rank'],
            zone,
          },
        });
      }}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
      <Select
        label="Party"
        data={parties}
        allowDeselect={false}
        value={party}
        onChange={(value) => setParty(value ?? party)}
      />
      {party !== (member.party ?? 'neither') && (
        <Text size="sm" c="dimmed">
          What they said and signed so far stays under the party they stood for then.
        </Text>
      )}
      <Select
        label="Rank"
        description="Leads sign the pact and give handoffs to others. Managers besides change people and keys."
        data={ranks}
        allowDeselect={false}
        value={rank}
        onChange={(value) => setRank(value ?? rank)}
      />
      <Select
        label="Time zone"
        description="Their working hours run in it. Left empty: the workspace’s."
        data={zones}
        value={zone}
        onChange={setZone}
        searchable
        clearable
        limit={60}
      />
    </Form>
  );
}
