import { Button } from '@mantine/core';
import { useState } from 'react';
import { listWriteKeys, revokeWriteKey, type WriteKey } from '#contract/workspaces.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { When } from '../../../parts/When.tsx';
import classes from '../Settings.module.css';
import { Copy } from '../Shown.tsx';
import { Sure } from '../Sure.tsx';
import { Snippets } from './Snippets.tsx';

export const trusts = {
  browser: {
    name: 'For browsers',
    about:
      'Stands in the source of your website, where everybody can read it. It only brings events in, and what it says about who somebody is counts for less than what a server says.',
  },
  server: {
    name: 'For a server',
    about:
      'Kept secret on a server of yours. What it says about who somebody is is believed, and its times are taken as they are.',
  },
} as const;

export function WriteKeys({ mayRevoke }: { mayRevoke: boolean }) {
  const keys = useAsk(listWriteKeys);
  return (
    <Asked of={keys}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="No write key yet">
            {mayRevoke
              ? 'Make one below, and send events with it: Segment and RudderStack clients work as they are.'
              : 'A manager makes one: with it websites and servers send events.'}
          </Empty>
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

/** Those in use before those that are over; the latest first. */
const laterFirst = (a: WriteKey, b: WriteKey): number =>
  Number(a.revoked_at !== null) - Number(b.revoked_at !== null) || b.created_at.localeCompare(a.created_at);

function Line({
  of: { id, name, key, trust, created_at, revoked_at },
  mayRevoke,
}: {
  of: WriteKey;
  mayRevoke: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const [isSure, setSure] = useState(false);
  const revoke = useAct(revokeWriteKey, {
    changes: ['/api/write-keys'],
    said: () => `${name} is revoked. Within ten seconds what is sent with it is refused.`,
    done: () => setSure(false),
  });
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <div className={classes.name}>
          {name} <Mark>{trusts[trust].name}</Mark>
          {revoked_at !== null && <Mark tone="bad">Revoked</Mark>}
        </div>
        <div className={classes.quiet}>
          <code className={classes.code}>{key}</code> · made <When at={created_at} as="date" />
          {revoked_at !== null && (
            <>
              , revoked <When at={revoked_at} as="date" />
            </>
          )}
        </div>
      </div>
      {revoked_at === null && (
        <div className={classes.acts}>
          <Copy text={key} />
          <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            How to send
          </Button>
          {mayRevoke && (
            <Button size="compact-sm" variant="default" onClick={() => setSure(true)}>
              Revoke
            </Button>
          )}
        </div>
      )}
      {isOpen && (
        <div className={classes.whole}>
          <Snippets writeKey={key} trust={trust} />
        </div>
      )}
      <Sure
        opened={isSure}
        title={`Revoke ${name}`}
        does="Revoke"
        busy={revoke.isPending}
        onSure={() => revoke.mutate({ params: { key: id } })}
        onClose={() => setSure(false)}
      >
        What is sent with it is refused from then on, and is not kept. Clients that still use it lose what
        they send: give them another key first. This is not undone.
      </Sure>
    </li>
  );
}
