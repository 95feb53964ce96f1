import type { Today } from '#contract/today.ts';
import { useMembers } from '../../app/members.ts';
import { Card } from '../../parts/Card.tsx';
import { GoTo } from '../../parts/GoTo.tsx';
import { Party } from '../../parts/Party.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Today.module.css';

type Day = NonNullable<Today['agreement']>;

/** What of the pact waits for those who sign; nothing where nothing does. */
export function Agreement({ day: { versions, declined, amendments } }: { day: Day }) {
  const { nameOf } = useMembers();
  if (versions.length + declined.length + amendments.length === 0) return null;
  return (
    <Card title="The pact">
      <ul className={classes.list}>
        {amendments.map(({ pact, name, number, by, note, until }) => (
          <li key={`${pact} ${number}`} className={classes.apart}>
            <span>
              <Version name={name} number={number} />, an emergency amendment by {by} alone
              {note !== null && `: ${note}`}
            </span>
            <span className={classes.quiet}>
              lapses <When at={until} />
            </span>
          </li>
        ))}
        {versions.map(({ pact, name, number, proposed_at, waits_for }) => (
          <li key={`${pact} ${number}`} className={classes.apart}>
            <span>
              <Version name={name} number={number} />
              <span className={classes.quiet}>
                {' '}
                proposed <When at={proposed_at} />,{' '}
                {waits_for.length === 0 ? 'signed by both, not in force yet' : 'waits for the signature of'}
              </span>
            </span>
            <span className={classes.line}>
              {waits_for.map((party) => (
                <Party key={party} party={party} />
              ))}
            </span>
          </li>
        ))}
        {declined.map(({ pact, name, number, by, reason, at }) => (
          <li key={`${pact} ${number}`} className={classes.apart}>
            <span>
              <Version name={name} number={number} />, declined by {nameOf(by)}: {reason}
            </span>
            <span className={classes.quiet}>
              <When at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const Version = ({ name, number }: { name: string; number: number }) => (
  <GoTo href={`/pact?version=${number}`}>
    {name}, version {number}
  </GoTo>
);
