import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import {
  changeEndpoint,
  removeEndpoint,
  rotateSecret,
  type Endpoint as Shown,
  testEndpoint,
} from '#contract/webhooks.ts';
import { useAct } from '../../../app/api/acts.ts';
import { ago } from '../../../app/format/dates.ts';
import { Mark } from '../../../parts/Mark.tsx';
import { When } from '../../../parts/When.tsx';
import classes from '../Settings.module.css';
import { ShownOnce } from '../Shown.tsx';
import { Sure } from '../Sure.tsx';
import { Change } from './Change.tsx';
import { Deliveries } from './Deliveries.tsx';
import { Replay } from './Replay.tsx';

const changes = ['/api/webhooks'];
type Asking = 'change' | 'remove' | 'replay' | null;

/** One address that is told: whether it hears, and what can be done about it. */
export function Endpoint({ endpoint, mayChange }: { endpoint: Shown; mayChange: boolean }) {
  const { id, url, topics } = endpoint;
  const params = { endpoint: id };
  const [isOpen, setOpen] = useState(false);
  const [asking, setAsking] = useState<Asking>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const isOn = endpoint.disabled_at === null;
  const close = (): void => setAsking(null);
  const test = useAct(testEndpoint, {
    changes,
    done: () => {
      setOpen(true);
      notifications.show({ message: 'A test.ping is on its way. See below whether it arrives.' });
    },
  });
  const rotate = useAct(rotateSecret, { changes, done: (answer) => setSecret(answer.secret) });
  const change = useAct(changeEndpoint, {
    changes,
    said: (_, { disabled_at }) =>
      disabled_at === null ? 'It is told again.' : 'It is told nothing for now.',
  });
  const remove = useAct(removeEndpoint, { changes, said: () => 'Removed.', done: close });
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <div className={classes.name}>
          {url} <State of={endpoint} />
        </div>
        <div className={classes.quiet}>
          {topics.join(', ')} · added <When at={endpoint.created_at} as="date" />
        </div>
        {endpoint.disabled_why !== null && <div className={classes.quiet}>{endpoint.disabled_why}</div>}
        {endpoint.former_until !== null && (
          <div className={classes.quiet}>
            The former secret signs too, until <When at={endpoint.former_until} />.
          </div>
        )}
      </div>
      <div className={classes.acts}>
        <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Deliveries
        </Button>
        {mayChange && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!isOn}
              loading={test.isPending}
              onClick={() => test.mutate({ params })}
            >
              Test
            </Button>
            {!isOn && (
              <Button size="compact-sm" onClick={() => change.mutate({ params, body: { enabled: true } })}>
                Enable
              </Button>
            )}
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="compact-sm" variant="default" px={8} aria-label={`More to do with ${url}`}>
                  <IconDots size={16} aria-hidden />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setAsking('change')}>Change address or topics</Menu.Item>
                <Menu.Item onClick={() => setAsking('replay')}>Send again</Menu.Item>
                <Menu.Item onClick={() => rotate.mutate({ params })}>Sign with a new secret</Menu.Item>
                {isOn && (
                  <Menu.Item onClick={() => change.mutate({ params, body: { enabled: false } })}>
                    Disable
                  </Menu.Item>
                )}
                <Menu.Item color="red" onClick={() => setAsking('remove')}>
                  Remove
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </div>
      {secret !== null && (
        <div className={classes.whole}>
          <ShownOnce title="The new secret" text={secret} onDone={() => setSecret(null)}>
            <span>For 24 hours the former one signs as well: exchange it until then.</span>
          </ShownOnce>
        </div>
      )}
      {isOpen && (
        <div className={classes.whole}>
          <Deliveries endpoint={id} />
        </div>
      )}
      <Change endpoint={endpoint} opened={asking === 'change'} onClose={close} />
      <Replay endpoint={id} opened={asking === 'replay'} onClose={close} />
      <Sure
        opened={asking === 'remove'}
        title="Send nothing there any more"
        does="Remove"
        busy={remove.isPending}
        onSure={() => remove.mutate({ params })}
        onClose={close}
      >
        {url} is told nothing any more, and what was sent there is forgotten. This is not undone.
      </Sure>
    </li>
  );
}

const State = ({ of: { disabled_at, failing_since } }: { of: Shown }) =>
  disabled_at !== null ? (
    <Mark tone="bad">Disabled {ago(disabled_at)}</Mark>
  ) : failing_since !== null ? (
    <Mark tone="warn">Failing since {ago(failing_since)}</Mark>
  ) : (
    <Mark tone="good">On</Mark>
  );
