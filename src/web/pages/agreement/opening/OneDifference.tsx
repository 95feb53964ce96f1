import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { chooseClause, type Difference, showDifferences } from '#contract/openings.ts';
import { useAct } from '../../../app/api/acts.ts';
import { keyOf } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Party } from '../../../parts/Party.tsx';
import { briefly } from '../editor/briefly.ts';
import { isForm } from '../editor/clauses.ts';
import { Anew } from './Anew.tsx';
import { openingChanges } from './changes.ts';
import classes from './Opening.module.css';

type Props = { opening: string; difference: Difference; mayChoose: boolean };

/** One clause as each side wrote it, and which of both is to hold. */
export function OneDifference({ opening, difference, mayChoose }: Props) {
  const me = useMe();
  const { clause, owner, said, chosen, values } = difference;
  const [isWriting, writing] = useDisclosure(false);
  const choose = useAct(chooseClause, {
    changes: openingChanges,
    show: (queries, { body }) =>
      queries.setQueryData<{ items: Difference[] }>(
        keyOf(showDifferences, { params: { opening } }),
        (before) =>
          before && {
            items: before.items.map((one) =>
              one.clause === clause && body !== undefined
                ? { ...one, chosen: { clause, take: body.take, by: me.member, at: new Date().toISOString() } }
                : one,
            ),
          },
      ),
  });
  const isOurs = mayChoose && (owner === 'both' || owner === me.party);
  return (
    <div className={classes.difference}>
      <div className={classes.head}>
        <code className={classes.quiet}>{clause}</code>
        <Mark tone={owner === 'both' ? 'neutral' : owner}>{owner}</Mark>
        {chosen === null && <Mark tone="warn">to be chosen</Mark>}
      </div>
      {said.map((one) => (
        <p key={one} className={classes.said}>
          {one}
        </p>
      ))}
      <div className={classes.choices} role="radiogroup" aria-label={`Which ${clause} is to hold`}>
        {(['marketing', 'sales'] as const).map((party) => (
          <label
            key={party}
            className={classes.choice}
            data-taken={chosen?.take === party}
            data-party={party}
          >
            <input
              type="radio"
              name={clause}
              disabled={!isOurs}
              checked={chosen?.take === party}
              onChange={() => choose.mutate({ params: { opening }, body: { clause, take: party } })}
            />
            <span>
              <Party party={party} />
              <span className={classes.words}>{wordsOf(difference, party)}</span>
            </span>
          </label>
        ))}
      </div>
      <div className={classes.anew}>
        {chosen?.take === 'new' && <Mark tone="accent">written anew, like neither side</Mark>}
        {isOurs && isForm(values.marketing ?? values.sales) && (
          <Button variant="subtle" size="compact-sm" onClick={writing.open}>
            {chosen?.take === 'new' ? 'Write it once more' : 'Neither: write it anew'}
          </Button>
        )}
      </div>
      {isWriting && (
        <Anew
          difference={difference}
          isOpen
          onClose={writing.close}
          onTake={(value) =>
            choose.mutate(
              { params: { opening }, body: { clause, take: 'new', value } },
              { onSuccess: writing.close },
            )
          }
        />
      )}
    </div>
  );
}

/** A clause as a side wrote it: its sentence; its values where it has none. */
function wordsOf({ values, ...said }: Difference, party: 'marketing' | 'sales'): string {
  const value = values[party];
  if (value === null || value === undefined) return 'Does not have this clause.';
  const hasWords = typeof value !== 'object' || 'text' in value;
  if (!hasWords) return briefly(value);
  // The same sentence on both sides: what differs is not in it.
  const isSame = said.marketing === said.sales && typeof value === 'object';
  return isSame ? `${said[party] ?? ''} ${inside(value)}` : (said[party] ?? '');
}

/** What else a clause says, of what has a sentence of its own. */
function inside(value: object): string {
  const { text: _text, owner: _owner, ...rest } = value as Record<string, unknown>;
  const parts = Object.entries(rest).flatMap(([key, part]) =>
    Array.isArray(part) ? part.map((one) => nameOf(key, one)) : [],
  );
  return parts.length === 0 ? briefly(rest) : `${parts.join(' · ')}.`;
}

/** "budget, required" */
function nameOf(key: string, one: unknown): string {
  if (typeof one !== 'object' || one === null) return `${key}: ${String(one)}`;
  const { id, required } = one as { id?: string; required?: boolean };
  return `${id ?? key}${required === true ? ', required' : ''}`;
}
