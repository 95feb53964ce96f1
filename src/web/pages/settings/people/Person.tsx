import { Button, Menu } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { type Absence, inviteAgain, listAbsences, type Member } from '#contract/people.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { useMe } from '../../../app/session.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { When } from '../../../parts/When.tsx';
import { Handed } from '../../start/Invite.tsx';
import { isSenior } from '../may.ts';
import classes from '../Settings.module.css';
import { Absences } from './Absences.tsx';
import { Change } from './Change.tsx';
import { Leave } from './Leave.tsx';
import { LeftOpen } from './LeftOpen.tsx';

type Asking = 'change' | 'leave' | 'absences' | null;

/** One member: where they stand, since when, and what can be done about it. */
export function Person({ member, isHere }: { member: Member; isHere: boolean }) {
  const me = useMe();
  const { ref, inViewport } = useInViewport<HTMLLIElement>();
  const [asking, setAsking] = useState<Asking>(null);
  const [handed, setHanded] = useState<Handed | null>(null);
  const { id, name, email, rank, zone } = member;
  const isPresent = member.left_at === null;
  const hasJoined = member.joined_at !== null;
  const isMe = id === me.member;
  const away = useAsk(
    listAbsences,
    { params: { member: id } },
    { enabled: inViewport && isPresent && hasJoined },
  );
  const again = useAct(inviteAgain, {
    changes: ['/api/members'],
    said: () => `${name} is invited again. The invitation before is void.`,
    done: ({ link }) => setHanded(link === null ? null : { name, link }),
  });
  const mayManage = me.rank === 'manager';
  const maySayAway = isPresent && hasJoined && (isMe || isSenior(me));
  const close = (): void => setAsking(null);
  return (
    <li ref={ref} id={id} className={classes.row} data-here={isHere}>
      <div className={classes.what}>
        <div className={classes.name}>
          {name}
          {isMe && <Mark tone="accent">You</Mark>}
          {rank !== 'member' && <Mark>{rank === 'lead' ? 'Lead' : 'Manager'}</Mark>}
          {!hasJoined && isPresent && <Mark tone="warn">Invited</Mark>}
          <Away of={away.data?.items ?? []} />
        </div>
        <div className={classes.quiet}>
          {email} · {zone ?? 'the workspace’s time zone'} · <Since of={member} />
        </div>
      </div>
      <div className={classes.acts}>
        {maySayAway && (
          <Button size="compact-sm" variant="default" onClick={() => setAsking('absences')}>
            Absences
          </Button>
        )}
        {mayManage && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default" px={8} aria-label={`More to do with ${name}`}>
                <IconDots size={16} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setAsking('change')}>Change name, party or rank</Menu.Item>
              {(!hasJoined || !isPresent) && (
                <Menu.Item onClick={() => again.mutate({ params: { member: id } })}>Invite again</Menu.Item>
              )}
              {isPresent && (
                <Menu.Item color="red" onClick={() => setAsking('leave')}>
                  {isMe ? 'Leave the workspace' : 'Leaves the workspace'}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {handed !== null && (
        <div className={classes.whole}>
          <Handed handed={handed} />
        </div>
      )}
      {!isPresent && member.party === 'sales' && <LeftOpen member={member} />}
      <Change member={member} opened={asking === 'change'} onClose={close} />
      <Leave member={member} opened={asking === 'leave'} onClose={close} />
      <Absences member={member} opened={asking === 'absences'} onClose={close} />
    </li>
  );
}

const Since = ({ of: { left_at, joined_at, invited_at } }: { of: Member }) => (
  <>
    {left_at !== null ? 'left ' : joined_at !== null ? 'joined ' : 'invited '}
    <When at={left_at ?? joined_at ?? invited_at} as="date" />
  </>
);

/** The next absence, or the one they are on. */
function Away({ of: [next] }: { of: readonly Absence[] }) {
  if (next === undefined) return null;
  return Date.parse(next.from_at) <= Date.now() ? (
    <Mark tone="warn" {...(next.note !== null && { title: next.note })}>
      Away until {dateOf(next.until_at)}
    </Mark>
  ) : (
    <Mark {...(next.note !== null && { title: next.note })}>Away from {dateOf(next.from_at)}</Mark>
  );
}
