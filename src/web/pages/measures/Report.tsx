import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Period } from '#contract/measures.ts';
import { dayIn } from '../../app/format/dates.ts';
import { Asked } from '../../parts/Asked.tsx';
import type { Field } from '../../parts/filters/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import classes from './Measures.module.css';
import { ScopeBar } from './ScopeBar.tsx';

type Head = { period: Period; notes: readonly string[] };

type Props<T extends Head> = {
  title: string;
  /** One sentence: what is seen here. */
  about: string;
  of: UseQueryResult<T, Error>;
  /** What this report can be asked for besides the period and whose leads, with what it is when nothing is said. */
  fields?: readonly Field[];
  defaults?: Readonly<Record<string, string>>;
  /** Whether the period and whose leads are chosen here. */
  isScoped?: boolean;
  actions?: ReactNode;
  children: (answer: T) => ReactNode;
};

/** A report: what it is of, what it is narrowed by, what must be said first, and what it tells. */
export function Report<T extends Head>(props: Props<T>) {
  const { title, about, of, fields = [], defaults = {}, isScoped = true, actions, children } = props;
  return (
    <Page
      title={title}
      about={
        <>
          {about}
          {of.data && <> {periodWords(of.data.period)}.</>}
        </>
      }
      actions={actions}
    >
      {(isScoped || fields.length > 0) && (
        <ScopeBar fields={fields} defaults={defaults} isScoped={isScoped} />
      )}
      <Asked of={of}>
        {(answer) => (
          <div className={classes.parts}>
            {answer.notes.length > 0 && (
              <div className={classes.notes} role="note">
                {answer.notes.map((note) => (
                  <p key={note}>{note}</p>
                ))}
              </div>
            )}
            {children(answer)}
          </div>
        )}
      </Asked>
    </Page>
  );
}

/** The last day is the one before the end. */
const periodWords = ({ from, to, zone, over }: Period): string =>
  `${dayIn(from, zone)} to ${dayIn(new Date(to).getTime() - 1, zone)}${over ? '' : ', so far'}`;
