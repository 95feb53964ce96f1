import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { listHandoffsOfLead } from '#contract/lead-page.ts';
import { useAsk } from '../../app/api/queries.ts';
import { useMembers } from '../../app/members.ts';
import { Asked } from '../../parts/Asked.tsx';
import { Card } from '../../parts/Card.tsx';
import { Due } from '../../parts/Due.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Lead.module.css';

/** Each time it was handed over, and what became of it. */
export function HandoffsCard({ lead }: { lead: string }) {
  const handoffs = useAsk(listHandoffsOfLead, { params: { id: lead } });
  const { nameOf } = useMembers();
  return (
    <Card title="Handoffs">
      <Asked of={handoffs}>
        {({ items }) =>
          items.length === 0 ? (
            <span className={classes.quiet}>Not handed over yet.</span>
          ) : (
            <ul className={classes.list}>
              {items.map((one) => (
                <li key={one.id} className={classes.line}>
                  <span>
                    <Anchor component={Link} to={`/handoffs/${one.id}`} size="sm">
                      {one.standing}, {one.tier}
                    </Anchor>
                    <br />
                    <span className={classes.quiet}>
                      <When at={one.offered_at} as="date" />
                      {' · '}
                      {one.owner === null ? (one.queue ?? 'nobody yet') : nameOf(one.owner)}
                    </span>
                  </span>
                  {one.next !== null && (
                    <Due
                      dueAt={one.next.due_at}
                      startedAt={one.next.started_at}
                      words={one.next.words}
                      workingLeft={one.next.working}
                    />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Card>
  );
}
