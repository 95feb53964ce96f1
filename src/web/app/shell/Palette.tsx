/** ⌘K: everywhere one can go and everything there is, found by what one types. */
import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
  spotlight,
} from '@mantine/spotlight';
import {
  IconArrowsExchange,
  IconBuilding,
  IconFileText,
  IconKeyboard,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type Hits, search } from '#contract/search.ts';
import { partyName } from '../../parts/Party.tsx';
import { stageName } from '../../parts/Stage.tsx';
import { useAsk } from '../api/queries.ts';
import { many } from '../format/numbers.ts';
import { places } from './places.ts';

/** Opens whenever it is asked for once more. */
export function Palette({ asked, onHelp }: { asked: number; onHelp: () => void }) {
  useEffect(() => {
    if (asked > 0) spotlight.open();
  }, [asked]);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 120);
  const { data, isFetching } = useAsk(search, { query: { q: query } }, { enabled: query !== '', keep: true });
  const go = (href: string) => (): void => void navigate({ href });
  const found = query === '' || data === undefined ? [] : groupsOf(data, go);
  const fixed: SpotlightActionGroupData = {
    group: 'Go to',
    actions: [
      ...places.map(({ to, name, key, icon: Icon }) => ({
        id: `go:${to}`,
        label: name,
        description: `G then ${key.toUpperCase()}`,
        leftSection: <Icon size={18} stroke={1.7} />,
        onClick: go(to),
      })),
      {
        id: 'keys',
        label: 'Show the keys',
        description: '?',
        leftSection: <IconKeyboard size={18} stroke={1.7} />,
        onClick: onHelp,
      },
    ].filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase())),
  };
  return (
    <Spotlight
      actions={[...found, fixed].filter(({ actions }) => actions.length > 0)}
      // What was found is shown as it is: the server has looked already.
      filter={(_, actions) => actions}
      query={typed}
      onQueryChange={setTyped}
      nothingFound={isFetching || typed.trim() !== query ? 'Looking…' : 'Nothing begins with that.'}
      highlightQuery
      scrollable
      maxHeight={440}
      shortcut={null}
      searchProps={{
        placeholder: 'Search leads, accounts, handoffs, clauses, people',
        'aria-label': 'Search',
      }}
    />
  );
}

type Go = (href: string) => () => void;

const groupsOf = (hits: Hits, go: Go): SpotlightActionGroupData[] => [
  { group: 'Leads', actions: hits.leads.map((lead) => leadAction(lead, go)) },
  { group: 'Accounts', actions: hits.accounts.map((account) => accountAction(account, go)) },
  { group: 'Handoffs', actions: hits.handoffs.map((handoff) => handoffAction(handoff, go)) },
  { group: 'Clauses', actions: hits.clauses.map((clause) => clauseAction(clause, go)) },
  { group: 'People', actions: hits.members.map((member) => memberAction(member, go)) },
];

const leadAction = (
  { id, name, email, account, stage, grade }: Hits['leads'][number],
  go: Go,
): SpotlightActionData => ({
  id: `lead:${id}`,
  label: name ?? email ?? 'A visitor',
  description: [name === null ? null : email, account, stageName(stage), grade].filter(Boolean).join(' · '),
  leftSection: <IconUsers size={18} stroke={1.7} />,
  onClick: go(`/leads/${id}`),
});

const accountAction = (
  { id, name, domain, leads }: Hits['accounts'][number],
  go: Go,
): SpotlightActionData => ({
  id: `account:${id}`,
  label: name ?? domain ?? 'An account',
  description: [name === null ? null : domain, many(leads, 'lead')].filter(Boolean).join(' · '),
  leftSection: <IconBuilding size={18} stroke={1.7} />,
  onClick: go(`/accounts/${id}`),
});

const handoffAction = (
  { id, lead, standing, tier }: Hits['handoffs'][number],
  go: Go,
): SpotlightActionData => ({
  id: `handoff:${id}`,
  label: lead.name ?? lead.email ?? 'A lead',
  description: `${standing}, ${tier}`,
  leftSection: <IconArrowsExchange size={18} stroke={1.7} />,
  onClick: go(`/handoffs/${id}`),
});

const clauseAction = ({ clause, text }: Hits['clauses'][number], go: Go): SpotlightActionData => ({
  id: `clause:${clause}`,
  label: text,
  description: clause,
  leftSection: <IconFileText size={18} stroke={1.7} />,
  onClick: go(`/pact#${encodeURIComponent(clause)}`),
});

const memberAction = (
  { id, name, email, party, rank }: Hits['members'][number],
  go: Go,
): SpotlightActionData => ({
  id: `member:${id}`,
  label: name,
  description: `${email} · ${partyName(party)}, ${rank}`,
  leftSection: <IconUser size={18} stroke={1.7} />,
  onClick: go(`/settings/people#${id}`),
});
