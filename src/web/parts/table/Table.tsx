/**
 * A long list in columns: only what is on screen is drawn, and more is fetched as one reads on. On a small screen each
 * row is a card. J and K move, Enter opens, X marks.
 */
import { Checkbox, Loader } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useKeys } from '../../app/keys/keys.tsx';
import classes from './Table.module.css';

export type Column<Item> = {
  id: string;
  name: string;
  /** A track of a CSS grid: `minmax(180px, 2fr)`. */
  width: string;
  /** By what the list can be sorted for it. */
  sort?: string;
  align?: 'end';
  cell: (item: Item) => ReactNode;
};

export type Order = { by: string; direction: 'up' | 'down' };

type Props<Item> = {
  /** What the list is of, for those who hear it. */
  name: string;
  items: readonly Item[];
  idOf: (item: Item) => string;
  columns: readonly Column<Item>[];
  card: (item: Item) => ReactNode;
  onOpen: (item: Item) => void;
  order?: Order;
  onOrder?: (order: Order) => void;
  /** Fetches what comes next; null at the end. */
  more?: (() => void) | null;
  isFetching?: boolean;
  marked?: ReadonlySet<string>;
  onMark?: (marked: ReadonlySet<string>) => void;
};

const ROW = 44;
const CARD = 76;

export function Table<Item>(props: Props<Item>) {
  const { name, items, idOf, columns, card, onOpen, order, onOrder, more = null, isFetching = false } = props;
  const { marked, onMark } = props;
  const isSmall = useMediaQuery('(max-width: 48em)', innerWidth <= 768, { getInitialValueInEffect: false });
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(-1);
  const last = useRef(-1);
  // The rows begin where the head ends, which is not at the same place on a small screen.
  useLayoutEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + scrollY), []);
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => (isSmall ? CARD : ROW),
    overscan: 12,
    scrollMargin: top,
  });
  const rows = virtual.getVirtualItems();
  const end = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== null && end >= items.length - 15 && !isFetching) more();
  }, [end, items.length, more, isFetching]);

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, to));
    setActive(next);
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const mark = (index: number, through: boolean): void => {
    if (marked === undefined || onMark === undefined) return;
    const next = new Set(marked);
    const on = !marked.has(idOf(items[index]!));
    const [from, to] =
      through && last.current >= 0 ? [last.current, index].sort((a, b) => a - b) : [index, index];
    for (let i = from!; i <= to!; i++) {
      const id = idOf(items[i]!);
      if (on) next.add(id);
      else next.delete(id);
    }
    last.current = index;
    onMark(next);
  };
  const isThere = active >= 0 && active < items.length;
  useKeys([
    { key: 'j', does: 'Next row', run: () => move(active + 1) },
    { key: 'k', does: 'Row before', run: () => move(active - 1) },
    { key: 'Enter', does: 'Open the row', run: () => isThere && onOpen(items[active]!) },
    ...(onMark ? [{ key: 'x', does: 'Mark the row', run: () => isThere && mark(active, false) }] : []),
  ]);

  const tracks = `${onMark ? '36px ' : ''}${columns.map(({ width }) => width).join(' ')}`;
  const open = (event: MouseEvent | KeyboardEvent, item: Item): void => {
    // Links, buttons and boxes in a row do what they do.
    if ((event.target as HTMLElement).closest('a, button, input, label')) return;
    onOpen(item);
  };
  return (
    <div
      role="table"
      aria-label={name}
      aria-rowcount={items.length + 1}
      className={classes.table}
      data-small={isSmall}
    >
      {!isSmall && (
        <div role="row" className={classes.head} style={{ gridTemplateColumns: tracks }}>
          {onMark && <span role="columnheader" aria-label="Marked" />}
          {columns.map((column) => (
            <Head key={column.id} column={column} order={order} onOrder={onOrder} />
          ))}
        </div>
      )}
      <div role="rowgroup" ref={body} className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, start, size }) => {
          const item = items[index]!;
          const id = idOf(item);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys J, K and Enter do the same for every row
            <div
              key={id}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === active}
              tabIndex={-1}
              className={isSmall ? classes.card : classes.row}
              data-marked={marked?.has(id) === true}
              style={{
                height: size,
                transform: `translateY(${start - top}px)`,
                ...(!isSmall && { gridTemplateColumns: tracks }),
              }}
              onClick={(event) => open(event, item)}
            >
              {isSmall ? (
                <div role="cell">{card(item)}</div>
              ) : (
                <>
                  {onMark && (
                    <span role="cell">
                      <Checkbox
                        size="xs"
                        aria-label="Mark"
                        checked={marked?.has(id) === true}
                        onChange={(event) => mark(index, (event.nativeEvent as PointerEvent).shiftKey)}
                      />
                    </span>
                  )}
                  {columns.map(({ id: column, align, cell }) => (
                    <span key={column} role="cell" className={classes.cell} data-align={align}>
                      {cell(item)}
                    </span>
                  ))}
                </>
              )}
            </div>
          );
        })}
      </div>
      {isFetching && (
        <div className={classes.foot}>
          <Loader size="xs" aria-label="Loading more" />
        </div>
      )}
    </div>
  );
}

type HeadProps<Item> = {
  column: Column<Item>;
  order?: Order | undefined;
  onOrder?: ((order: Order) => void) | undefined;
};

function Head<Item>({ column: { name, sort, align }, order, onOrder }: HeadProps<Item>) {
  const isBy = sort !== undefined && order?.by === sort;
  const Arrow = order?.direction === 'up' ? IconArrowUp : IconArrowDown;
  return (
    <span
      role="columnheader"
      className={classes.cell}
      data-align={align}
      aria-sort={isBy ? (order?.direction === 'up' ? 'ascending' : 'descending') : undefined}
    >
      {sort === undefined || onOrder === undefined ? (
        name
      ) : (
        <button
          type="button"
          className={classes.sort}
          onClick={() =>
            onOrder({ by: sort, direction: isBy && order?.direction === 'down' ? 'up' : 'down' })
          }
        >
          {name}
          {isBy && <Arrow size={13} stroke={2} aria-hidden />}
        </button>
      )}
    </span>
  );
}
