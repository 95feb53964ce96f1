import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Party } from '../../parts/Party.tsx';
import { Invite } from './Invite.tsx';
import classes from './Start.module.css';

/** Who is here, and who else should be. */
export function People() {
  const me = useMe();
  const { present } = useMembers();
  return (
    <>
      <ul className={classes.people}>
        {present.slice(0, 12).map(({ id, name, party, rank, joined_at }) => (
          <li key={id}>
            {name} <Party party={party} /> {rank}
            {joined_at === null && ', invited'}
          </li>
        ))}
      </ul>
      {me.rank === 'manager' ? <Invite /> : 'A manager invites people.'}
    </>
  );
}
