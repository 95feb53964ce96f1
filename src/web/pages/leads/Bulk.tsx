/** One thing done to all marked leads, each on its own: what is refused for one is said and does not stop the others. */
import { Button, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type BulkDeed, doToLeads } from '#contract/bulk.ts';
import { useAct } from '../../app/api/acts.ts';
import type { Answer } from '../../app/api/call.ts';
import { many } from '../../app/format/numbers.ts';
import { useKept } from '../../app/keep.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import classes from './Leads.module.css';

type Deed = BulkDeed['action'];

const names: Record<Deed, string> = {
  judge: 'Judge anew',
  except: 'Hand over as an exception',
  assign: 'Give to a colleague',
  hold: 'Hold',
};

export function Bulk({ marked, onDone }: { marked: ReadonlySet<string>; onDone: () => void }) {
  const me = useMe();
  const [asking, setAsking] = useState<Exclude<Deed, 'judge'> | null>(null);
  const act = useAct(doToLeads, {
    changes: ['/api/leads', '/api/handoffs', '/api/today'],
    done: (answer) => {
      sayResult(answer);
      setAsking(null);
      onDone();
    },
  });
  const run = (deed: BulkDeed): void => act.mutate({ body: { do: deed, of: { ids: [...marked] } } });
  const mayAssign = me.party === 'sales' && me.rank !== 'member';
  return (
    <div className={classes.bulk} role="region" aria-label="Marked leads">
      <Text size="sm" fw={550}>
        {many(marked.size, 'lead')} marked
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        loading={act.isPending}
        onClick={() => run({ action: 'judge' })}
      >
        {names.judge}
      </Button>
      {me.party !== null && (
        <>
          <Button size="compact-sm" variant="default" onClick={() => setAsking('except')}>
            {names.except}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsking('hold')}>
            {names.hold}
          </Button>
        </>
      )}
      {mayAssign && (
        <Button size="compact-sm" variant="default" onClick={() => setAsking('assign')}>
          {names.assign}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        Unmark all
      </Button>
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === null ? '' : names[asking]}
      >
        {asking !== null && <Ask deed={asking} isRunning={act.isPending} onRun={run} />}
      </Modal>
    </div>
  );
}

function sayResult({ done, refused, results }: Answer<typeof doToLeads>): void {
  const reasons = new Set(results.flatMap(({ problem }) => (problem === null ? [] : [problem.detail])));
  notifications.show({
    color: refused === 0 ? undefined : 'yellow',
    title: `Done for ${many(done, 'lead')}${refused === 0 ? '' : `, not for ${refused}`}`,
    message: [...reasons].slice(0, 3).join(' ') || 'The list shows it in a moment.',
    autoClose: refused === 0 ? 4_000 : 15_000,
  });
}

type AskProps = { deed: Exclude<Deed, 'judge'>; isRunning: boolean; onRun: (deed: BulkDeed) => void };

function Ask({ deed, isRunning, onRun }: AskProps) {
  const members = useMembers();
  const [reason, setReason, sent] = useKept(`bulk.${deed}`);
  const form = useForm({
    initialValues: { day: '', member: '' },
    validate: {
      day: (day) => (deed !== 'assign' && day === '' ? 'Say until which day.' : null),
      member: (member) => (deed === 'assign' && member === '' ? 'Say to whom.' : null),
    },
  });
  const submit = ({ day, member }: typeof form.values): void => {
    const until = day === '' ? '' : new Date(`${day}T23:59:59`).toISOString();
    const deeds: Record<typeof deed, () => BulkDeed> = {
      except: () => ({ action: 'except', reason, ends_at: until }),
      hold: () => ({ action: 'hold', reason, until }),
      assign: () => ({ action: 'assign', member, reason }),
    };
    onRun(deeds[deed]());
    sent();
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        <TextInput
          label="Reason"
          description="Both teams read it."
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          required
          data-autofocus
        />
        {deed === 'assign' ? (
          <Select
            label="To whom"
            searchable
            data={members.present
              .filter(({ party }) => party === 'sales')
              .map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('member')}
          />
        ) : (
          <TextInput label="Until" type="date" {...form.getInputProps('day')} />
        )}
        <Button type="submit" loading={isRunning}>
          {names[deed]}
        </Button>
      </Stack>
    </form>
  );
}
