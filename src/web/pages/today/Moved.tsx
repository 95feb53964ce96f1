import type { Today } from '#contract/today.ts';
import { Card } from '../../parts/Card.tsx';
import { Grade } from '../../parts/Grade.tsx';
import { Stage, stageName } from '../../parts/Stage.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Today.module.css';
import { ToLead } from './ToLead.tsx';

type Moves = NonNullable<Today['rep']>['moved'];

/** What became of one's leads since yesterday. */
export const Moved = ({ moves, since }: { moves: Moves; since: string }) => (
  <Card
    title="What moved on your leads"
    aside={
      <>
        since <When at={since} as="date" />
      </>
    }
  >
    {moves.length === 0 ? (
      <p className={classes.quiet}>None of your leads moved.</p>
    ) : (
      <ul className={classes.list}>
        {moves.map(({ lead, at, from, to, grade }) => (
          <li key={`${lead.id} ${at} ${to}`} className={classes.apart}>
            <span className={classes.line}>
              <ToLead lead={lead} />
              {grade !== null && <Grade grade={grade} />}
              <Stage stage={to} />
              {from !== null && <span className={classes.quiet}>from {stageName(from)}</span>}
            </span>
            <span className={classes.quiet}>
              <When at={at} />
            </span>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
