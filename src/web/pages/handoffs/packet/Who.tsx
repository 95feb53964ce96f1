import { Link } from '@tanstack/react-router';
import type { HandoffReply } from '#contract/handoffs.ts';
import { points } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { Grade } from '../../../parts/Grade.tsx';
import classes from './packet.module.css';

/** Who it is, as far as the pact wants it known; and the grade they came with. */
export const Who = ({ handoff: { lead, packet } }: { handoff: HandoffReply }) => (
  <Card
    title="Who"
    aside={
      <Link to="/leads/$id" params={{ id: lead.id }}>
        Open the lead
      </Link>
    }
  >
    <dl className={classes.facts}>
      {Object.entries(packet.lead).map(([name, value]) => (
        <div key={name}>
          <dt>{attributeName(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>Grade</dt>
        <dd>
          <Grade grade={packet.grade} /> fit {points(packet.fit)}, interest {points(packet.interest)}
        </dd>
      </div>
    </dl>
  </Card>
);

/** `account.name` is "Account name". */
function attributeName(name: string): string {
  const words = name.replaceAll(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
