import { Page } from '../../../parts/Page.tsx';
import classes from '../Settings.module.css';
import { Arrivals } from './Arrivals.tsx';
import { Quarantine } from './Quarantine.tsx';
import { Stuck } from './Stuck.tsx';

/** What websites and servers send, as it arrives, and what of it could not be taken. */
export function Events() {
  return (
    <Page
      title="Events"
      about="What arrives is shown as it arrives. What is refused waits in quarantine, whole, until somebody says what becomes of it."
    >
      <div className={classes.stack}>
        <Stuck />
        <Arrivals />
        <Quarantine />
      </div>
    </Page>
  );
}
