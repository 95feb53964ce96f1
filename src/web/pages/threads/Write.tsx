import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Message, writeMessage } from '#contract/threads.ts';
import { useAct } from '../../app/api/acts.ts';
import { useKept } from '../../app/keep.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { threadChanges } from './changes.ts';
import { MentionBox } from './MentionBox.tsx';
import classes from './Thread.module.css';
import type { Place } from './Thread.tsx';

type Kind = Message['kind'];

const kinds: Record<Kind, { name: string; placeholder: string; send: string }> = {
  message: { name: 'Message', placeholder: 'Write a message; @ mentions somebody', send: 'Send' },
  decision: { name: 'Decision', placeholder: 'What was decided, as it is to be kept', send: 'Keep' },
  duty: { name: 'Duty', placeholder: 'What is to be done', send: 'Give' },
};

/** Says something in a thread. What is typed is kept until it was sent. */
export function Write({ about, id }: Place) {
  const me = useMe();
  const { present } = useMembers();
  const [text, setText, sent] = useKept(`thread.${about}.${id}`);
  const [kind, setKind] = useState<Kind>('message');
  const [named, setNamed] = useState<{ id: string; name: string }[]>([]);
  const [dutyOf, setDutyOf] = useState<string>(me.member);
  const [dueOn, setDueOn] = useState('');
  const write = useAct(writeMessage, {
    changes: threadChanges,
    done: () => {
      sent();
      setKind('message');
      setNamed([]);
      setDueOn('');
    },
  });
  const isWhole = text.trim() !== '' && (kind !== 'duty' || dueOn !== '');
  const send = (): void => {
    if (!isWhole || write.isPending) return;
    const mentions = named.filter(({ name }) => text.includes(`@${name}`)).map((one) => one.id);
    write.mutate({
      params: { about, id },
      body:
        kind === 'duty'
          ? { kind, body: text, mentions, duty_of: dutyOf, due_on: dueOn }
          : { kind, body: text, mentions },
    });
  };
  return (
    <form
      className={classes.write}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <MentionBox
        label={kinds[kind].placeholder}
        placeholder={kinds[kind].placeholder}
        value={text}
        members={present}
        onChange={setText}
        onMention={(member) => setNamed((before) => [...before, member])}
        onSend={send}
      />
      {kind === 'duty' && (
        <div className={classes.duty}>
          <Select
            label="Whose duty"
            data={present.map((one) => ({
              value: one.id,
              label: one.id === me.member ? `${one.name} (you)` : one.name,
            }))}
            value={dutyOf}
            onChange={(chosen) => chosen !== null && setDutyOf(chosen)}
            allowDeselect={false}
            searchable
          />
          <TextInput
            label="By which day"
            type="date"
            required
            value={dueOn}
            onChange={({ currentTarget }) => setDueOn(currentTarget.value)}
          />
        </div>
      )}
      <div className={classes.row}>
        <SegmentedControl
          size="xs"
          aria-label="What it is"
          data={Object.entries(kinds).map(([value, { name }]) => ({ value, label: name }))}
          value={kind}
          onChange={(chosen) => setKind(chosen as Kind)}
        />
        <Button type="submit" disabled={!isWhole} loading={write.isPending}>
          {kinds[kind].send}
        </Button>
      </div>
    </form>
  );
}
