import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { sayCondition } from '#engine/criterion/say.ts';
import type { Condition } from '#engine/pact/pact.ts';
import { Mark } from '../../../parts/Mark.tsx';
import { briefly } from './briefly.ts';
import { ClauseForm } from './ClauseForm.tsx';
import { type CardClause, type ClauseEdit, isForm, parts, wayTo } from './clauses.ts';
import classes from './Editor.module.css';
import type { Jump } from './TextPane.tsx';

export type CardProps = {
  clause: CardClause;
  stages: readonly string[];
  /** Null: a facilitator, to whom what both own is open. */
  party: 'marketing' | 'sales' | null;
  /** Whether nothing can be changed now. */
  readOnly: boolean;
  /** Errors and warnings of this clause. */
  level: 'error' | 'warning' | undefined;
  onEdit: (edits: ClauseEdit[]) => void;
  onSuggest: ((clause: string, edits: ClauseEdit[]) => void) | null;
  onJump: (to: Jump) => void;
  /** What is said of it. */
  children?: ReactNode;
};

const ownerWords = { marketing: 'Marketing', sales: 'Sales', both: 'Both' } as const;
const ownerTones = { marketing: 'marketing', sales: 'sales', both: 'neutral' } as const;

/** One clause: its words, its rule, whose it is, what it is worth. */
export function ClauseCard(props: CardProps) {
  const { clause, stages, party, readOnly, level, onEdit, onSuggest, onJump, children } = props;
  const [isOpen, setOpen] = useState(false);
  const isOurs = clause.owner === 'both' || clause.owner === party;
  const canOpen = !readOnly && (isOurs || onSuggest !== null) && isForm(clause.value);
  const done = (act: (edits: ClauseEdit[]) => void) => (edits: ClauseEdit[]) => {
    setOpen(false);
    act(edits);
  };
  return (
    <article className={classes.card} data-level={level} aria-label={clause.path}>
      <header className={classes.top}>
        <code className={classes.id}>{clause.id ?? clause.path}</code>
        <span className={classes.marks}>
          {clause.points !== null && (
            <b className={classes.points}>{clause.points > 0 ? `+${clause.points}` : clause.points}</b>
          )}
          <Mark tone={ownerTones[clause.owner]}>{ownerWords[clause.owner]}</Mark>
        </span>
      </header>
      {clause.words !== null && <p className={classes.words}>{clause.words}</p>}
      {clause.rule !== null && <p className={classes.quiet}>{clause.rule}</p>}
      <Levels value={clause.value} />
      {clause.words === null && <p className={classes.quiet}>{briefly(clause.value)}</p>}
      {isOpen ? (
        <ClauseForm
          clause={clause}
          stages={stages}
          isOurs={isOurs}
          onSuggest={onSuggest === null ? null : done((edits) => onSuggest(clause.path, edits))}
          onApply={done(onEdit)}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <div className={classes.acts}>
          {canOpen && (
            <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
              {isOurs ? 'Change' : 'Suggest a change'}
            </Button>
          )}
          <Button variant="subtle" size="compact-sm" onClick={() => onJump(clause)}>
            Line {clause.line}
          </Button>
          {clause.id !== null && isOurs && !readOnly && parts[clause.part].fresh !== undefined && (
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              onClick={() => onEdit([{ do: 'remove', at: wayTo(clause) }])}
            >
              Take out
            </Button>
          )}
          {children}
        </div>
      )}
    </article>
  );
}

function Levels({ value }: { value: unknown }) {
  const levels = Object.entries(((value as { levels?: Record<string, Condition> }).levels ?? {}) as object);
  if (levels.length === 0) return null;
  return (
    <ul className={classes.levels}>
      {levels.map(([level, when]) => (
        <li key={level}>
          <b>{level}</b>: {sayCondition(when as Condition)}
        </li>
      ))}
    </ul>
  );
}
