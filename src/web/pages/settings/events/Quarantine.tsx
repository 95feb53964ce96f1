import { Button, Checkbox, SegmentedControl, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { listQuarantine, replayMany } from '#contract/quarantine.ts';
import { useAct } from '../../../app/api/acts.ts';
import type { Answer } from '../../../app/api/call.ts';
import { useList } from '../../../app/api/queries.ts';
import { Failed } from '../../../app/Failed.tsx';
import { many } from '../../../app/format/numbers.ts';
import { Opening } from '../../../app/Opening.tsx';
import { useMe } from '../../../app/session.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { More } from '../../../parts/More.tsx';
import { isSenior } from '../may.ts';
import classes from '../Settings.module.css';
import { WhoMay } from '../Shown.tsx';
import { changes } from './changes.ts';
import { Discard } from './Discard.tsx';
import { Refused } from './Refused.tsx';
import { reasonChoices } from './reasons.ts';

type Standing = 'waiting' | 'replayed' | 'dismissed';
const standings = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'replayed', label: 'Replayed' },
  { value: 'dismissed', label: 'Given up' },
];
const nothing: Record<Standing, string> = {
  waiting: 'Nothing waits',
  replayed: 'Nothing was replayed',
  dismissed: 'Nothing was given up',
};

/** Says what became of many that were taken in after all. */
const sayReplayed = ({ replayed, refused, remaining }: Answer<typeof replayMany>): void => {
  const again =
    refused.length === 0 ? '' : ` ${many(refused.length, 'event')} refused again: ${refused[0]!.detail}.`;
  const rest = remaining === 0 ? '' : ` ${many(remaining, 'event')} remain: replay again.`;
  notifications.show({
    color: refused.length === 0 ? 'green' : 'yellow',
    message: `${many(replayed, 'event')} taken in.${again}${rest}`,
    autoClose: 8_000,
  });
};

/** Events that could not be taken: opened, replayed, or given up with a reason. */
export function Quarantine() {
  const me = useMe();
  const [standing, setStanding] = useState<Standing>('waiting');
  const [reason, setReason] = useState<string | null>(null);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [isDiscarding, setDiscarding] = useState(false);
  const list = useList(listQuarantine, {
    query: { standing, ...(reason !== null && { reason }) },
  });
  const mayEnd = isSenior(me) && standing === 'waiting';
  const ids = list.items.filter(({ id }) => marked.has(id)).map(({ id }) => id);
  const replay = useAct(replayMany, {
    changes,
    done: (answer) => {
      setMarked(new Set());
      sayReplayed(answer);
    },
  });
  const look = (): void => setMarked(new Set());
  return (
    <Card title="Quarantine" flush>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Standing"
          data={standings}
          value={standing}
          onChange={(value) => {
            look();
            setStanding(value as Standing);
          }}
        />
        <Select
          aria-label="Reason"
          placeholder="Every reason"
          w={200}
          clearable
          data={reasonChoices}
          value={reason}
          onChange={(value) => {
            look();
            setReason(value);
          }}
        />
        {mayEnd && list.items.length > 0 && (
          <>
            <Checkbox
              label="All shown"
              checked={ids.length === list.items.length}
              indeterminate={ids.length > 0 && ids.length < list.items.length}
              onChange={({ currentTarget: { checked } }) =>
                setMarked(new Set(checked ? list.items.map(({ id }) => id) : []))
              }
            />
            <Button
              size="compact-sm"
              disabled={ids.length === 0}
              loading={replay.isPending}
              onClick={() => replay.mutate({ body: { ids: ids.slice(0, 200) } })}
            >
              Replay {ids.length > 0 && many(Math.min(ids.length, 200), 'event')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={ids.length === 0}
              onClick={() => setDiscarding(true)}
            >
              Give up
            </Button>
          </>
        )}
      </div>
      {!isSenior(me) && (
        <div className={classes.nobody}>
          <WhoMay>Leads, managers and the facilitator replay events or give them up.</WhoMay>
        </div>
      )}
      {list.error !== null && list.data === undefined ? (
        <Failed error={list.error} reset={() => void list.refetch()} />
      ) : list.isPending ? (
        <Opening />
      ) : list.items.length === 0 ? (
        <Empty title={nothing[standing]}>
          {standing === 'waiting'
            ? 'An event that cannot be taken waits here with the reason. Mend what sends it, then replay what waits: it is judged anew at the time it came in.'
            : 'What was said of refused events stays here.'}
        </Empty>
      ) : (
        <ul className={classes.rows} aria-label="Quarantine">
          {list.items.map((event) => (
            <Refused
              key={event.id}
              event={event}
              mayEnd={mayEnd}
              isMarked={marked.has(event.id)}
              onMark={(isMarked) => {
                const next = new Set(marked);
                if (isMarked) next.add(event.id);
                else next.delete(event.id);
                setMarked(next);
              }}
            />
          ))}
        </ul>
      )}
      <More of={list} className={classes.tools} />
      <Discard ids={ids} opened={isDiscarding} onClose={() => setDiscarding(false)} />
    </Card>
  );
}
