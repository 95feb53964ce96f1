import { listEndpoints } from '#contract/webhooks.ts';
import { showMail } from '#contract/workspaces.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Page } from '../../../parts/Page.tsx';
import { isSenior } from '../may.ts';
import classes from '../Settings.module.css';
import { WhoMay } from '../Shown.tsx';
import { Add } from './Add.tsx';
import { Endpoint } from './Endpoint.tsx';

/** What goes out: webhooks to programs, and mail to people. */
export function Webhooks() {
  const mayChange = isSenior(useMe());
  const endpoints = useAsk(listEndpoints);
  return (
    <Page
      title="Webhooks and mail"
      about="What happens here is sent on: to programs of yours as signed webhooks, to people as mail."
    >
      <div className={classes.stack}>
        <Card title="Webhooks" flush>
          <Asked of={endpoints}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="Nothing is sent anywhere yet">
                  {mayChange
                    ? 'Add the address of a program of yours below. Each message is signed, and tried again for three days when it does not arrive.'
                    : 'Leads and managers add the address of a program that is to be told.'}
                </Empty>
              ) : (
                <ul className={classes.rows}>
                  {items.map((endpoint) => (
                    <Endpoint key={endpoint.id} endpoint={endpoint} mayChange={mayChange} />
                  ))}
                </ul>
              )
            }
          </Asked>
        </Card>
        <Card title="Add an address">
          {mayChange ? (
            <Add />
          ) : (
            <WhoMay>Leads, managers and the facilitator add and change webhooks.</WhoMay>
          )}
        </Card>
        <Card title="Mail">
          <Mail />
        </Card>
      </div>
    </Page>
  );
}

function Mail() {
  const mail = useAsk(showMail);
  return (
    <Asked of={mail}>
      {({ sent }) =>
        sent ? (
          <p className={classes.note}>
            <Mark tone="good">Sent</Mark> Invitations, new passwords, handoffs, reminders and the week in
            numbers go out by mail. What you get yourself you choose in your profile.
          </p>
        ) : (
          <p className={classes.note}>
            <Mark tone="warn">Not sent</Mark> Invitations are handed over as links, and nobody is reminded by
            mail. Whoever runs this Leadpact sets <code className={classes.code}>SMTP_URL</code>, such as{' '}
            <code className={classes.code}>smtps://user:password@mail.example.com</code>, and starts it again.
          </p>
        )
      }
    </Asked>
  );
}
