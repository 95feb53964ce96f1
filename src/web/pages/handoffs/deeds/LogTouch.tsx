import { Radio, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { touchHandoff } from '#contract/handoffs.ts';
import { useKept } from '../../../app/keep.ts';
import { attemptsInWords } from '../attempts.ts';
import { useHandoffAct } from '../useHandoffAct.ts';
import { type Channel, channels, leadName } from '../words.ts';
import type { DeedProps } from './deeds.ts';
import { Form } from './Form.tsx';
import { useFault } from './useFault.ts';

type Reached = 'yes' | 'no' | 'unsaid';

/** Keeps a call, a mail, a meeting or a note. */
export function LogTouch({ handoff, onDone }: DeedProps) {
  const { id, lead, attempts } = handoff;
  const [channel, setChannel] = useState<Channel>('call');
  const [reached, setReached] = useState<Reached>('unsaid');
  const [at, setAt] = useState('');
  const [note, setNote, sent] = useKept(`touch.${id}.note`);
  const { fault, take, clear } = useFault();
  const touch = useHandoffAct(touchHandoff, {
    said: () => `${channels[channel]} logged: ${leadName(lead)}.`,
    undo: 'touch',
    fault: take,
    done: () => {
      sent();
      onDone();
    },
  });
  return (
    <Form
      does="Log it"
      fault={fault}
      busy={touch.isPending}
      whole={channel !== 'note' || note.trim() !== ''}
      onCancel={onDone}
      onSubmit={() => {
        clear();
        touch.mutate({
          params: { id },
          body: {
            channel,
            ...(at !== '' && { at: new Date(at).toISOString() }),
            ...(channel !== 'note' && reached !== 'unsaid' && { reached: reached === 'yes' }),
            ...(note.trim() !== '' && { note }),
          },
        });
      }}
    >
      <SegmentedControl
        fullWidth
        aria-label="What it was"
        data={Object.entries(channels).map(([value, label]) => ({ value, label }))}
        value={channel}
        onChange={(chosen) => setChannel(chosen as Channel)}
        data-autofocus
      />
      {channel === 'note' ? (
        <Text size="sm" c="dimmed">
          A note is written about somebody, not to them: it is no attempt, and no first touch.
        </Text>
      ) : (
        <Radio.Group label="Reached" value={reached} onChange={(chosen) => setReached(chosen as Reached)}>
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, marginTop: 6 }}>
            <Radio value="yes" label="Yes" />
            <Radio value="no" label="No" />
            <Radio value="unsaid" label="Not known" />
          </div>
        </Radio.Group>
      )}
      <TextInput
        label="When"
        description="Now, when left empty."
        type="datetime-local"
        value={at}
        onChange={({ currentTarget }) => setAt(currentTarget.value)}
      />
      <Textarea
        label="Note"
        autosize
        minRows={2}
        required={channel === 'note'}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Text size="xs" c="dimmed">
        So far {attemptsInWords(attempts)}.
      </Text>
    </Form>
  );
}
