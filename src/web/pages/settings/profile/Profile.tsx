import { useMe } from '../../../app/session.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Page } from '../../../parts/Page.tsx';
import { partyName } from '../../../parts/Party.tsx';
import classes from '../Settings.module.css';
import { Name } from './Name.tsx';
import { Password } from './Password.tsx';
import { MailKinds, Reading } from './Preferences.tsx';
import { SecondFactor } from './SecondFactor.tsx';

/** What is one's own: name, password, second factor, and how one likes to see things. */
export function Profile() {
  const me = useMe();
  return (
    <Page title="Profile" about={`${me.email} · ${partyName(me.party)}, ${me.rank}`}>
      <div className={classes.stack}>
        <Card title="Name">
          <Name />
        </Card>
        <Card title="How you like to read">
          <Reading />
        </Card>
        <Card title="Mail">
          <MailKinds />
        </Card>
        <Card title="Password">
          <Password />
        </Card>
        <Card title="Second factor">
          <SecondFactor />
        </Card>
      </div>
    </Page>
  );
}
