import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { listStuck, refoldLead, type StuckLead } from '#contract/stuck.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useList } from '../../../app/api/queries.ts';
import { many } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { More } from '../../../parts/More.tsx';
import { When } from '../../../parts/When.tsx';
import classes from '../Settings.module.css';

/** Leads whose judgement fails, and why. Mostly there are none, and then nothing is said of it. */
export function Stuck() {
  const list = useList(listStuck, { query: { limit: 50 } });
  if (list.items.length === 0) return null;
  return (
    <Card title="Leads that cannot be judged" flush>
      <ul id="stuck" className={classes.rows} aria-label="Leads that cannot be judged">
        {list.items.map((one) => (
          <OneStuck key={one.lead.id} stuck={one} />
        ))}
      </ul>
      <More of={list} className={classes.tools} />
    </Card>
  );
}

function OneStuck({ stuck: { lead, error, attempts, since, retry_at } }: { stuck: StuckLead }) {
  const name = lead.name ?? lead.email ?? 'A lead without a name';
  const refold = useAct(refoldLead, {
    changes: ['/api/leads', '/api/today'],
    said: () => `${name} is judged again.`,
  });
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <div className={classes.name}>
          <Link to="/leads/$id" params={{ id: lead.id }}>
            {name}
          </Link>
        </div>
        <div className={classes.quiet}>{error}</div>
        <div className={classes.quiet}>
          {many(attempts, 'attempt')}, since <When at={since} />;{' '}
          {retry_at === null ? (
            'it waits for somebody to try again'
          ) : (
            <>
              tried again <When at={retry_at} />
            </>
          )}
        </div>
      </div>
      <div className={classes.acts}>
        <Button
          size="compact-sm"
          variant="default"
          loading={refold.isPending}
          onClick={() => refold.mutate({ params: { id: lead.id } })}
        >
          Judge it again
        </Button>
      </div>
    </li>
  );
}
