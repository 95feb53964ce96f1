import { Anchor } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { ClauseShown, showClauses } from '#contract/pact-page.ts';
import { count, many } from '../../app/format/numbers.ts';
import { Mark } from '../../parts/Mark.tsx';
import classes from './Pact.module.css';

type Answer = z.output<(typeof showClauses)['reply']>;

/** The parts of a pact in the order in which they are read aloud, each with what it answers. */
const parts: [part: ClauseShown['part'], title: string, about: string][] = [
  ['lead', 'A lead', 'The moment somebody becomes one.'],
  ['bad_leads', 'Bad leads', 'Never handed over.'],
  ['profile', 'The perfect customer', 'Who they are: fit points.'],
  ['interest', 'Interest', 'What they did: interest points, which fade.'],
  ['stages', 'Stages', 'The ladder below MQL, lowest first.'],
  ['mql', 'MQL', 'Handed over to sales.'],
  ['fast_lanes', 'Fast lanes', 'Signed shortcuts straight to sales.'],
  ['sql', 'SQL', 'Sales alone decides.'],
  ['handoff', 'Handoff', 'What travels with it, who gets it, and by when.'],
  ['reasons', 'Reasons', 'Why sales may give a lead back.'],
  ['terms', 'Promises', 'What each team owes the other.'],
];

const owners = { marketing: 'marketing', sales: 'sales', both: 'neutral' } as const;
const ownerWords = { marketing: 'Marketing', sales: 'Sales', both: 'Both' } as const;

export function Document({ of: { clauses, handoffs } }: { of: Answer }) {
  const hash = useLocation({ select: (location) => decodeURIComponent(location.hash) });
  const here = meant(clauses, hash)?.id ?? hash;
  useEffect(() => document.getElementById(here)?.scrollIntoView({ block: 'start' }), [here]);
  return (
    <article className={classes.document}>
      <p className={classes.base}>
        {handoffs.n === 0
          ? 'No handoff was made by this version in the period, so nothing can be said of its clauses yet.'
          : `${many(handoffs.n, 'handoff')} made by this version in the period.`}
      </p>
      {parts.map(([part, title, about]) => {
        const all = clauses.filter((clause) => clause.part === part);
        if (all.length === 0) return null;
        // A part of several clauses is said by them; what a return says of it as a whole stands with its heading.
        const whole = all.length > 1 ? all.find(({ id, rule }) => id === part && rule === null) : undefined;
        const of = all.filter((clause) => clause !== whole);
        return (
          <section
            key={part}
            // A return may accuse a part as a whole; where the part is one clause, that has the name itself.
            id={of.some(({ id }) => id === part) ? undefined : part}
            className={classes.part}
          >
            <h2 className={classes.heading}>
              {title} <span className={classes.note}>{about}</span>
            </h2>
            {whole !== undefined && whole.accused.n > 0 && (
              <p className={classes.facts}>
                <Held clause={whole} />
              </p>
            )}
            {of.map((clause) => (
              <Clause key={clause.id} clause={clause} isHere={clause.id === here} />
            ))}
          </section>
        );
      })}
    </article>
  );
}

/** The clause an address names, be it by its id alone or with its part before it: `size`, `profile.size`. */
const meant = (clauses: readonly ClauseShown[], name: string): ClauseShown | undefined =>
  clauses.find(({ id }) => id === name) ??
  clauses.find(({ id, part }) => `${part}.${id}` === name || id === `${part}.${name}`);

const Clause = ({ clause, isHere }: { clause: ClauseShown; isHere: boolean }) => (
  <div id={clause.id} className={classes.clause} data-here={isHere}>
    <div className={classes.words}>
      <p className={classes.text}>{clause.text}</p>
      {clause.rule !== null && <p className={classes.rule}>{clause.rule}</p>}
      <p className={classes.facts}>
        <span>{clause.id}</span>
        <Held clause={clause} />
      </p>
    </div>
    <div className={classes.marks}>
      {clause.points !== null && (
        <span className={classes.points}>{clause.points > 0 ? `+${clause.points}` : clause.points}</span>
      )}
      <Mark tone={owners[clause.owner]}>{ownerWords[clause.owner]}</Mark>
    </div>
  </div>
);

type Tally = ClauseShown['accused'];

/** How often it held, was accused, was right: each number opens its handoffs. */
function Held({ clause: { held, accused, right, wrong } }: { clause: ClauseShown }) {
  const said: [tally: Tally | null, word: string][] = [
    [held, 'held'],
    [accused, 'accused by returns'],
    [right, 'right in a dispute'],
    [wrong, 'wrong in a dispute'],
  ];
  return said.map(([tally, word]) =>
    tally === null || tally.n === 0 ? null : (
      <span key={word}>
        {tally.filter === null ? (
          `${count(tally.n)} × ${word}`
        ) : (
          <Anchor component={Link} to={`/handoffs?${new URLSearchParams(tally.filter)}`} size="xs">
            {count(tally.n)} × {word}
          </Anchor>
        )}
      </span>
    ),
  );
}
