import { Button, Modal, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { amendPact } from '#contract/pacts.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useKept } from '../../../app/keep.ts';
import { useMe } from '../../../app/session.tsx';

type Props = {
  pact: string;
  text: string;
  /** Whether the text is saved and without errors. */
  isReady: boolean;
};

const DAY = 86_400_000;
const LONGEST = 14;

/** A day from now as a field of that kind takes it: local time. */
const localIn = (days: number): string =>
  new Date(Date.now() + days * DAY).toLocaleString('sv-SE').replace(' ', 'T').slice(0, 16);

/** Puts a text into force for one party alone: at once, with a reason, for two weeks at most. */
export function Amend({ pact, text, isReady }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const [isOpen, dialog] = useDisclosure(false);
  const [reason, setReason, sent] = useKept(`amendment.${pact}`);
  const [until, setUntil] = useState(() => localIn(7));
  const act = useAct(amendPact, {
    changes: ['/api/pacts', '/api/today', '/api/leads'],
    said: () => 'In force at once. Both teams are told.',
    done: ({ number }) => {
      sent();
      void navigate({ href: `/pact?version=${number}` });
    },
  });
  if (me.party === null || me.rank === 'member') return null;
  const other = me.party === 'marketing' ? 'sales' : 'marketing';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({ params: { pact }, body: { text, reason, until: new Date(until).toISOString() } });
  };
  return (
    <>
      <Button variant="subtle" color="red" disabled={!isReady} onClick={dialog.open}>
        Emergency amendment
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title="Emergency amendment">
        <form onSubmit={submit}>
          <Text size="sm" mb={12}>
            This text is in force at once, signed by {me.party} alone. Everybody is told, and it lapses by
            itself unless {other} signs it too. For anything that can wait, propose it instead.
          </Text>
          <Textarea
            label="Why it cannot wait"
            autosize
            minRows={2}
            required
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            data-autofocus
          />
          <TextInput
            mt={12}
            type="datetime-local"
            label="Until"
            description={`At most ${LONGEST} days from now.`}
            required
            max={localIn(LONGEST)}
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
          <Button type="submit" mt={14} color="red" loading={act.isPending} disabled={reason.trim() === ''}>
            Put it into force now
          </Button>
        </form>
      </Modal>
    </>
  );
}
