import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { listHandoffs } from '#contract/handoffs.ts';
import { useList } from '../../app/api/queries.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { Card } from '../../parts/Card.tsx';
import { FilterBar } from '../../parts/filters/FilterBar.tsx';
import { More } from '../../parts/More.tsx';
import { Page } from '../../parts/Page.tsx';
import { fieldsFor } from './fields.ts';
import classes from './Handoffs.module.css';
import { NoHandoffs } from './NoHandoffs.tsx';
import { Rows } from './Rows.tsx';
import { type HandoffQuery, type HandoffSearch, handoffFilters } from './search.ts';

const scopes = [
  { value: 'mine', label: 'Mine' },
  { value: 'queue', label: 'Nobody’s yet' },
  { value: 'party', label: 'All of sales' },
];
const sorts = [
  { value: 'priority', label: 'By priority' },
  { value: 'due', label: 'By when they are due' },
];

/** Handoffs to be answered: one's own, nobody's, or all of sales; in the order in which they want to be. */
export function Handoffs() {
  const me = useMe();
  const members = useMembers();
  const navigate = useNavigate();
  const search = useSearch({ from: '/inside/handoffs' });
  const isFiltered = handoffFilters.some((name) => search[name] !== undefined);
  // Whoever comes by a link with a filter wants what it counts; else sales begins with its own.
  const scope = search.scope ?? (me.party === 'sales' && !isFiltered ? 'mine' : 'party');
  const query = { ...search, scope } as HandoffQuery;
  const handoffs = useList(listHandoffs, { query });
  const set = (change: HandoffSearch): void =>
    void navigate({ to: '/handoffs', search: { ...search, scope, ...change }, replace: true });
  return (
    <Page title="Handoffs" about="Leads that marketing hands to sales, until each is answered.">
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Whose"
          data={scopes.filter(({ value }) => value !== 'mine' || me.party === 'sales')}
          value={scope}
          onChange={(chosen) => set({ scope: chosen })}
        />
        <SegmentedControl
          size="xs"
          aria-label="In which order"
          data={sorts}
          value={search.sort ?? 'priority'}
          onChange={(chosen) => set({ sort: chosen })}
        />
        <FilterBar
          fields={fieldsFor(search, handoffs.items, members)}
          values={search}
          onChange={(id, value) => set({ [id]: value })}
        />
      </div>
      <Asked of={handoffs}>
        {() =>
          handoffs.items.length === 0 ? (
            <Card>
              <NoHandoffs
                scope={scope}
                filtered={isFiltered}
                onScope={(next) => set({ scope: next })}
                onClear={() => void navigate({ to: '/handoffs', search: { scope }, replace: true })}
              />
            </Card>
          ) : (
            <Rows items={handoffs.items} label="Handoffs" />
          )
        }
      </Asked>
      <More of={handoffs} />
    </Page>
  );
}
