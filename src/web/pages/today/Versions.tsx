import type { Today } from '#contract/today.ts';
import { Card } from '../../parts/Card.tsx';
import { GoTo } from '../../parts/GoTo.tsx';
import { Party } from '../../parts/Party.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Today.module.css';

type VersionsOf = NonNullable<Today['facilitator']>['versions'];

/** Versions that are proposed, and whose signature each waits for. */
export const Versions = ({ versions }: { versions: VersionsOf }) => (
  <Card title="Versions that wait for a signature">
    {versions.length === 0 ? (
      <p className={classes.quiet}>None is proposed just now.</p>
    ) : (
      <ul className={classes.list}>
        {versions.map(({ pact, name, number, proposed_at, waits_for }) => (
          <li key={`${pact} ${number}`} className={classes.apart}>
            <span>
              <GoTo href={`/pact/drafts/${number}`}>
                {name}, version {number}
              </GoTo>
              <span className={classes.quiet}>
                {' '}
                proposed <When at={proposed_at} />
              </span>
            </span>
            <span className={classes.line}>
              {waits_for.map((party) => (
                <Party key={party} party={party} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
