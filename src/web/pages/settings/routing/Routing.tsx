import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { showVersion } from '#contract/pacts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Failed } from '../../../app/Failed.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Page } from '../../../parts/Page.tsx';
import { usePact } from '../../pact/usePact.ts';
import classes from '../Settings.module.css';
import { DryRun } from './DryRun.tsx';

/** The engine reads the text of the version: it is fetched where it is needed alone. */
const Rules = lazy(() => import('./Rules.tsx').then(({ Rules }) => ({ default: Rules })));

/** To whom leads go by the version in force, and who would get one now. */
export function Routing() {
  const { known, error, refetch } = usePact();
  const inForce = known?.inForce ?? null;
  return (
    <Page
      title="Routing"
      about={
        <>
          Who gets a handoff is part of what was signed: <Link to="/pact">change it in the pact</Link>.
        </>
      }
    >
      {known === undefined && error !== null ? (
        <Failed error={error} reset={() => void refetch()} />
      ) : known !== undefined && inForce === null ? (
        <Card>
          <Empty title="No version is in force yet" action={<Link to="/pact">Go to the pact</Link>}>
            Queues and rules are part of the pact. They show here, and can be tried, as soon as both parties
            signed a version.
          </Empty>
        </Card>
      ) : (
        <div className={classes.stack}>
          <Card title="Who would get a lead now">
            <DryRun />
          </Card>
          {known !== undefined && known !== null && inForce !== null && (
            <Text pact={known.pact.id} number={inForce.number} />
          )}
        </div>
      )}
    </Page>
  );
}

function Text({ pact, number }: { pact: string; number: number }) {
  const version = useAsk(showVersion, { params: { pact, number } });
  return (
    <Asked of={version}>
      {({ text }) => (
        <Suspense
          fallback={
            <div aria-busy="true">
              <Card title="Rules">Reading the version…</Card>
            </div>
          }
        >
          <Rules text={text} version={number} />
        </Suspense>
      )}
    </Asked>
  );
}
