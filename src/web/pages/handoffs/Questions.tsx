import type { HandoffReply } from '#contract/handoffs.ts';
import { Card } from '../../parts/Card.tsx';
import classes from './Handoff.module.css';

/** What both parties agreed to ask before a lead is called an SQL. */
export const Questions = ({ packet }: Pick<HandoffReply, 'packet'>) => (
  <Card title="What makes it an SQL">
    <ul className={classes.questions}>
      {packet.asked.questions.map(({ id, ask, required, options }) => (
        <li key={id}>
          {ask}
          {required && <span className={classes.quiet}> (wanted)</span>}
          {options !== undefined && <span className={classes.quiet}> {options.join(', ')}</span>}
        </li>
      ))}
    </ul>
  </Card>
);
