/** By what a list of handoffs is narrowed, and how each of it is said. */
import type { HandoffSummary } from '#contract/handoffs.ts';
import type { Members } from '../../app/members.ts';
import type { Field } from '../../parts/filters/FilterBar.tsx';
import { type HandoffSearch, handoffFilters } from './search.ts';
import { clauseName, standings } from './words.ts';

type Name = (typeof handoffFilters)[number];
type Option = { value: string; label: string };

const yesNo = (yes: string, no: string): Option[] => [
  { value: 'true', label: yes },
  { value: 'false', label: no },
];

const choices: Partial<Record<Name, { name: string; options: Option[] }>> = {
  standing: {
    name: 'Standing',
    options: [
      { value: 'any', label: 'Any' },
      ...Object.entries(standings).map(([value, { name }]) => ({ value, label: name })),
    ],
  },
  late: { name: 'Clock', options: yesNo('Late', 'In time') },
  dispute: {
    name: 'Dispute',
    options: [
      { value: 'possible', label: 'Can be appealed' },
      { value: 'waiting', label: 'Waits for a ruling' },
      { value: 'upheld', label: 'Upheld' },
      { value: 'overturned', label: 'Overturned' },
    ],
  },
  lapse: {
    name: 'Lapse',
    options: [
      { value: 'unexplained', label: 'Nobody said why' },
      { value: 'unacknowledged', label: 'Nobody took note' },
    ],
  },
  answer: {
    name: 'First answer',
    options: [
      { value: 'acceptance', label: 'Accepted' },
      { value: 'return', label: 'Given back' },
      { value: 'lapse', label: 'None in time' },
      { value: 'withdrawal', label: 'Taken back' },
      { value: 'by_sales', label: 'By sales' },
    ],
  },
  compliant: { name: 'By the definition', options: yesNo('Yes', 'No') },
};

const dates: Partial<Record<Name, { name: string; kind: 'since' | 'before' }>> = {
  offered_from: { name: 'Handed over since', kind: 'since' },
  offered_until: { name: 'Handed over before', kind: 'before' },
  answered_from: { name: 'Answered since', kind: 'since' },
  answered_until: { name: 'Answered before', kind: 'before' },
  decided_from: { name: 'Decided since', kind: 'since' },
  decided_until: { name: 'Decided before', kind: 'before' },
  due_until: { name: 'Due before', kind: 'before' },
};

/** Nobody thinks of these; they come with a link, and can be taken away. */
const linked: Partial<Record<Name, (value: string) => Omit<Option, 'value'> & { name: string }>> = {
  reason: (value) => ({ name: 'Reason', label: value.replaceAll('_', ' ') }),
  clause: (value) => ({ name: 'Accused clause', label: clauseName(value) }),
  held: (value) => ({ name: 'Held', label: clauseName(value) }),
  lead: () => ({ name: 'Lead', label: 'one' }),
  pact: () => ({ name: 'Pact', label: 'one' }),
  version: (value) => ({ name: 'Version', label: value }),
};

/** The filters in order, with the tiers and queues that are seen. */
export function fieldsFor(
  search: HandoffSearch,
  items: readonly HandoffSummary[],
  { present }: Members,
): Field[] {
  const seen = (values: (string | null | undefined)[]): Option[] =>
    [...new Set(values)].flatMap((value) => (value ? [{ value, label: value }] : [])).sort(byLabel);
  const people = present
    .filter(({ party }) => party === 'sales')
    .map(({ id, name }) => ({ value: id, label: name }));
  const found: Partial<Record<Name, { name: string; options: Option[] }>> = {
    tier: { name: 'Tier', options: seen([search.tier, ...items.map(({ tier }) => tier)]) },
    queue: { name: 'Queue', options: seen([search.queue, ...items.map(({ queue }) => queue)]) },
    owner: { name: 'With', options: people },
  };
  return handoffFilters.flatMap((id): Field[] => {
    const choice = choices[id] ?? found[id];
    if (choice !== undefined) return [{ id, kind: 'choice', ...choice }];
    const date = dates[id];
    if (date !== undefined) return [{ id, ...date }];
    const value = search[id];
    const link = linked[id];
    if (value === undefined || link === undefined) return [];
    const { name, label } = link(value);
    return [{ id, name, kind: 'choice', options: [{ value, label }] }];
  });
}

const byLabel = (a: Option, b: Option): number => a.label.localeCompare(b.label);
