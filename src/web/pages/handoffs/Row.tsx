import { Button, Kbd } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { HandoffSummary } from '#contract/handoffs.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Due } from '../../parts/Due.tsx';
import { Grade } from '../../parts/Grade.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Priority } from '../../parts/Priority.tsx';
import { When } from '../../parts/When.tsx';
import { type Deed, mayAnswer } from './may.ts';
import classes from './Rows.module.css';
import { leadName, standings } from './words.ts';

type Props = {
  handoff: HandoffSummary;
  chosen: boolean;
  /** The same functions for every row and every time: what has not changed is not drawn again. */
  onChoose: (handoff: HandoffSummary) => void;
  onDo: (deed: Deed, handoff: HandoffSummary) => void;
};

/** One handoff of a list: who, why now, how it stands, and what can be answered at once. */
export const Row = memo(function Row({ handoff, chosen, onChoose, onDo }: Props) {
  const me = useMe();
  const { nameOf } = useMembers();
  const { id, lead, standing, tier, grade, why_now, queue, owner, next, priority, offered_at } = handoff;
  return (
    // Choosing by pointer only saves a key; the keyboard has J and K and the link itself.
    <li
      className={classes.row}
      data-id={id}
      data-chosen={chosen}
      aria-current={chosen ? 'true' : undefined}
      onMouseDown={() => onChoose(handoff)}
      onFocus={() => onChoose(handoff)}
    >
      <div className={classes.who}>
        <Grade grade={grade} />
        <div className={classes.name}>
          <Link to="/handoffs/$id" params={{ id }} className={classes.link}>
            {leadName(lead)}
          </Link>
          {lead.account !== null && <span className={classes.quiet}> {lead.account}</span>}
          <div className={classes.why}>{why_now[0] ?? 'Handed over by the definition.'}</div>
        </div>
      </div>
      <div className={classes.marks}>
        <Mark tone={standings[standing].tone}>{standings[standing].name}</Mark>
        <Mark>{tier}</Mark>
        <span className={classes.quiet}>
          {owner === null
            ? `Nobody yet${queue === null ? '' : `, ${queue}`}`
            : owner === me.member
              ? 'Yours'
              : nameOf(owner)}
        </span>
      </div>
      <div className={classes.due}>
        {next === null ? (
          <span className={classes.quiet}>
            <When at={offered_at} />
          </span>
        ) : (
          <Due
            dueAt={next.due_at}
            startedAt={next.started_at}
            words={next.words}
            workingLeft={next.working}
          />
        )}
        <Priority priority={priority} />
      </div>
      {me.party === 'sales' && mayAnswer(me, handoff) && (
        <div className={classes.acts}>
          {standing === 'offered' && (
            <Act name="Accept" letter="A" first onDo={() => onDo('accept', handoff)} />
          )}
          <Act name="Touch" letter="T" first={standing !== 'offered'} onDo={() => onDo('touch', handoff)} />
          <Act name="Give back" letter="R" onDo={() => onDo('give_back', handoff)} />
        </div>
      )}
    </li>
  );
});

type ActProps = { name: string; letter: string; first?: boolean; onDo: () => void };

const Act = ({ name, letter, first = false, onDo }: ActProps) => (
  <Button
    size="compact-sm"
    variant={first ? 'light' : 'subtle'}
    className={classes.act}
    onClick={onDo}
    rightSection={
      <Kbd size="xs" className={classes.key}>
        {letter}
      </Kbd>
    }
  >
    {name}
  </Button>
);
