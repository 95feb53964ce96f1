import type { HandoffReply } from '#contract/handoffs.ts';
import { Card } from '../../../parts/Card.tsx';
import classes from './packet.module.css';

export const WhyNow = ({ sentences }: { sentences: HandoffReply['why_now'] }) => (
  <Card title="Why now">
    {sentences.length === 0 ? (
      <p className={classes.quiet}>Nothing stands out.</p>
    ) : (
      <ul className={classes.why}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    )}
  </Card>
);
