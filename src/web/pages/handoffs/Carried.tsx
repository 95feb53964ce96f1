import type { HandoffReply } from '#contract/handoffs.ts';
import { dateAndTime } from '../../app/format/dates.ts';
import { useNow } from '../../app/format/useNow.ts';
import { useMembers } from '../../app/members.ts';
import { Card } from '../../parts/Card.tsx';
import { partyName } from '../../parts/Party.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Handoff.module.css';
import { runningHold } from './may.ts';

/** With whom it is, why with them, and whether it is held. */
export function Carried({ handoff: { owner, queue, routing, holds, standing } }: { handoff: HandoffReply }) {
  const { nameOf } = useMembers();
  const hold = runningHold(holds, useNow());
  return (
    <Card title="With whom">
      <p className={classes.owner}>
        {owner === null ? nobodys(standing) : nameOf(owner)}
        {queue !== null && <span className={classes.quiet}> from the queue {queue}</span>}
      </p>
      {hold !== null && (
        <p className={classes.held}>
          Held by {partyName(hold.party).toLowerCase()}
          {hold.until_at !== null && ` until ${dateAndTime(hold.until_at)}`}: {hold.reason}
        </p>
      )}
      <details>
        <summary>Why with them</summary>
        <ol className={classes.routing}>
          {routing.map(({ at, reason, by, candidates }) => (
            <li key={at + reason}>
              <When at={at} as="date" />
              {by !== null && `, by ${nameOf(by)}`}: {reason}
              {candidates.length > 1 && (
                <ul>
                  {candidates.map(({ person, why }) => (
                    <li key={person}>
                      {person}: {why}
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      </details>
    </Card>
  );
}

const nobodys = (standing: HandoffReply['standing']): string =>
  standing === 'offered' ? 'Nobody yet: anyone of sales may take it.' : 'It was nobody’s.';
