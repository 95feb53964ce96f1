/** The rows behind a number, in a drawer: each leads to its handoff or lead. */
import { Button, Drawer, Text } from '@mantine/core';
import { useMemo } from 'react';
import { listRows, type MeasureRow } from '#contract/measures.ts';
import { useList } from '../../../app/api/queries.ts';
import { Failed } from '../../../app/Failed.tsx';
import { dateOf, lasting } from '../../../app/format/dates.ts';
import { count, many, money } from '../../../app/format/numbers.ts';
import { Opening } from '../../../app/Opening.tsx';
import { More } from '../../../parts/More.tsx';
import { useMeasures } from '../useMeasures.ts';
import { Row } from './Row.tsx';
import classes from './Rows.module.css';
import { saveRows } from './saveRows.ts';

const PAGE = 200;

export function Rows() {
  const { search, change } = useMeasures();
  const { rows, what, counts } = search;
  return (
    <Drawer
      opened={rows !== undefined}
      onClose={() => change({ rows: '', counts: '', what: '' })}
      position="right"
      // The lock would put a style of its own into the page, which its security policy keeps out.
      lockScroll={false}
      size={560}
      title={what === undefined ? 'Rows' : `${what}, ${many(Number(counts ?? 0), 'row')}`}
      closeButtonProps={{ 'aria-label': 'Close the rows' }}
    >
      {rows !== undefined && (
        <List key={rows} rows={rows} what={what ?? 'rows'} expected={Number(counts ?? 0)} />
      )}
    </Drawer>
  );
}

function List({ rows, what, expected }: { rows: string; what: string; expected: number }) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(rows)), [rows]);
  const query = { ...params, limit: PAGE } as never;
  const list = useList(listRows, { query });
  if (list.error !== null && list.data === undefined) {
    return <Failed error={list.error} reset={() => void list.refetch()} />;
  }
  if (list.isPending) return <Opening />;
  if (list.items.length === 0) {
    return (
      <Text size="sm">There are none. That is what the number says: nothing of the kind in this period.</Text>
    );
  }
  return (
    <>
      <div className={classes.tools}>
        <span>{sumOf(list.items, list.hasNextPage)}</span>
        <Button variant="subtle" size="compact-sm" onClick={() => void saveRows(params, what)}>
          Save as CSV
        </Button>
      </div>
      <ul className={classes.list} aria-label="Rows">
        {list.items.map((row) => (
          <Row key={`${row.id} ${row.what} ${row.pass}`} row={row} />
        ))}
      </ul>
      <More
        of={list}
        words={`Show the next ${count(Math.max(1, Math.min(PAGE, expected - list.items.length)))}`}
      />
    </>
  );
}

/** What they come to, where they have amounts in one currency or times, and all are there. */
function sumOf(items: readonly MeasureRow[], isPart: boolean): string {
  if (isPart) return `The first ${count(items.length)}, the earliest first`;
  const currencies = new Set(items.flatMap(({ currency, amount }) => (amount === null ? [] : [currency])));
  const [currency] = currencies;
  if (currencies.size === 1 && typeof currency === 'string') {
    return `All of them, together ${money(
      items.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
      currency,
    )}`;
  }
  const elapsed = items.flatMap((row) => (row.elapsed === null ? [] : [row.elapsed]));
  if (elapsed.length === 0) return 'All of them, the earliest first';
  return `All of them; at most ${lasting(Math.max(...elapsed))}, the first on ${dateOf(items[0]!.at)}`;
}
