import { Anchor } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type Account as AccountReply, showAccount } from '#contract/accounts.ts';
import { useAsk } from '../../app/api/queries.ts';
import { money } from '../../app/format/numbers.ts';
import { Asked } from '../../parts/Asked.tsx';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Grade } from '../../parts/Grade.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Page } from '../../parts/Page.tsx';
import { Stage } from '../../parts/Stage.tsx';
import { When } from '../../parts/When.tsx';
import { Facts } from '../leads/Facts.tsx';
import { nameOf } from '../leads/nameOf.ts';
import classes from './Accounts.module.css';

/** One company: its people, what was handed over, what came of it. */
export function Account() {
  const { id } = useParams({ from: '/inside/accounts/$id' });
  const account = useAsk(showAccount, { params: { id } });
  return <Asked of={account}>{(answer) => <Known account={answer} />}</Asked>;
}

function Known({ account }: { account: AccountReply }) {
  const { name, domain, people, handoffs, deals } = account;
  return (
    <Page
      title={name ?? domain ?? 'An account'}
      about={name === null ? undefined : domain}
      marks={<Grade grade={account.best_grade} />}
    >
      <div className={classes.columns}>
        <div>
          <Card
            title="People"
            flush
            aside={
              account.leads > people.length && (
                <Link to="/leads" search={{ account: account.id }}>
                  All {account.leads}
                </Link>
              )
            }
          >
            {people.length === 0 && <Empty title="Nobody of this company is a lead now" />}
            {people.map((lead) => (
              <div key={lead.id} className={classes.row}>
                <Link to="/leads/$id" params={{ id: lead.id }} className={classes.name}>
                  {nameOf(lead)}
                </Link>
                <span>
                  <Stage stage={lead.stage} />
                </span>
                <Grade grade={lead.grade} />
              </div>
            ))}
          </Card>
          {handoffs.length > 0 && (
            <Card title="Handoffs" flush>
              {handoffs.map((handoff) => (
                <div key={handoff.id} className={classes.row}>
                  <Anchor component={Link} to={`/handoffs/${handoff.id}`} className={classes.name}>
                    {nameOf(handoff.lead)}
                  </Anchor>
                  <span>
                    <Mark>{handoff.standing}</Mark>
                  </span>
                  <span className={classes.quiet}>
                    <When at={handoff.offered_at} />
                  </span>
                </div>
              ))}
            </Card>
          )}
          {deals.length > 0 && (
            <Card title="Deals" flush>
              {deals.map((deal) => (
                <div key={deal.id} className={classes.row}>
                  <span>{deal.name ?? 'A deal'}</span>
                  <span>
                    <Mark
                      tone={deal.outcome === 'won' ? 'good' : deal.outcome === 'lost' ? 'bad' : 'neutral'}
                    >
                      {deal.outcome}
                    </Mark>
                  </span>
                  <span>{deal.amount === null ? '' : money(deal.amount, deal.currency ?? 'USD')}</span>
                </div>
              ))}
            </Card>
          )}
        </div>
        <div>
          <Facts attributes={account.attributes} />
        </div>
      </div>
    </Page>
  );
}
