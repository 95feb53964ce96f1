import { Button, Group, Kbd, Progress, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { finishWorkshop, labelLead, showWorkshop, type Workshop } from '#contract/workshops.ts';
import { useAct } from '../../../app/api/acts.ts';
import { keyOf } from '../../../app/api/queries.ts';
import { useKeys } from '../../../app/keys/keys.tsx';
import { useMe } from '../../../app/session.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { workshopChanges } from './changes.ts';
import { Packet } from './Packet.tsx';
import classes from './Workshop.module.css';

type Label = 'good' | 'not_good';

/** One lead after another, by key or button, without knowing what the other team says. */
export function Labelling({ workshop }: { workshop: Workshop }) {
  const me = useMe();
  const { id, packets } = workshop;
  const firstOpen = packets.findIndex((one) => one.label === null);
  const [at, setAt] = useState(Math.max(0, firstOpen));
  const [note, setNote] = useState('');
  const packet = packets[at];
  const labelled = packets.filter((one) => one.label !== null).length;
  const go = (next: number): void => {
    setAt(Math.min(packets.length - 1, Math.max(0, next)));
    setNote('');
  };
  const label = useAct(labelLead, {
    changes: workshopChanges,
    show: (queries, { params, body }) =>
      queries.setQueryData<Workshop>(
        keyOf(showWorkshop, { params: { workshop: id } }),
        (before) =>
          before && {
            ...before,
            packets: before.packets.map((one) =>
              one.place === params?.place && body !== undefined ? { ...one, label: body.label } : one,
            ),
          },
      ),
  });
  const finish = useAct(finishWorkshop, { changes: workshopChanges, said: () => 'Your team has finished.' });
  const say = (said: Label): void => {
    if (packet === undefined) return;
    const body = { label: said, ...(note.trim() !== '' && { note: note.trim() }) };
    label.mutate({ params: { workshop: id, place: packet.place }, body });
    go(at + 1);
  };
  useKeys([
    { key: 'y', does: 'A good lead', run: () => say('good') },
    { key: 'n', does: 'Not a good lead', run: () => say('not_good') },
    { key: 's', does: 'Skip this lead', run: () => go(at + 1) },
    { key: 'k', does: 'The lead before', run: () => go(at - 1) },
  ]);
  if (packet === undefined) return null;
  return (
    <div className={classes.stack}>
      <Progress
        value={(labelled / packets.length) * 100}
        aria-label={`${labelled} of ${packets.length} labelled`}
      />
      <Card
        title={`Lead ${packet.place} of ${packets.length}`}
        aside={
          packet.label !== null && (
            <Mark tone={packet.label === 'good' ? 'good' : 'bad'}>
              {packet.label === 'good' ? 'You said good' : 'You said not good'}
            </Mark>
          )
        }
      >
        <Packet packet={packet} />
        <Textarea
          mt={14}
          label="Why, in a word"
          description="For the talk afterwards; the other team reads it once both have finished."
          autosize
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <Group gap={8} mt={14}>
          <Button onClick={() => say('good')} rightSection={<Kbd size="xs">Y</Kbd>}>
            A good lead
          </Button>
          <Button variant="default" onClick={() => say('not_good')} rightSection={<Kbd size="xs">N</Kbd>}>
            Not a good lead
          </Button>
          <Button variant="subtle" onClick={() => go(at + 1)} disabled={at === packets.length - 1}>
            Skip
          </Button>
          <Button variant="subtle" onClick={() => go(at - 1)} disabled={at === 0}>
            Back
          </Button>
        </Group>
      </Card>
      {labelled === packets.length && (
        <Card title="Every lead is labelled">
          <Text size="sm" mb={12}>
            {me.rank === 'member'
              ? 'A lead or manager of your team says that it has finished.'
              : 'Once your team has finished its labels stay as they are, and open when the other has finished too.'}
          </Text>
          {me.rank !== 'member' && (
            <Button loading={finish.isPending} onClick={() => finish.mutate({ params: { workshop: id } })}>
              We have finished
            </Button>
          )}
        </Card>
      )}
    </div>
  );
}
