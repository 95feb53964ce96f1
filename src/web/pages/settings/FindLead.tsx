import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { type Hits, search } from '#contract/search.ts';
import { useAsk } from '../../app/api/queries.ts';
import { stageName } from '../../parts/Stage.tsx';
import classes from './Settings.module.css';

export type Found = Hits['leads'][number];

const nameOf = ({ name, email }: Found): string => name ?? email ?? 'A visitor';
const labelOf = (lead: Found): string =>
  [nameOf(lead), lead.name === null ? null : lead.email, lead.account, stageName(lead.stage)]
    .filter((text) => text !== null)
    .join(' · ');

type Props = { lead: Found | null; onFound: (lead: Found | null) => void };

/** Finds one lead by the beginning of a name, an address or a company. */
export function FindLead({ lead, onFound }: Props) {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 150);
  const hits = useAsk(search, { query: { q } }, { enabled: q !== '', keep: true });
  const leads = q === '' ? [] : (hits.data?.leads ?? []);
  if (lead !== null) {
    return (
      <div className={classes.acts}>
        <b>{labelOf(lead)}</b>
        <Button size="compact-sm" variant="default" onClick={() => onFound(null)}>
          Another
        </Button>
      </div>
    );
  }
  return (
    <Select
      label="Lead"
      placeholder="Name, e-mail or company"
      data={leads.map((one) => ({ value: one.id, label: labelOf(one) }))}
      filter={({ options }) => options}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={null}
      onChange={(id) => onFound(leads.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={
        q === '' ? 'Type the beginning of a name' : hits.isFetching ? 'Looking…' : 'Nobody begins with that'
      }
      maw={480}
    />
  );
}
