import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type Pact, signVersion } from '#contract/pacts.ts';
import { useAct } from '../../../app/api/acts.ts';
import { dateAndTime, lasting } from '../../../app/format/dates.ts';
import { useNow } from '../../../app/format/useNow.ts';
import { useMe } from '../../../app/session.tsx';
import classes from './Banner.module.css';

/** Says aloud that what is in force was put there by one party alone, and until when. */
export function EmergencyBanner({ pact }: { pact: Pact }) {
  const me = useMe();
  const now = useNow();
  const sign = useAct(signVersion, {
    changes: ['/api/pacts', '/api/today', '/api/leads'],
    said: () => 'Signed by both: it is a version like any other now.',
  });
  const version = pact.versions.find(
    ({ emergency, standing, in_force_until }) =>
      emergency && standing === 'in_force' && in_force_until !== null,
  );
  if (version === undefined || version.in_force_until === null) return null;
  const { number, digest, note, in_force_until: until, signatures } = version;
  const signed = signatures.filter((one) => !one.void).map(({ party }) => party);
  const isOurs = me.party !== null && me.rank !== 'member' && !signed.includes(me.party);
  return (
    <div className={classes.banner} role="alert">
      <p>
        <b>Emergency amendment in force.</b> Version {number} was put into force by{' '}
        {signed.join(' and ') || 'one party'} alone{note === null ? '' : `: ${note}`} It lapses on{' '}
        {dateAndTime(until)}, in {lasting(new Date(until).getTime() - now)}, unless both have signed it by
        then.
      </p>
      <div className={classes.acts}>
        {isOurs && (
          <Button
            loading={sign.isPending}
            onClick={() => sign.mutate({ params: { pact: pact.id, number }, body: { digest } })}
          >
            Sign it for {me.party} too
          </Button>
        )}
        {version.base !== null && (
          <Button component={Link} to={`/pact/difference/${version.base}/${number}`} variant="default">
            What it changes
          </Button>
        )}
      </div>
    </div>
  );
}
