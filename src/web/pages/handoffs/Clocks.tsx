import type { HandoffReply } from '#contract/handoffs.ts';
import { Card } from '../../parts/Card.tsx';
import { Mark, type Tone } from '../../parts/Mark.tsx';
import { attemptsInWords } from './attempts.ts';
import classes from './Handoff.module.css';
import { terms } from './words.ts';

type Clock = HandoffReply['clocks'][number];

const standings: Record<Clock['standing'], { name: string; tone: Tone }> = {
  open: { name: 'Running', tone: 'neutral' },
  met: { name: 'Met', tone: 'good' },
  late: { name: 'Late', tone: 'bad' },
  void: { name: 'No longer asked', tone: 'neutral' },
};

/** What is asked of sales and by when, in words and in the zone the clocks run in. */
export const Clocks = ({ handoff: { clocks, owner_clock, attempts } }: { handoff: HandoffReply }) => (
  <Card title="Clocks">
    <dl className={classes.clocks}>
      {clocks.map(({ term, standing, words }) => (
        <div key={term}>
          <dt>
            {terms[term]} <Mark tone={standings[standing].tone}>{standings[standing].name}</Mark>
          </dt>
          {standing !== 'void' && <dd>{words.charAt(0).toUpperCase() + words.slice(1)}</dd>}
        </div>
      ))}
      {owner_clock !== null && (
        <div>
          <dt>Its owner</dt>
          <dd>{owner_clock.words.charAt(0).toUpperCase() + owner_clock.words.slice(1)}</dd>
        </div>
      )}
      <div>
        <dt>Attempts {attempts.met && <Mark tone="good">Enough</Mark>}</dt>
        <dd>{attemptsInWords(attempts)}</dd>
      </div>
    </dl>
  </Card>
);
