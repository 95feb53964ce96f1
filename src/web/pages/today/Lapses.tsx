import { Button } from '@mantine/core';
import type { Today } from '#contract/today.ts';
import { useMembers } from '../../app/members.ts';
import { Card } from '../../parts/Card.tsx';
import { When } from '../../parts/When.tsx';
import { useDeeds } from '../handoffs/deeds/useDeeds.tsx';
import { noFollowUp } from '../handoffs/words.ts';
import classes from './Today.module.css';
import { ToHandoff } from './ToLead.tsx';

type LapsesOf = NonNullable<Today['sales_lead']>['lapses'];

/** What lapsed, why, and that a lead of sales took note of it. */
export function Lapses({ lapses }: { lapses: LapsesOf }) {
  const { nameOf } = useMembers();
  const { run, dialog, busy } = useDeeds();
  return (
    <Card title="Lapses to take note of">
      {lapses.length === 0 ? (
        <p className={classes.quiet}>None: everything was answered in time, or is explained and noted.</p>
      ) : (
        <ul className={classes.list}>
          {lapses.map(({ handoff, lead, owner, at, reason, note }) => (
            <li key={handoff} className={classes.apart}>
              <span>
                <ToHandoff id={handoff} lead={lead} />
                <span className={classes.quiet}>
                  {' '}
                  {owner === null ? 'nobody’s' : nameOf(owner)}, <When at={at} />
                </span>
                <span className={classes.said}>
                  {reason === null
                    ? 'Nobody has said why yet.'
                    : (noFollowUp[reason as keyof typeof noFollowUp] ?? reason)}
                  {note !== null && `: ${note}`}
                </span>
              </span>
              <Button
                variant="default"
                size="compact-sm"
                disabled={busy}
                onClick={() => run(reason === null ? 'explain' : 'acknowledge', { id: handoff, lead })}
              >
                {reason === null ? 'Say why' : 'Take note'}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {dialog}
    </Card>
  );
}
