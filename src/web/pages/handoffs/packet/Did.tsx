import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HandoffReply } from '#contract/handoffs.ts';
import { many } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { When } from '../../../parts/When.tsx';
import classes from './packet.module.css';

const FIRST = 8;

/** What the lead did until it was handed over, the latest first, and what it read about. */
export function Did({ packet: { timeline, topics } }: Pick<HandoffReply, 'packet'>) {
  const [all, setAll] = useState(false);
  // Two alike may have happened at one instant; the packet never changes.
  const deeds = timeline.map((deed, i) => ({ ...deed, key: `${deed.at} ${i}` }));
  const shown = all ? deeds : deeds.slice(0, FIRST);
  return (
    <Card title="What they did">
      {timeline.length === 0 ? (
        <p className={classes.quiet}>Nothing was seen of this lead yet: it is known by its attributes.</p>
      ) : (
        <ol className={classes.deeds}>
          {shown.map(({ key, at, type, about }) => (
            <li key={key}>
              <span>
                {type === 'page' ? 'Viewed' : type} {about !== null && <b>{about}</b>}
              </span>
              <span className={classes.quiet}>
                <When at={at} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {timeline.length > shown.length && (
        <Button variant="subtle" size="compact-sm" mt={6} onClick={() => setAll(true)}>
          Show {many(timeline.length - shown.length, 'more', 'more')}
        </Button>
      )}
      {topics.length > 0 && (
        <>
          <h3 className={classes.sub}>Topics</h3>
          <ul className={classes.topics}>
            {topics.map(({ topic, times }) => (
              <li key={topic}>
                {topic} <span className={classes.quiet}>× {times}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
