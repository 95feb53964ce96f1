import type { Today } from '#contract/today.ts';
import { useMembers } from '../../app/members.ts';
import { Card } from '../../parts/Card.tsx';
import { Party } from '../../parts/Party.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Today.module.css';
import { ToLead } from './ToLead.tsx';

type ExceptionsOf = NonNullable<Today['facilitator']>['exceptions'];

/** Leads handed over outside the definition, whose time is running out. */
export function Exceptions({ exceptions }: { exceptions: ExceptionsOf }) {
  const { nameOf } = useMembers();
  return (
    <Card title="Exceptions that end within two weeks">
      {exceptions.length === 0 ? (
        <p className={classes.quiet}>None ends soon.</p>
      ) : (
        <ul className={classes.list}>
          {exceptions.map(({ id, lead, sponsor, party, reason, ends_at }) => (
            <li key={id} className={classes.apart}>
              <span>
                <ToLead lead={lead} /> <Party party={party} />
                <span className={classes.quiet}> {nameOf(sponsor)}</span>
                <span className={classes.said}>{reason}</span>
              </span>
              <span className={classes.quiet}>
                ends <When at={ends_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
