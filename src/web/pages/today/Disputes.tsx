import { Button } from '@mantine/core';
import type { Today } from '#contract/today.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { GoTo } from '../../parts/GoTo.tsx';
import { When } from '../../parts/When.tsx';
import { useDeeds } from '../handoffs/deeds/useDeeds.tsx';
import { clauseName } from '../handoffs/words.ts';
import classes from './Today.module.css';
import { ToHandoff } from './ToLead.tsx';

type DisputesOf = NonNullable<Today['facilitator']>['disputes'];

/** Appeals that wait for the facilitator's word. */
export function Disputes({ disputes }: { disputes: DisputesOf }) {
  const me = useMe();
  const { nameOf } = useMembers();
  const { run, dialog } = useDeeds();
  return (
    <Card title="Disputes to rule on">
      {disputes.length === 0 ? (
        <p className={classes.quiet}>None: no return is appealed against.</p>
      ) : (
        <ul className={classes.list}>
          {disputes.map(({ handoff, lead, at, by, text, reason, clause }) => (
            <li key={handoff} className={classes.apart}>
              <span>
                <ToHandoff id={handoff} lead={lead} />
                <span className={classes.quiet}>
                  {' '}
                  by {nameOf(by)}, <When at={at} />
                </span>
                <span className={classes.said}>
                  Given back as “{reason.replaceAll('_', ' ')}”
                  {clause !== null && (
                    <>
                      , accusing{' '}
                      <GoTo href={`/pact#${encodeURIComponent(clause)}`}>{clauseName(clause)}</GoTo>
                    </>
                  )}
                  .
                </span>
                <span className={classes.note}>{text}</span>
              </span>
              {me.party === null && (
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => run('rule', { id: handoff, lead })}
                >
                  Rule
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {dialog}
    </Card>
  );
}
