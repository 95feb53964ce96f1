import { Button, Modal, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { proposeVersion } from '#contract/pacts.ts';
import { useAct } from '../../../app/api/acts.ts';
import { many } from '../../../app/format/numbers.ts';
import { useMe } from '../../../app/session.tsx';
import { draftChanges } from './changes.ts';

type Props = {
  params: { pact: string; number: number };
  isDirty: boolean;
  /** What keeps it from being proposed. */
  errors: number;
  behind: number | null;
};

/** Puts a draft before both parties; in words what is in the way of that. */
export function Propose({ params, isDirty, errors, behind }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const [isOpen, dialog] = useDisclosure(false);
  const [from, setFrom] = useState('');
  const act = useAct(proposeVersion, {
    changes: draftChanges,
    said: () => 'Proposed. Both parties can sign it now.',
    done: ({ number }) => void navigate({ href: `/pact?version=${number}` }),
  });
  const hindrance =
    errors > 0
      ? `${many(errors, 'error')} to be mended first: see the list.`
      : behind !== null
        ? `Version ${behind} is to be merged in first.`
        : isDirty
          ? 'Save it first.'
          : null;
  if (me.rank === 'member') return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({ params, body: from === '' ? {} : { from: new Date(from).toISOString() } });
  };
  return (
    <>
      <Button variant="default" disabled={hindrance !== null} onClick={dialog.open}>
        Propose for signing
      </Button>
      {hindrance !== null && (
        <Text size="sm" c={errors > 0 ? 'var(--bad)' : 'dimmed'}>
          {hindrance}
        </Text>
      )}
      <Modal opened={isOpen} onClose={dialog.close} title="Propose for signing">
        <form onSubmit={submit}>
          <Text size="sm" mb={12}>
            From now on its text stays as it is. It is in force once both parties have signed it.
          </Text>
          <TextInput
            type="datetime-local"
            label="In force from"
            description="Left empty, that is said once both have signed."
            value={from}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <Button type="submit" mt={14} loading={act.isPending}>
            Propose
          </Button>
        </form>
      </Modal>
    </>
  );
}
