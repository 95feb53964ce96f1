/** What people say about a lead, an account, a handoff or a review: messages, decisions, duties. */
import { showThread } from '#contract/threads.ts';
import { useList } from '../../app/api/queries.ts';
import { Asked } from '../../parts/Asked.tsx';
import { Card } from '../../parts/Card.tsx';
import { More } from '../../parts/More.tsx';
import { Said } from './Said.tsx';
import classes from './Thread.module.css';
import { Write } from './Write.tsx';

export type Place = { about: 'lead' | 'account' | 'handoff' | 'review'; id: string };

const openings: Record<Place['about'], string> = {
  lead: 'Nothing was said about this lead yet.',
  account: 'Nothing was said about this account yet.',
  handoff: 'Nothing was said about this handoff yet.',
  review: 'Nothing was said in this review yet.',
};

export function Thread({ about, id }: Place) {
  const thread = useList(showThread, { params: { about, id } });
  // The latest page comes first, and in it the latest last.
  const messages = thread.data?.pages.toReversed().flatMap(({ items }) => items) ?? [];
  return (
    <Card title="Thread">
      <Asked of={thread}>
        {() => (
          <>
            <More of={thread} words="Show earlier" />
            {messages.length === 0 ? (
              <p className={classes.nothing}>
                {openings[about]} Ask, keep a decision, or give somebody a duty with a day.
              </p>
            ) : (
              <ol className={classes.messages}>
                {messages.map((message) => (
                  <Said key={message.id} message={message} />
                ))}
              </ol>
            )}
          </>
        )}
      </Asked>
      <Write about={about} id={id} />
    </Card>
  );
}
