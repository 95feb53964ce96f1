import { useCallbackRef } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { HandoffSummary } from '#contract/handoffs.ts';
import { useKeys } from '../../app/keys/keys.tsx';
import { useMe } from '../../app/session.tsx';
import { useDeeds } from './deeds/useDeeds.tsx';
import { type Deed, mayAnswer } from './may.ts';
import { Row } from './Row.tsx';
import classes from './Rows.module.css';

type Props = {
  items: readonly HandoffSummary[];
  /** What the list is called, for who hears it. */
  label: string;
};

/** Handoffs one goes through by keyboard: J and K choose, A accepts, R gives back, T logs a touch, Enter opens. */
export function Rows({ items, label }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const { run, dialog } = useDeeds();
  const list = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState<{ id: string | undefined; at: number }>({ id: items[0]?.id, at: 0 });
  // Whoever was chosen may be gone from the list: then what came into its place is.
  const at = place(items, chosen);
  const one = items[at];

  const choose = (to: number): void => {
    const next = items[Math.max(0, Math.min(items.length - 1, to))];
    if (next === undefined) return;
    setChosen({ id: next.id, at: items.indexOf(next) });
    const link = list.current?.querySelector<HTMLElement>(`[data-id="${next.id}"] a`);
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  };
  const onChoose = useCallbackRef((item: HandoffSummary) =>
    setChosen({ id: item.id, at: items.indexOf(item) }),
  );
  const onDo = useCallbackRef((deed: Deed, item: HandoffSummary) => run(deed, item));
  const act = (deed: Deed) => (): void => {
    if (one !== undefined && mayAnswer(me, one) && (deed !== 'accept' || one.standing === 'offered'))
      run(deed, one);
  };
  useKeys([
    { key: 'j', does: 'The next handoff', run: () => choose(at + 1) },
    { key: 'k', does: 'The handoff before', run: () => choose(at - 1) },
    {
      key: 'Enter',
      does: 'Open the handoff',
      run: () => one && void navigate({ to: '/handoffs/$id', params: { id: one.id } }),
    },
    ...(me.party === 'sales'
      ? [
          { key: 'a', does: 'Accept', run: act('accept') },
          { key: 'r', does: 'Give back', run: act('give_back') },
          { key: 't', does: 'Log a touch', run: act('touch') },
        ]
      : []),
  ]);
  return (
    <div className={classes.list}>
      <ul ref={list} className={classes.rows} aria-label={label}>
        {items.map((item, i) => (
          <Row key={item.id} handoff={item} chosen={i === at} onChoose={onChoose} onDo={onDo} />
        ))}
      </ul>
      {dialog}
    </div>
  );
}

function place(items: readonly HandoffSummary[], { id, at }: { id: string | undefined; at: number }): number {
  const found = items.findIndex((item) => item.id === id);
  return found >= 0 ? found : Math.min(at, items.length - 1);
}
