import { Card } from '../../../parts/Card.tsx';
import { Page } from '../../../parts/Page.tsx';
import classes from '../Settings.module.css';
import { Demo } from './Demo.tsx';
import { Erase } from './Erase.tsx';
import { Exports } from './Exports.tsx';
import { Imports } from './Imports.tsx';
import { Retention } from './Retention.tsx';
import { Send } from './Send.tsx';

/** What comes in by file, what goes out, how long it is kept, and how it is forgotten. */
export function Data() {
  return (
    <Page
      title="Data"
      about="It is yours: bring it in as it is, take all of it out again, and forget a person when they ask."
    >
      <div className={classes.stack}>
        <Demo />
        <Card title="Import a file">
          <Send />
        </Card>
        <Card title="Imports" flush>
          <Imports />
        </Card>
        <Card title="Export">
          <Exports />
        </Card>
        <Card title="Retention">
          <Retention />
        </Card>
        <Card title="Erase a person">
          <Erase />
        </Card>
      </div>
    </Page>
  );
}
