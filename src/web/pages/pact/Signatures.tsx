import type { VersionSummary } from '#contract/pacts.ts';
import { dateAndTime } from '../../app/format/dates.ts';
import { useMembers } from '../../app/members.ts';
import { Card } from '../../parts/Card.tsx';
import { Party } from '../../parts/Party.tsx';
import classes from './Pact.module.css';

/** One dated yes from each party, over one text. */
export function Signatures({
  of: { signatures, declines, digest, withdrawn_why: why },
}: {
  of: VersionSummary;
}) {
  const { nameOf } = useMembers();
  return (
    <Card title="Signatures">
      <ul className={classes.list}>
        {(['marketing', 'sales'] as const).map((party) => {
          const signature = signatures.find((one) => one.party === party && !one.void);
          const decline = declines.find((one) => one.party === party);
          return (
            <li key={party}>
              <Party party={party} />{' '}
              {signature !== undefined ? (
                <>
                  <b>{nameOf(signature.member)}</b>
                  <br />
                  <span className={classes.quiet}>{dateAndTime(signature.signed_at)}</span>
                </>
              ) : decline !== undefined ? (
                <>
                  <b>{nameOf(decline.member)}</b> declined: {decline.reason}
                </>
              ) : (
                <span className={classes.quiet}>not signed</span>
              )}
            </li>
          );
        })}
      </ul>
      {why !== null && <p className={classes.quiet}>Taken back: {why}</p>}
      <p className={classes.digest} title={digest}>
        Digest <span className={classes.short}>{digest.slice(0, 19)}…</span>
        <span className={classes.whole}>{digest}</span>
      </p>
    </Card>
  );
}
