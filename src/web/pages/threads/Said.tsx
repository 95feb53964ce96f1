import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { editMessage, type Message } from '#contract/threads.ts';
import { useAct } from '../../app/api/acts.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { When } from '../../parts/When.tsx';
import { Body } from './Body.tsx';
import { threadChanges } from './changes.ts';
import { Duty } from './Duty.tsx';
import classes from './Thread.module.css';

/** One thing somebody said. */
export function Said({ message }: { message: Message }) {
  const me = useMe();
  const { nameOf } = useMembers();
  const [editing, setEditing] = useState(false);
  const { author, at, kind, body, mentions, edited_at } = message;
  return (
    <li className={classes.message} data-kind={kind}>
      <div className={classes.head}>
        <b>{author === me.member ? 'You' : nameOf(author)}</b>
        {kind === 'decision' && <Mark tone="accent">Decision</Mark>}
        {kind === 'duty' && <Mark>Duty</Mark>}
        <When at={at} />
        {edited_at !== null && <span>written anew</span>}
        {author === me.member && !editing && (
          <Button variant="subtle" size="compact-xs" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </div>
      {editing ? (
        <Edit message={message} onDone={() => setEditing(false)} />
      ) : (
        <Body text={body} mentions={mentions} />
      )}
      {kind === 'duty' && (
        <div className={classes.foot}>
          <Duty duty={message} />
        </div>
      )}
    </li>
  );
}

function Edit({ message: { id, body }, onDone }: { message: Message; onDone: () => void }) {
  const [text, setText] = useState(body);
  const edit = useAct(editMessage, { changes: threadChanges, done: onDone });
  return (
    <form
      className={classes.write}
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate({ params: { id }, body: { body: text } });
      }}
    >
      <Textarea
        aria-label="Your message"
        autosize
        autoFocus
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div className={classes.foot}>
        <Button type="submit" size="compact-sm" loading={edit.isPending} disabled={text.trim() === ''}>
          Save
        </Button>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          Leave as it was
        </Button>
      </div>
    </form>
  );
}
