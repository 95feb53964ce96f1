import { Button } from '@mantine/core';
import { doDuty, type Message } from '#contract/threads.ts';
import { useAct } from '../../app/api/acts.ts';
import { dateOf } from '../../app/format/dates.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { threadChanges } from './changes.ts';

/** How a duty stands: whose it is and by when; and, for whose it is or who gave it, that it is done. */
export function Duty({ duty }: { duty: Message }) {
  const me = useMe();
  const { nameOf } = useMembers();
  const done = useAct(doDuty, { changes: threadChanges, said: () => 'The duty is done.' });
  const { id, author, duty_of, due_on, done_at } = duty;
  if (duty_of === null || due_on === null) return null;
  const isLate = done_at === null && due_on < new Date().toLocaleDateString('sv-SE');
  const isOurs = [duty_of, author].includes(me.member);
  return (
    <>
      <Mark tone={done_at !== null ? 'good' : isLate ? 'bad' : 'neutral'}>
        {done_at !== null
          ? 'Done'
          : isLate
            ? `Was due ${dateOf(`${due_on}T12:00`)}`
            : `By ${dateOf(`${due_on}T12:00`)}`}
      </Mark>
      <span>
        {duty_of === me.member ? 'Yours' : nameOf(duty_of)}
        {author !== duty_of && `, given by ${author === me.member ? 'you' : nameOf(author)}`}
      </span>
      {done_at === null && isOurs && (
        <Button
          variant="default"
          size="compact-sm"
          loading={done.isPending}
          onClick={() => done.mutate({ params: { id } })}
        >
          Done
        </Button>
      )}
    </>
  );
}
