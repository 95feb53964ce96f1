import type { Field } from '../../parts/filters/FilterBar.tsx';
import { stageName } from '../../parts/Stage.tsx';

const choices = (...pairs: [value: string, label: string][]) =>
  pairs.map(([value, label]) => ({ value, label }));

const letters = ['A', 'B', 'C', 'D'];
const grades = letters.flatMap((letter) => [1, 2, 3, 4].map((digit) => `${letter}${digit}`));

/** @param stages those that leads stand on now */
export const leadFields = (
  stages: readonly string[],
  people: readonly { id: string; name: string }[],
): Field[] => [
  {
    id: 'stage',
    name: 'Stage',
    kind: 'choice',
    many: true,
    options: stages.map((stage) => ({ value: stage, label: stageName(stage) })),
  },
  {
    id: 'handoff',
    name: 'Handoff',
    kind: 'choice',
    options: choices(
      ['open', 'Open'],
      ['offered', 'Waiting for an answer'],
      ['accepted', 'Accepted'],
      ['qualified', 'Qualified'],
      ['returned', 'Returned'],
      ['lapsed', 'Lapsed'],
      ['withdrawn', 'Withdrawn'],
      ['unready', 'Cannot be made: something is missing'],
      ['none', 'None yet'],
    ),
  },
  {
    id: 'owner',
    name: 'Owner',
    kind: 'choice',
    options: people.map(({ id, name }) => ({ value: id, label: name })),
  },
  {
    id: 'grade',
    name: 'Grade',
    kind: 'choice',
    options: grades.map((grade) => ({ value: grade, label: grade })),
  },
  {
    id: 'verdict',
    name: 'Verdict',
    kind: 'choice',
    options: choices(
      ['mql', 'MQL'],
      ['not_mql', 'Not an MQL'],
      ['bad_lead', 'Bad lead'],
      ['visitor', 'Visitor'],
    ),
  },
  { id: 'source', name: 'Source', kind: 'text' },
  { id: 'tier', name: 'Tier', kind: 'text' },
  { id: 'active_from', name: 'Active since', kind: 'since' },
  { id: 'active_until', name: 'Last active before', kind: 'before' },
  { id: 'created_from', name: 'Came in since', kind: 'since' },
  { id: 'created_until', name: 'Came in before', kind: 'before' },
  { id: 'mql_from', name: 'MQL since', kind: 'since' },
  { id: 'mql_until', name: 'MQL before', kind: 'before' },
];
