import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { doToLeads } from '#contract/bulk.ts';
import { listHandoffs } from '#contract/handoffs.ts';
import type { Member } from '#contract/people.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { count, many } from '../../../app/format/numbers.ts';
import { useMembers } from '../../../app/members.ts';
import { useMe } from '../../../app/session.tsx';
import { isSenior } from '../may.ts';
import classes from '../Settings.module.css';

const MOST = 200;

/** What is still open with somebody who has left, and giving all of it to somebody who is here. */
export function LeftOpen({ member: { id, name } }: { member: Member }) {
  const me = useMe();
  const [asks, setAsks] = useState(false);
  const open = useAsk(listHandoffs, { query: { owner: id, scope: 'party', limit: MOST } });
  const items = open.data?.items ?? [];
  if (items.length === 0) return null;
  const number =
    open.data?.next === null ? many(items.length, 'open handoff') : `More than ${count(MOST)} open handoffs`;
  const mayGive = me.party === 'sales' && isSenior(me);
  return (
    <div className={classes.whole} role="note">
      <p className={classes.quiet}>
        <Link to="/handoffs" search={{ scope: 'party', owner: id }}>
          {number}
        </Link>{' '}
        still under their name: nobody answers them, and the clocks go on.{' '}
        {!mayGive && 'A lead or manager of sales gives them to somebody else.'}
      </p>
      {mayGive && (
        <Button size="compact-sm" onClick={() => setAsks(true)}>
          Give them to somebody else
        </Button>
      )}
      <Modal opened={asks} onClose={() => setAsks(false)} title={`What is open with ${name}`}>
        <GiveAll
          leads={[...new Set(items.map(({ lead }) => lead.id))]}
          why={`${name} has left.`}
          onDone={() => setAsks(false)}
        />
      </Modal>
    </div>
  );
}

type GiveAllProps = { leads: string[]; why: string; onDone: () => void };

function GiveAll({ leads, why, onDone }: GiveAllProps) {
  const { present, nameOf } = useMembers();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState(why);
  const give = useAct(doToLeads, {
    changes: ['/api/leads', '/api/handoffs', '/api/today'],
    done: ({ done, refused, results }) => {
      const faults = new Set(results.flatMap(({ problem }) => (problem === null ? [] : [problem.detail])));
      notifications.show({
        ...(refused > 0 && { color: 'yellow', autoClose: 15_000 }),
        title: `${many(done, 'lead')} ${done === 1 ? 'is' : 'are'} with ${nameOf(to!)} now`,
        message:
          refused === 0 ? 'Their clocks go on as they were.' : `${refused} not: ${[...faults].join(' ')}`,
      });
      onDone();
    },
  });
  const body = { do: { action: 'assign' as const, member: to ?? '', reason }, of: { ids: leads } };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate({ body });
      }}
    >
      <Stack>
        <Select
          label="To whom"
          required
          searchable
          data={present
            .filter(({ party }) => party === 'sales')
            .map((one) => ({ value: one.id, label: one.name }))}
          value={to}
          onChange={setTo}
          data-autofocus
        />
        <TextInput
          label="Why"
          description="Both teams read it."
          required
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Button type="submit" loading={give.isPending} disabled={to === null || reason.trim() === ''}>
          Give {many(leads.length, 'lead')} to them
        </Button>
      </Stack>
    </form>
  );
}
