import { useMe } from '../../../app/session.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Page } from '../../../parts/Page.tsx';
import classes from '../Settings.module.css';
import { WhoMay } from '../Shown.tsx';
import { ApiKeys } from './ApiKeys.tsx';
import { MakeApiKey } from './MakeApiKey.tsx';
import { MakeWriteKey } from './MakeWriteKey.tsx';
import { WriteKeys } from './WriteKeys.tsx';

/** By what websites and programs come in. */
export function Keys() {
  const me = useMe();
  const maySee = me.rank !== 'member';
  const mayMake = me.rank === 'manager';
  return (
    <Page title="Keys" about="Write keys bring events in. API keys read and do what their scopes say.">
      <div className={classes.stack}>
        <Card title="Write keys" flush>
          {maySee ? <WriteKeys mayRevoke={mayMake} /> : <Unseen />}
        </Card>
        {mayMake && (
          <Card title="Make a write key">
            <MakeWriteKey />
          </Card>
        )}
        <Card title="API keys" flush>
          {maySee ? <ApiKeys mayRevoke={mayMake} /> : <Unseen />}
        </Card>
        <Card title="Make an API key">
          {!mayMake && (
            <WhoMay>
              You can make a key that acts for you. Keys of the workspace and write keys are made and revoked
              by managers.
            </WhoMay>
          )}
          <MakeApiKey mayForWorkspace={mayMake} />
        </Card>
      </div>
    </Page>
  );
}

const Unseen = () => (
  <p className={classes.nobody}>Leads and managers of either party see which keys there are.</p>
);
