import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ExaminedText } from '#engine/pact/examine.ts';
import { type CardProps, ClauseCard } from './ClauseCard.tsx';
import { freshId, partOrder, parts, stagesOf } from './clauses.ts';
import classes from './Editor.module.css';

type Props = Pick<CardProps, 'party' | 'readOnly' | 'onEdit' | 'onSuggest' | 'onJump'> & {
  examined: ExaminedText;
  /** What is said of a clause. */
  about: (clause: string) => ReactNode;
};

/** Every clause as a card, part by part. */
export function Cards({ examined, about, ...card }: Props) {
  const { clauses, findings, normal } = examined;
  const stages = stagesOf(normal);
  const levelOf = (part: string, id: string | null, path: string) => {
    const at =
      id === null ? -1 : clauses.filter((one) => one.part === part).findIndex((one) => one.id === id);
    const place = id === null ? path : `${part}[${at}]`;
    const found = findings.filter(
      (one) =>
        one.path === place || (/^[.[]/.test(one.path.slice(place.length)) && one.path.startsWith(place)),
    );
    return found.some(({ level }) => level === 'error') ? 'error' : found[0]?.level;
  };
  return (
    <div className={classes.cards}>
      {partOrder.map((part) => {
        const of = clauses.filter((one) => one.part === part);
        const { title, fresh, one } = parts[part];
        if (of.length === 0 && fresh === undefined) return null;
        return (
          <section key={part} aria-label={title}>
            <h2 className={classes.heading}>{title}</h2>
            {of.map((clause) => (
              <ClauseCard
                key={clause.path}
                {...card}
                clause={clause}
                stages={stages}
                level={levelOf(part, clause.id, clause.path)}
              >
                {about(clause.path)}
              </ClauseCard>
            ))}
            {fresh !== undefined && !card.readOnly && (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => card.onEdit([{ do: 'add', at: [part], value: fresh(freshId(part, of)) }])}
              >
                Add a {one}
              </Button>
            )}
          </section>
        );
      })}
    </div>
  );
}
