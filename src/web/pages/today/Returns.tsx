import { Button } from '@mantine/core';
import type { Today } from '#contract/today.ts';
import { dateAndTime } from '../../app/format/dates.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { GoTo } from '../../parts/GoTo.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { When } from '../../parts/When.tsx';
import { useDeeds } from '../handoffs/deeds/useDeeds.tsx';
import { clauseName, nexts } from '../handoffs/words.ts';
import classes from './Today.module.css';
import { ToHandoff } from './ToLead.tsx';

type ReturnsOf = NonNullable<Today['marketer']>['returns'];

/** What sales gave back, why and by which clause; with the appeal in place. */
export function Returns({ returns }: { returns: ReturnsOf }) {
  const me = useMe();
  const { nameOf } = useMembers();
  const { run, dialog } = useDeeds();
  return (
    <Card title="Given back, and why">
      {returns.length === 0 ? (
        <p className={classes.quiet}>Sales gave nothing back this week.</p>
      ) : (
        <ul className={classes.list}>
          {returns.map(
            ({ handoff, lead, at, by, reason_text, clause, next, note, disputed, disputable_until }) => (
              <li key={handoff} className={classes.apart}>
                <span>
                  <ToHandoff id={handoff} lead={lead} />
                  <span className={classes.quiet}>
                    {' '}
                    by {nameOf(by)}, <When at={at} />
                  </span>
                  <span className={classes.said}>
                    <b>{reason_text}</b>
                    {clause !== null && (
                      <>
                        {' '}
                        Accuses <GoTo href={`/pact#${encodeURIComponent(clause)}`}>{clauseName(clause)}</GoTo>
                        .
                      </>
                    )}{' '}
                    {nexts[next]}
                  </span>
                  {note !== null && <span className={classes.note}>{note}</span>}
                </span>
                {disputed ? (
                  <Mark tone="accent">Appealed</Mark>
                ) : (
                  me.party === 'marketing' && (
                    <span className={classes.appeal}>
                      <Button
                        variant="default"
                        size="compact-sm"
                        onClick={() => run('dispute', { id: handoff, lead })}
                      >
                        Appeal
                      </Button>
                      {disputable_until !== null && (
                        <span className={classes.quiet}>until {dateAndTime(disputable_until)}</span>
                      )}
                    </span>
                  )
                )}
              </li>
            ),
          )}
        </ul>
      )}
      {dialog}
    </Card>
  );
}
