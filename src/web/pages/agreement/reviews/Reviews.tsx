import { Anchor, Button, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { callReview, listReviews, type ReviewSummary } from '#contract/reviews.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useList } from '../../../app/api/queries.ts';
import { many } from '../../../app/format/numbers.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { More } from '../../../parts/More.tsx';
import { Page } from '../../../parts/Page.tsx';
import { usePact } from '../../pact/usePact.ts';
import { reviewChanges } from './changes.ts';
import { dayIn, dayOf } from './days.ts';
import classes from './Reviews.module.css';

/** The joint reviews: when the next one is, and what became of those before. */
export function Reviews() {
  const me = useMe();
  const { known } = usePact();
  const reviews = useList(listReviews);
  const [isCalling, calling] = useDisclosure(false);
  const inForce = known?.inForce ?? null;
  const isDue = reviews.items.some(({ standing }) => standing === 'due');
  const mayCall = me.rank !== 'member' && known && inForce !== null && !isDue;
  return (
    <Page
      title="Reviews"
      about="Both teams look at the numbers together, and decide what the pact is to say next."
      actions={
        <>
          {mayCall && <Button onClick={calling.open}>Call a review</Button>}
          <Button component={Link} to="/pact/workshop" variant="default">
            Workshops
          </Button>
        </>
      }
    >
      <Asked of={reviews}>
        {() => (
          <Card flush>
            {reviews.items.length === 0 ? (
              <Empty
                title="No review yet"
                action={
                  inForce === null ? (
                    <Button component={Link} to="/pact" variant="default">
                      To the pact
                    </Button>
                  ) : undefined
                }
              >
                {inForce === null
                  ? 'Nothing is in force yet, so there is nothing to look back on.'
                  : 'The pact says how often one is held; it stands here before it is due. A lead or manager may call one earlier.'}
              </Empty>
            ) : (
              <ul className={classes.list}>
                {reviews.items.map((one) => (
                  <Row key={one.id} review={one} />
                ))}
              </ul>
            )}
          </Card>
        )}
      </Asked>
      <More of={reviews} />
      {known && (
        <Modal opened={isCalling} onClose={calling.close} title="Call a review">
          <Call pact={known.pact.id} />
        </Modal>
      )}
    </Page>
  );
}

const Row = ({ review: { id, due_on, standing, version, decisions } }: { review: ReviewSummary }) => {
  const isLate = standing === 'due' && due_on < dayIn(0);
  return (
    <li className={classes.row}>
      <Anchor component={Link} to={`/reviews/${id}`} fw={600}>
        {dayOf(due_on)}
      </Anchor>
      <Mark tone={standing === 'held' ? 'good' : isLate ? 'bad' : 'accent'}>
        {standing === 'held' ? 'Held' : isLate ? 'Overdue' : 'To be held'}
      </Mark>
      <span className={classes.quiet}>
        of version {version}; {decisions === 0 ? 'nothing decided' : `${many(decisions, 'decision')} made`}
      </span>
    </li>
  );
};

function Call({ pact }: { pact: string }) {
  const navigate = useNavigate();
  const [day, setDay] = useState(dayIn(7));
  const act = useAct(callReview, {
    changes: reviewChanges,
    done: ({ id }) => void navigate({ href: `/reviews/${id}` }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ params: { pact }, body: { due_on: day } });
      }}
    >
      <TextInput
        type="date"
        label="On which day"
        required
        min={dayIn(0)}
        value={day}
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
      />
      <Button type="submit" mt={14} loading={act.isPending}>
        Call it
      </Button>
    </form>
  );
}
