import { Anchor, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { showWorkshop, type Workshop } from '#contract/workshops.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateAndTime } from '../../../app/format/dates.ts';
import { Opening } from '../../../app/Opening.tsx';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Page } from '../../../parts/Page.tsx';
import { Party } from '../../../parts/Party.tsx';
import { Labelling } from './Labelling.tsx';
import { Result } from './Result.tsx';
import classes from './Workshop.module.css';

/** One workshop: leads to be labelled, then what came of it. */
export function OneWorkshop() {
  const { id } = useParams({ from: '/inside/pact/workshop/$id' });
  const workshop = useAsk(showWorkshop, { params: { workshop: id } });
  return (
    <Asked of={workshop} meanwhile={<Opening />}>
      {(one) => <Shown key={one.id} workshop={one} />}
    </Asked>
  );
}

function Shown({ workshop }: { workshop: Workshop }) {
  const me = useMe();
  const { name, leads, version, standing } = workshop;
  return (
    <Page
      title={name}
      about={
        <>
          {leads} leads{version === null ? '' : `, picked while version ${version} was in force`}.{' '}
          <Anchor component={Link} to="/pact/workshop" size="sm">
            All workshops
          </Anchor>
        </>
      }
    >
      <div className={classes.parties}>
        {(['marketing', 'sales'] as const).map((party) => (
          <span key={party}>
            <Party party={party} /> {progressOf(workshop, party)}
          </span>
        ))}
      </div>
      {standing === 'done' ? (
        <Result workshop={workshop.id} />
      ) : me.party === null ? (
        <Card>
          <Text size="sm">
            The facilitator belongs to neither team and labels for none. What came of it stands here once both
            have finished.
          </Text>
        </Card>
      ) : workshop[me.party].finished_at === null ? (
        <Labelling workshop={workshop} />
      ) : (
        <Card>
          <Text size="sm">
            Your team has finished. How far both agree stands here as soon as{' '}
            {me.party === 'marketing' ? 'sales' : 'marketing'} has finished too.
          </Text>
        </Card>
      )}
    </Page>
  );
}

/** How far a side is; of the other side only whether it has finished. */
function progressOf(workshop: Workshop, party: 'marketing' | 'sales'): string {
  const { labelled, finished_at: at } = workshop[party];
  if (at !== null) return `finished ${dateAndTime(at)}`;
  return labelled === null ? 'is labelling' : `${labelled} of ${workshop.leads} labelled`;
}
