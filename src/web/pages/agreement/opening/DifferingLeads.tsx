import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type Opening, showDifferingLeads } from '#contract/openings.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { count, many } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Stage } from '../../../parts/Stage.tsx';
import classes from './Opening.module.css';
import { WholeHistory } from './WholeHistory.tsx';

/** On which real leads the two definitions say something else. */
export function DifferingLeads({ opening }: { opening: Opening }) {
  const leads = useAsk(showDifferingLeads, { params: { opening: opening.id } });
  return (
    <Card title="On which leads it matters">
      <Asked of={leads}>
        {({ judged, of, mqls, differing, items }) => (
          <>
            <p className={classes.quiet}>
              {judged === of ? `All ${many(of, 'lead')}` : `${count(judged)} of ${many(of, 'lead')}`} were
              judged under both. Marketing calls {count(mqls.marketing)} an MQL, sales {count(mqls.sales)},
              both {count(mqls.both)}. The verdict differs on {count(differing)}.
            </p>
            {opening.pact !== null && opening.texts !== null && (
              <WholeHistory pact={opening.pact} texts={opening.texts} />
            )}
            <ul className={classes.leads}>
              {items.map(({ id, name, marketing, sales }) => (
                <li key={id}>
                  <Anchor component={Link} to={`/leads/${id}`} size="sm">
                    {name}
                  </Anchor>
                  <span className={classes.verdicts}>
                    <span>
                      marketing <Stage stage={marketing} />
                    </span>
                    <span>
                      sales <Stage stage={sales} />
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Asked>
    </Card>
  );
}
