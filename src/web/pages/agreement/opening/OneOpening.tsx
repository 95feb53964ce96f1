import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type Opening, showOpening } from '#contract/openings.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateAndTime } from '../../../app/format/dates.ts';
import { Opening as Outline } from '../../../app/Opening.tsx';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Page } from '../../../parts/Page.tsx';
import { Party } from '../../../parts/Party.tsx';
import { Choosing } from './Choosing.tsx';
import classes from './Opening.module.css';
import { OwnText } from './OwnText.tsx';
import { standings } from './standings.ts';

/** Two private drafts: written unseen, then chosen from. */
export function OneOpening() {
  const { id } = useParams({ from: '/inside/pact/opening/$id' });
  const opening = useAsk(showOpening, { params: { opening: id } });
  return (
    <Asked of={opening} meanwhile={<Outline />}>
      {(one) => <Shown key={one.id} opening={one} />}
    </Asked>
  );
}

function Shown({ opening }: { opening: Opening }) {
  const me = useMe();
  const [tone, word] = standings[opening.standing];
  return (
    <Page
      wide
      title={opening.name}
      marks={<Mark tone={tone}>{word}</Mark>}
      about={
        <Anchor component={Link} to="/pact/opening" size="sm">
          Two private drafts
        </Anchor>
      }
    >
      <div className={classes.parties}>
        {(['marketing', 'sales'] as const).map((party) => (
          <div key={party}>
            <Party party={party} />{' '}
            <span>
              {opening[party].handed_in_at !== null
                ? `in since ${dateAndTime(opening[party].handed_in_at)}`
                : party === me.party
                  ? 'you are writing'
                  : 'is writing, unseen by the other side'}
            </span>
          </div>
        ))}
      </div>
      {opening.standing === 'writing' && <Written opening={opening} party={me.party} />}
      {opening.standing === 'choosing' && <Choosing opening={opening} />}
      {opening.standing === 'settled' && opening.draft !== null && (
        <Card title="One draft of both">
          <Text size="sm" mb={12}>
            Every difference was chosen. The draft is read, tried and signed like any other.
          </Text>
          <Group gap={8}>
            <Button component={Link} to={`/pact/drafts/${opening.draft.number}`}>
              Go to version {opening.draft.number}
            </Button>
            <Button
              component={Link}
              to={`/pact/drafts/${opening.draft.number}?show=effect`}
              variant="default"
            >
              Replay it over the whole history
            </Button>
          </Group>
        </Card>
      )}
    </Page>
  );
}

function Written({ opening, party }: { opening: Opening; party: 'marketing' | 'sales' | null }) {
  if (party === null) {
    return (
      <Card>
        <Text size="sm">
          The facilitator belongs to neither side and writes for none. Once both are in, what differs stands
          here.
        </Text>
      </Card>
    );
  }
  if (opening[party].handed_in_at !== null) {
    return (
      <Card>
        <Text size="sm">
          Your side is in: its text stays as it is. What differs stands here as soon as{' '}
          {party === 'marketing' ? 'sales' : 'marketing'} is in too.
        </Text>
      </Card>
    );
  }
  return <OwnText opening={opening} party={party} />;
}
