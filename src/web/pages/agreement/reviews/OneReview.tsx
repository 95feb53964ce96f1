import { Anchor, Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useParams } from '@tanstack/react-router';
import { closeReview, type Review, showReview } from '#contract/reviews.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { Opening } from '../../../app/Opening.tsx';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Page } from '../../../parts/Page.tsx';
import { Thread } from '../../threads/Thread.tsx';
import { Agenda } from './Agenda.tsx';
import { reviewChanges } from './changes.ts';
import { Decisions } from './Decisions.tsx';
import { dayOf } from './days.ts';
import { Learnt } from './Learnt.tsx';
import { Minutes } from './Minutes.tsx';
import classes from './Reviews.module.css';

/** A joint review: what the numbers say, what is said of them, what is decided. */
export function OneReview() {
  const { id } = useParams({ from: '/inside/reviews/$id' });
  const review = useAsk(showReview, { params: { review: id } });
  return (
    <Asked of={review} meanwhile={<Opening />}>
      {(one) => <Shown key={one.id} review={one} />}
    </Asked>
  );
}

function Shown({ review }: { review: Review }) {
  const me = useMe();
  const [isClosing, closing] = useDisclosure(false);
  const close = useAct(closeReview, {
    changes: reviewChanges,
    said: () => 'Held. Its minutes are kept.',
    done: closing.close,
  });
  const isHeld = review.standing === 'held';
  return (
    <Page
      title={`Review of ${dayOf(review.due_on)}`}
      marks={<Mark tone={isHeld ? 'good' : 'accent'}>{isHeld ? 'Held' : 'To be held'}</Mark>}
      about={
        <>
          Looks back on {dateOf(review.from)} to {dateOf(review.until)}, version {review.version}.{' '}
          <Anchor component={Link} to="/reviews" size="sm">
            All reviews
          </Anchor>
        </>
      }
      actions={!isHeld && me.rank !== 'member' && <Button onClick={closing.open}>It was held</Button>}
    >
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Agenda items={review.agenda} />
          <Decisions review={review} />
          <Learnt review={review} />
        </div>
        <aside className={classes.stack}>
          <Thread about="review" id={review.id} />
          <Minutes review={review.id} due={review.due_on} />
        </aside>
      </div>
      <Modal opened={isClosing} onClose={closing.close} title="Was it held?">
        <Text size="sm" mb={14}>
          Its minutes are kept as they are now: the agenda, what was said and what was decided. The next
          review is due when the pact says.
        </Text>
        <Button loading={close.isPending} onClick={() => close.mutate({ params: { review: review.id } })}>
          Keep the minutes
        </Button>
      </Modal>
    </Page>
  );
}
