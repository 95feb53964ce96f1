import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type Lead, listLeads } from '#contract/leads.ts';
import { useAsk } from '../../app/api/queries.ts';
import { Asked } from '../../parts/Asked.tsx';
import { Card } from '../../parts/Card.tsx';
import { Stage } from '../../parts/Stage.tsx';
import classes from './Lead.module.css';
import { nameOf } from './nameOf.ts';

/** The company, and who else of it is a lead. */
export function AccountCard({ lead: { id, account } }: { lead: Lead }) {
  const others = useAsk(
    listLeads,
    { query: { account: account?.id, sort: 'last_activity', limit: 6 } },
    { enabled: account !== null },
  );
  if (account === null) return null;
  return (
    <Card
      title="Account"
      aside={
        <Anchor component={Link} to={`/accounts/${account.id}`} size="sm">
          {account.name ?? account.domain}
        </Anchor>
      }
    >
      <Asked of={others}>
        {({ items }) => {
          const rest = items.filter((one) => one.id !== id).slice(0, 5);
          if (rest.length === 0)
            return <span className={classes.quiet}>Nobody else of this company is a lead yet.</span>;
          return (
            <ul className={classes.list}>
              {rest.map((one) => (
                <li key={one.id} className={classes.line}>
                  <Anchor component={Link} to={`/leads/${one.id}`} size="sm">
                    {nameOf(one)}
                  </Anchor>
                  <Stage stage={one.stage} />
                </li>
              ))}
            </ul>
          );
        }}
      </Asked>
    </Card>
  );
}
