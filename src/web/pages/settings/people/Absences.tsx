import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Absence, addAbsence, listAbsences, type Member, removeAbsence } from '#contract/people.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateAndTime } from '../../../app/format/dates.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { useFault } from '../../handoffs/deeds/useFault.ts';
import classes from '../Settings.module.css';

type Props = { member: Member; opened: boolean; onClose: () => void };

/** When somebody takes no handoffs. */
export const Absences = ({ member, opened, onClose }: Props) => (
  <Modal
    opened={opened}
    onClose={onClose}
    title={`Absences of ${member.name}`}
    transitionProps={{ duration: 0 }}
  >
    {opened && <Open member={member} />}
  </Modal>
);

const changes = ['/api/members'];

function Open({ member: { id, name } }: { member: Member }) {
  const absences = useAsk(listAbsences, { params: { member: id } });
  const remove = useAct(removeAbsence, { changes, said: () => `${name} is there after all.` });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        While they are away no handoff is given to them. What is open with them already stays, and its clocks
        go on.
      </Text>
      <Asked of={absences}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">None is planned.</Text>
          ) : (
            <ul className={classes.rows}>
              {items.map((absence) => (
                <Line
                  key={absence.id}
                  absence={absence}
                  onRemove={() => remove.mutate({ params: { member: id, absence: absence.id } })}
                />
              ))}
            </ul>
          )
        }
      </Asked>
      <Add member={id} />
    </Stack>
  );
}

const Line = ({
  absence: { from_at, until_at, note },
  onRemove,
}: {
  absence: Absence;
  onRemove: () => void;
}) => (
  <li className={classes.row}>
    <div className={classes.what}>
      {dateAndTime(from_at)} to {dateAndTime(until_at)}
      {note !== null && <div className={classes.quiet}>{note}</div>}
    </div>
    <Button
      size="compact-sm"
      variant="default"
      onClick={onRemove}
      aria-label={`Remove from ${dateAndTime(from_at)}`}
    >
      Remove
    </Button>
  </li>
);

function Add({ member }: { member: string }) {
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [note, setNote] = useState('');
  const { fault, take, clear } = useFault();
  const add = useAct(addAbsence, {
    changes,
    refused: take,
    done: () => {
      setFrom('');
      setUntil('');
      setNote('');
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        clear();
        add.mutate({
          params: { member },
          body: {
            from_at: new Date(`${from}T00:00`).toISOString(),
            until_at: new Date(`${until}T23:59:59`).toISOString(),
            note: note.trim() === '' ? null : note.trim(),
          },
        });
      }}
    >
      <Stack gap="sm">
        <Group grow>
          <TextInput
            label="First day"
            type="date"
            required
            value={from}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <TextInput
            label="Last day"
            type="date"
            required
            min={from}
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </Group>
        <TextInput
          label="Why, if others should know"
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        {fault !== null && (
          <Alert color="red" variant="light" role="alert">
            {fault}
          </Alert>
        )}
        <Button type="submit" loading={add.isPending} disabled={from === '' || until === ''}>
          Add
        </Button>
      </Stack>
    </form>
  );
}
