import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type AccountSearch, type AccountSummary, listAccounts } from '#contract/accounts.ts';
import { useList } from '../../app/api/queries.ts';
import { Failed } from '../../app/Failed.tsx';
import { count, many } from '../../app/format/numbers.ts';
import { Opening } from '../../app/Opening.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Grade } from '../../parts/Grade.tsx';
import { Page } from '../../parts/Page.tsx';
import { type Column, Table } from '../../parts/table/Table.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Accounts.module.css';

const called = ({ name, domain }: AccountSummary): string => name ?? domain ?? 'An account';

const columns: readonly Column<AccountSummary>[] = [
  {
    id: 'name',
    name: 'Account',
    width: 'minmax(200px, 2fr)',
    sort: 'name',
    cell: (account) => (
      <Link to="/accounts/$id" params={{ id: account.id }} className={classes.name}>
        {called(account)}
      </Link>
    ),
  },
  { id: 'domain', name: 'Domain', width: 'minmax(140px, 1.4fr)', cell: ({ domain }) => domain ?? '' },
  {
    id: 'leads',
    name: 'Leads',
    width: '90px',
    sort: 'leads',
    align: 'end',
    cell: ({ leads }) => count(leads),
  },
  {
    id: 'grade',
    name: 'Best grade',
    width: '110px',
    cell: ({ best_grade: grade }) => <Grade grade={grade} />,
  },
  {
    id: 'active',
    name: 'Last active',
    width: '150px',
    sort: 'last_activity',
    cell: ({ last_activity_at: at }) => (at === null ? '' : <When at={at} />),
  },
];

/** Every company that leads came from. */
export function Accounts() {
  const search = useSearch({ from: '/inside/accounts' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.q ?? '');
  const change = (next: typeof search): void =>
    void navigate({ to: '/accounts', search: next, replace: true });
  const find = useDebouncedCallback(
    (q: string) => change(q === '' ? { ...search, q: undefined } : { ...search, q }),
    200,
  );
  const accounts = useList(listAccounts, { query: search as Partial<AccountSearch> });
  return (
    <Page title="Accounts" wide>
      <TextInput
        className={classes.find}
        aria-label="Find accounts by the beginning of a name or a domain"
        placeholder="Name or domain"
        leftSection={<IconSearch size={15} aria-hidden />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          find(currentTarget.value.trim());
        }}
      />
      {accounts.error !== null && accounts.data === undefined ? (
        <Failed error={accounts.error} reset={() => void accounts.refetch()} />
      ) : accounts.isPending ? (
        <Opening />
      ) : accounts.items.length === 0 ? (
        <Empty title={search.q === undefined ? 'No accounts yet' : 'No account begins with that'}>
          An account comes with its first lead: by the domain of an e-mail address that is no free mail, or by
          a group call.
        </Empty>
      ) : (
        <Table
          name="Accounts"
          items={accounts.items}
          idOf={({ id }) => id}
          columns={columns}
          card={(account) => <AccountLine account={account} />}
          onOpen={({ id }) => void navigate({ to: '/accounts/$id', params: { id } })}
          order={{ by: search.sort ?? 'leads', direction: search.direction === 'up' ? 'up' : 'down' }}
          onOrder={({ by, direction }) => change({ ...search, sort: by, direction })}
          more={accounts.hasNextPage ? () => void accounts.fetchNextPage() : null}
          isFetching={accounts.isFetchingNextPage}
        />
      )}
    </Page>
  );
}

const AccountLine = ({ account }: { account: AccountSummary }) => (
  <>
    <div className={classes.line}>
      <Link to="/accounts/$id" params={{ id: account.id }} className={classes.name}>
        {called(account)}
      </Link>
      <Grade grade={account.best_grade} />
    </div>
    <div className={`${classes.line} ${classes.quiet}`}>
      <span>{many(account.leads, 'lead')}</span>
      {account.last_activity_at !== null && <When at={account.last_activity_at} />}
    </div>
  </>
);
