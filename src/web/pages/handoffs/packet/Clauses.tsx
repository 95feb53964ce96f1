import type { HandoffReply } from '#contract/handoffs.ts';
import { count, points } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import classes from './packet.module.css';

type Reasons = HandoffReply['packet']['met'];

const groups = [
  { of: 'met', name: 'Met', sign: '✓' },
  { of: 'not_met', name: 'Not met', sign: '✕' },
  { of: 'unknown', name: 'Not known', sign: '?' },
] as const;

/** Every clause by what it came to. What is not known is neither met nor not met. */
export const Clauses = ({ packet }: Pick<HandoffReply, 'packet'>) => (
  <Card title="By the pact">
    {groups.map(({ of, name, sign }) => (
      <Group key={of} of={of} name={name} sign={sign} reasons={packet[of]} />
    ))}
  </Card>
);

type GroupProps = { of: string; name: string; sign: string; reasons: Reasons };

function Group({ of, name, sign, reasons }: GroupProps) {
  if (reasons.length === 0) return null;
  return (
    <details className={classes.group} open={of === 'met' || reasons.length <= 5}>
      <summary>
        {name} <span className={classes.quiet}>{count(reasons.length)}</span>
      </summary>
      <ul className={classes.clauses}>
        {reasons.map(({ criterion, kind, because, points: worth }) => (
          <li key={`${kind} ${criterion}`}>
            <span className={classes.sign} data-of={of} aria-hidden>
              {sign}
            </span>
            <span>{because}</span>
            <span className={classes.points}>
              {worth === 0 ? '' : `${worth > 0 ? '+' : ''}${points(worth)}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
