import { Anchor, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Effect, type LeadList, listBacktestLeads } from '#contract/backtests.ts';
import { useList } from '../../../app/api/queries.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { count } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { More } from '../../../parts/More.tsx';
import classes from './Effect.module.css';

const nothing: Record<LeadList, string> = {
  gained: 'No lead becomes an MQL that is none now.',
  lost: 'No MQL of now ceases to be one.',
  missed: 'Every won lead was an MQL in time.',
};

/** The leads whose fate hangs on the version; each opens. */
export function MovedLeads({ backtest, effect }: { backtest: string; effect: Effect }) {
  const [list, setList] = useState<LeadList>('gained');
  const leads = useList(listBacktestLeads, { params: { backtest }, query: { list, limit: 25 } });
  return (
    <Card
      title="Which leads"
      flush
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Which leads are shown"
          value={list}
          onChange={(next) => setList(next as LeadList)}
          data={[
            { value: 'gained', label: `${count(effect.gained)} gained` },
            { value: 'lost', label: `${count(effect.lost)} lost` },
            { value: 'missed', label: `${count(effect.after.missed_wins)} missed` },
          ]}
        />
      }
    >
      <Asked of={leads}>
        {() =>
          leads.items.length === 0 ? (
            <Empty title="None">{nothing[list]}</Empty>
          ) : (
            <ul className={classes.leads}>
              {leads.items.map(({ id, name, email, before_at, after_at }) => (
                <li key={id}>
                  <Anchor component={Link} to={`/leads/${id}`} size="sm">
                    {name ?? email ?? 'A lead without a name'}
                  </Anchor>
                  <span className={classes.quiet}>
                    {before_at === null ? 'no MQL now' : `an MQL on ${dateOf(before_at)} now`}
                    {' · '}
                    {after_at === null ? 'no MQL then' : `an MQL on ${dateOf(after_at)} then`}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
      <More of={leads} />
    </Card>
  );
}
