import { Button, Checkbox } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type QuarantinedEvent, replayQuarantined, showQuarantined } from '#contract/quarantine.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMembers } from '../../../app/members.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { When } from '../../../parts/When.tsx';
import classes from '../Settings.module.css';
import { changes } from './changes.ts';
import { Discard } from './Discard.tsx';
import { reasonName } from './reasons.ts';

type Props = {
  event: QuarantinedEvent;
  mayEnd: boolean;
  isMarked: boolean;
  onMark: (isMarked: boolean) => void;
};

/** One event that could not be taken: why, what it said, and what becomes of it. */
export function Refused({ event, mayEnd, isMarked, onMark }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [isDiscarding, setDiscarding] = useState(false);
  const { id, reason, detail, received_at, message_id } = event;
  const replay = useAct(replayQuarantined, {
    changes,
    done: ({ replayed, detail: still }) =>
      notifications.show(
        replayed
          ? { color: 'green', message: 'Taken in.' }
          : { color: 'red', title: 'Refused again', message: still ?? '', autoClose: 10_000 },
      ),
  });
  return (
    <li className={classes.row}>
      {mayEnd && (
        <Checkbox
          aria-label={`Mark: ${reasonName(reason)}`}
          checked={isMarked}
          onChange={({ currentTarget: { checked } }) => onMark(checked)}
        />
      )}
      <div className={classes.what}>
        <div className={classes.name}>
          <Mark tone="bad">{reasonName(reason)}</Mark>
          {message_id !== null && <span className={classes.quiet}>{message_id}</span>}
        </div>
        <div className={classes.quiet}>
          {detail} · <When at={received_at} />
          <Ended event={event} />
        </div>
      </div>
      <div className={classes.acts}>
        <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Close' : 'Open'}
        </Button>
        {mayEnd && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              loading={replay.isPending}
              onClick={() => replay.mutate({ params: { id } })}
            >
              Replay
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setDiscarding(true)}>
              Give up
            </Button>
          </>
        )}
      </div>
      {isOpen && (
        <div className={classes.whole}>
          <Payload id={id} />
        </div>
      )}
      <Discard ids={[id]} opened={isDiscarding} onClose={() => setDiscarding(false)} />
    </li>
  );
}

function Ended({ event: { standing, ended_at, ended_by, why } }: { event: QuarantinedEvent }) {
  const { nameOf } = useMembers();
  if (ended_at === null) return null;
  return (
    <>
      <br />
      {standing === 'replayed' ? 'Taken in' : 'Given up'}
      {ended_by !== null && ` by ${nameOf(ended_by)}`} <When at={ended_at} />
      {why !== null && `: ${why}`}
    </>
  );
}

/** What it said, as text: nothing in it is ever anything else. */
function Payload({ id }: { id: string }) {
  const event = useAsk(showQuarantined, { params: { id } });
  return <Asked of={event}>{({ body }) => <pre className={classes.block}>{body}</pre>}</Asked>;
}
