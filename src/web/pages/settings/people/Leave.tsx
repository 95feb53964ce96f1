import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { listHandoffs } from '#contract/handoffs.ts';
import { type Member, removeMember } from '#contract/people.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { count, many } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Sure } from '../Sure.tsx';

const MOST = 200;

/** Somebody goes: what they can no longer do, and what becomes of what is open with them. */
export function Leave({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) {
  const open = useAsk(listHandoffs, { query: { owner: member.id, limit: MOST } }, { enabled: opened });
  const leave = useAct(removeMember, {
    changes: ['/api/members', '/api/api-keys', '/api/session'],
    said: () => `${member.name} has left.`,
    done: onClose,
  });
  return (
    <Sure
      opened={opened}
      title={`${member.name} leaves`}
      does="They leave"
      busy={leave.isPending}
      onSure={() => leave.mutate({ params: { member: member.id } })}
      onClose={onClose}
    >
      <Text size="sm" mb="sm">
        From now on they see nothing here, get no handoffs, and keys that act for them are revoked. What they
        said and signed stays. They can be invited again.
      </Text>
      <Asked of={open} meanwhile={<Text size="sm">Looking for their open handoffs…</Text>}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Text size="sm">No handoff is open with them.</Text>
          ) : (
            <Text size="sm">
              <Link to="/handoffs" search={{ owner: member.id }}>
                {next === null
                  ? many(items.length, 'open handoff')
                  : `More than ${count(MOST)} open handoffs`}
              </Link>{' '}
              stay under their name and the clocks go on. Have a lead of sales give them to somebody else,
              best before this.
            </Text>
          )
        }
      </Asked>
    </Sure>
  );
}
