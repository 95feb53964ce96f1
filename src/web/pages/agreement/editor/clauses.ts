/** Clauses as cards show them: by the part of the pact they stand in. */
import type { z } from 'zod';
import type { edit } from '#contract/pact-texts.ts';
import type { ExaminedText } from '#engine/pact/examine.ts';
import type { Pact } from '#engine/pact/pact.ts';

/** One change of a part, as it is sent. */
export type ClauseEdit = z.infer<typeof edit>;
export type CardClause = ExaminedText['clauses'][number];

type PartWords = {
  title: string;
  /** A clause to begin with, where the part is a list that grows; its id is made its own. */
  fresh?: (id: string) => Record<string, unknown>;
  /** What one of it is called. */
  one?: string;
};

export const parts: Record<CardClause['part'], PartWords> = {
  pact: { title: 'Name' },
  lead: { title: 'A lead' },
  bad_leads: {
    title: 'Bad leads',
    one: 'bad lead',
    fresh: (id) => ({
      id,
      text: 'Say who is never handed over.',
      reason: id,
      when: { attribute: 'country', is: 'XX' },
    }),
  },
  profile: {
    title: 'The perfect customer',
    one: 'criterion',
    fresh: (id) => ({ id, text: 'Say who they are.', when: { attribute: 'country', is: 'DE' }, points: 10 }),
  },
  interest: {
    title: 'Interest',
    one: 'criterion',
    fresh: (id) => ({ id, text: 'Say what they did.', when: { did: 'page' }, points: 5, half_life: '14d' }),
  },
  grades: { title: 'Grades' },
  stages: {
    title: 'Stages',
    one: 'stage',
    fresh: (id) => ({ id, text: 'Say what stands on this step.', when: { interest: { gte: 10 } } }),
  },
  mql: { title: 'MQL' },
  fast_lanes: {
    title: 'Fast lanes',
    one: 'fast lane',
    fresh: (id) => ({
      id,
      text: 'Say who goes straight to sales.',
      when: { did: 'Form Submitted' },
      tier: 'standard',
    }),
  },
  sql: { title: 'SQL' },
  handoff: { title: 'Handoff' },
  reasons: {
    title: 'Reasons',
    one: 'reason',
    fresh: (id) => ({ id, text: 'Say why sales may give it back.', next: 'recycle' }),
  },
  terms: { title: 'Promises' },
  economics: { title: 'Economics' },
  calendar: { title: 'Calendar' },
  parties: { title: 'Parties' },
  golden: { title: 'Golden leads' },
  review: { title: 'Review' },
};

/** Parts in the order in which they are read. */
export const partOrder = Object.keys(parts) as CardClause['part'][];

/** Whether there is something to fill in: a list of things is changed in the text. */
export const isForm = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The way to a clause, as an edit names it. */
export const wayTo = ({ part, id, path }: CardClause): string[] =>
  id === null ? path.split('.') : [part, id];

/** The edits that make a clause say what was put into its form. */
export function editsOf(clause: CardClause, after: Record<string, unknown>): ClauseEdit[] {
  const before = clause.value as Record<string, unknown>;
  const way = wayTo(clause);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key): ClauseEdit[] => {
    const [was, is] = [before[key], after[key]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [
      is === undefined ? { do: 'remove', at: [...way, key] } : { do: 'set', at: [...way, key], value: is },
    ];
  });
}

/** An id that nothing of a part has yet. */
export function freshId(part: CardClause['part'], clauses: readonly CardClause[]): string {
  const taken = new Set(clauses.map(({ id }) => id));
  for (let i = 1; ; i++) {
    const id = `new_${parts[part].one?.split(' ').at(-1) ?? 'clause'}${i === 1 ? '' : `_${i}`}`;
    if (!taken.has(id)) return id;
  }
}

/** Stages and their levels, as tests on the stage name them. */
export const stagesOf = (pact: Pact | null): string[] => [
  'conversion',
  ...(pact?.stages ?? []).flatMap(({ id, levels }) => [
    id,
    ...Object.keys(levels).map((level) => `${id}/${level}`),
  ]),
];
