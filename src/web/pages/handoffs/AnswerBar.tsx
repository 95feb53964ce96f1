import { Button, Kbd } from '@mantine/core';
import type { HandoffReply } from '#contract/handoffs.ts';
import { useNow } from '../../app/format/useNow.ts';
import { useKeys } from '../../app/keys/keys.tsx';
import { useMe } from '../../app/session.tsx';
import { deedsShown } from './deeds/deeds.ts';
import { useDeeds } from './deeds/useDeeds.tsx';
import classes from './Handoff.module.css';
import { type Deed, whyNot } from './may.ts';

const all = Object.keys(deedsShown) as Deed[];

/** What the reader can do with a handoff now, each with its key; and why what others can do is not open to them. */
export function AnswerBar({ handoff }: { handoff: HandoffReply }) {
  const me = useMe();
  const now = useNow();
  const { run, dialog, busy } = useDeeds();
  const open = all.filter((deed) => whyNot(deed, me, handoff, now) === null);
  const shut = all.flatMap((deed) => {
    const why = whyNot(deed, me, handoff, now);
    return typeof why === 'string' ? [{ deed, why }] : [];
  });
  useKeys(
    open.flatMap((deed) => {
      const { key, name } = deedsShown[deed];
      return key === null ? [] : [{ key, does: name, run: () => run(deed, handoff) }];
    }),
  );
  if (open.length === 0 && shut.length === 0) return null;
  return (
    <div className={`${classes.bar} no-print`} role="group" aria-label="Answer">
      {open.map((deed, i) => {
        const { name, key } = deedsShown[deed];
        return (
          <Button
            key={deed}
            variant={i === 0 ? 'filled' : 'default'}
            loading={busy && i === 0}
            onClick={() => run(deed, handoff)}
            rightSection={
              key !== null && (
                <Kbd size="xs" className={classes.key}>
                  {key.toUpperCase()}
                </Kbd>
              )
            }
          >
            {name}
          </Button>
        );
      })}
      {shut.length > 0 && (
        <details className={classes.shut}>
          <summary>{open.length === 0 ? 'Nothing for you to do here' : 'What others do'}</summary>
          <ul>
            {byReason(shut).map(([why, names]) => (
              <li key={why}>
                <b>{names.join(', ')}.</b> {why}
              </li>
            ))}
          </ul>
        </details>
      )}
      {dialog}
    </div>
  );
}

/** The names of the deeds under each reason why they are not open. */
function byReason(shut: readonly { deed: Deed; why: string }[]): [why: string, names: string[]][] {
  const found = new Map<string, string[]>();
  for (const { deed, why } of shut) found.set(why, [...(found.get(why) ?? []), deedsShown[deed].name]);
  return [...found];
}
