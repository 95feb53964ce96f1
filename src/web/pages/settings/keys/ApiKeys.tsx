import { Button } from '@mantine/core';
import { useState } from 'react';
import { type ApiKey, listApiKeys, revokeApiKey } from '#contract/workspaces.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMembers } from '../../../app/members.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Party } from '../../../parts/Party.tsx';
import { When } from '../../../parts/When.tsx';
import classes from '../Settings.module.css';
import { Sure } from '../Sure.tsx';

export function ApiKeys({ mayRevoke }: { mayRevoke: boolean }) {
  const keys = useAsk(listApiKeys);
  return (
    <Asked of={keys}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="No API key yet">Programs that read leads or act for you come in with one.</Empty>
        ) : (
          <ul className={classes.rows}>
            {items.toSorted(laterFirst).map((key) => (
              <Line key={key.id} of={key} mayRevoke={mayRevoke} />
            ))}
          </ul>
        )
      }
    </Asked>
  );
}

const isOver = ({ revoked_at, expires_at }: ApiKey): boolean =>
  revoked_at !== null || (expires_at !== null && Date.parse(expires_at) <= Date.now());
const laterFirst = (a: ApiKey, b: ApiKey): number =>
  Number(isOver(a)) - Number(isOver(b)) || b.created_at.localeCompare(a.created_at);

function Line({ of: key, mayRevoke }: { of: ApiKey; mayRevoke: boolean }) {
  const { nameOf } = useMembers();
  const [isSure, setSure] = useState(false);
  const { id, name, prefix, scopes, party, member, created_at, expires_at, revoked_at, used_at } = key;
  const revoke = useAct(revokeApiKey, {
    changes: ['/api/api-keys'],
    said: () => `${name} is revoked, from this moment on.`,
    done: () => setSure(false),
  });
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <div className={classes.name}>
          {name}
          {member !== null ? (
            <Mark tone="accent">Acts for {nameOf(member)}</Mark>
          ) : (
            <Mark>Of the workspace</Mark>
          )}
          {party !== null && <Party party={party} />}
          {revoked_at !== null ? (
            <Mark tone="bad">Revoked</Mark>
          ) : (
            isOver(key) && <Mark tone="bad">Expired</Mark>
          )}
        </div>
        <div className={classes.quiet}>
          <code className={classes.code}>{prefix}…</code> · {scopes.join(', ')}
        </div>
        <div className={classes.quiet}>
          Made <When at={created_at} as="date" />,{' '}
          {used_at === null ? (
            'never used'
          ) : (
            <>
              last used <When at={used_at} />
            </>
          )}
          {expires_at !== null && revoked_at === null && (
            <>
              , {isOver(key) ? 'expired' : 'expires'} <When at={expires_at} as="date" />
            </>
          )}
        </div>
      </div>
      {mayRevoke && revoked_at === null && (
        <Button size="compact-sm" variant="default" onClick={() => setSure(true)}>
          Revoke
        </Button>
      )}
      <Sure
        opened={isSure}
        title={`Revoke ${name}`}
        does="Revoke"
        busy={revoke.isPending}
        onSure={() => revoke.mutate({ params: { key: id } })}
        onClose={() => setSure(false)}
      >
        Whatever uses it is refused from this moment on. This is not undone.
      </Sure>
    </li>
  );
}
