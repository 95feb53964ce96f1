import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { countLeads, exportLeads, type LeadSummary, listLeads } from '#contract/leads.ts';
import { urlOf } from '../../app/api/call.ts';
import { useAsk, useList } from '../../app/api/queries.ts';
import { Failed } from '../../app/Failed.tsx';
import { many } from '../../app/format/numbers.ts';
import { useKeys } from '../../app/keys/keys.tsx';
import { useMembers } from '../../app/members.ts';
import { Opening } from '../../app/Opening.tsx';
import { FilterBar } from '../../parts/filters/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { type Order, Table } from '../../parts/table/Table.tsx';
import { Views } from '../../parts/views/Views.tsx';
import { Bulk } from './Bulk.tsx';
import { columns, LeadCard } from './columns.tsx';
import { leadFields } from './fields.ts';
import classes from './Leads.module.css';
import { NoLeads } from './NoLeads.tsx';
import { asQuery, filterNames, type LeadsSearch } from './search.ts';

/** Every lead, narrowed, sorted, opened, and acted on together. */
export function Leads() {
  const search = useSearch({ from: '/inside/leads' });
  const navigate = useNavigate();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const query = asQuery(search);
  const { sort: _, direction: __, ...filter } = query;
  const leads = useList(listLeads, { query });
  const counts = useAsk(countLeads, { query: filter }, { keep: true });
  const all = useAsk(countLeads, {}, { keep: true });
  const members = useMembers();

  const change = (next: LeadsSearch): void => {
    setMarked(new Set());
    void navigate({ to: '/leads', search: next, replace: true });
  };
  const narrow = (id: string, value: string | undefined): void => {
    const { [id as keyof LeadsSearch]: _gone, ...rest } = search;
    change(value === undefined ? rest : { ...rest, [id]: value });
  };
  const order: Order = { by: search.sort ?? 'created', direction: search.direction === 'up' ? 'up' : 'down' };
  const open = ({ id }: LeadSummary): void => void navigate({ to: '/leads/$id', params: { id } });
  const isNarrowed = search.q !== undefined || filterNames.some((name) => search[name] !== undefined);

  return (
    <Page
      title="Leads"
      wide
      about={counts.data && `${many(counts.data.n, 'lead')}${counts.data.more ? ' or more' : ''}`}
      actions={
        <>
          <Views noun="leads" search={search} onChoose={(chosen) => change(chosen as LeadsSearch)} />
          <Button
            component="a"
            href={urlOf(exportLeads, { query })}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            Export CSV
          </Button>
        </>
      }
    >
      <div className={classes.tools}>
        <Find value={search.q ?? ''} onFind={(q) => narrow('q', q === '' ? undefined : q)} />
        <FilterBar
          fields={leadFields(all.data?.stages.map(({ stage }) => stage) ?? [], members.present)}
          values={search}
          onChange={narrow}
        />
      </div>
      {marked.size > 0 && <Bulk marked={marked} onDone={() => setMarked(new Set())} />}
      {leads.error !== null && leads.data === undefined ? (
        <Failed error={leads.error} reset={() => void leads.refetch()} />
      ) : leads.isPending ? (
        <Opening />
      ) : leads.items.length === 0 ? (
        <NoLeads isNarrowed={isNarrowed} onAll={() => change({})} />
      ) : (
        <Table
          name="Leads"
          items={leads.items}
          idOf={({ id }) => id}
          columns={columns}
          card={(lead) => <LeadCard lead={lead} />}
          onOpen={open}
          order={order}
          onOrder={({ by, direction }) => change({ ...search, sort: by, direction })}
          more={leads.hasNextPage ? () => void leads.fetchNextPage() : null}
          isFetching={leads.isFetchingNextPage}
          marked={marked}
          onMark={setMarked}
        />
      )}
    </Page>
  );
}

/** Finds as one types; F begins. */
function Find({ value, onFind }: { value: string; onFind: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [field, setField] = useState<HTMLInputElement | null>(null);
  const find = useDebouncedCallback(onFind, 200);
  useKeys([{ key: 'f', does: 'Find a lead', run: () => field?.focus() }]);
  return (
    <TextInput
      ref={setField}
      className={classes.find}
      aria-label="Find leads by the beginning of a name, an address or a company"
      placeholder="Name, e-mail or company"
      leftSection={<IconSearch size={15} aria-hidden />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        find(currentTarget.value.trim());
      }}
    />
  );
}
