/**
 * Lists of leads: filtered, sorted, a page at a time. Where a filter leaves few leads, these are looked up and sorted;
 * else leads are walked in the list's own order, a stretch at a time, and asked. What a page costs is bounded either way:
 * one that took long enough ends where it is, and says where the next one goes on.
 */
import type { LeadFilter, LeadSearch, LeadSummary } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';
import { andAll, isAmong, LOOK_UP, nextStretch } from './asking.ts';
import { type Place, readCursor, writeCursor } from './cursor.ts';
import { leftBy, type Narrowed, narrowed, STANDS, type Tests, testsOf, Values } from './filter.ts';
import { type Order, orders } from './order.ts';
import { SUMMARY, type SummaryRow, summarise } from './summary.ts';

/** What a page may cost. */
type Bounds = {
  /** A page that is not full after so many milliseconds ends where it is. */
  patience: number;
  /** More leads than these are not looked up before it was tried whether a page of them is met soon. */
  many: number;
};
const BOUNDS: Bounds = { patience: 20, many: 2_000 };
/** Leads that are walked past in the first statement, so many times the page, and in one at most. */
const STRETCH = { pages: 3, most: 2_500 };

type Listed = { items: LeadSummary[]; next: string | null };

/**
 * One page of leads, and where it ended. It may hold fewer than were asked for, or none, although there are more: `next`
 * says so. Two statements mostly.
 * @param bounds other bounds than usual
 */
export async function listLeads(
  query: Query,
  workspace: string,
  search: LeadSearch,
  bounds: Partial<Bounds> = {},
): Promise<Listed> {
  const { patience, many } = { ...BOUNDS, ...bounds };
  const begun = performance.now();
  const order = orders[search.sort];
  const found = await narrowed(query, workspace, search);
  const few = leftBy(found);
  const from = readCursor(search.cursor, order.isPlace);
  const list: List = { query, workspace, search, order, found };
  if (few !== null) {
    const met = few.length > many ? await meet(list, few, from) : null;
    return pageOf(met ?? (await lookUp(list, few, from)), search.limit);
  }
  const { rows, isWhole, last } = await walk(list, from, patience - (performance.now() - begun));
  return isWhole ? pageOf(rows, search.limit) : { items: rows.map(summarise), next: writeCursor(last!) };
}

type List = { query: Query; workspace: string; search: LeadSearch; order: Order; found: Narrowed };
/** A row, and its place in the list's order. */
type PlacedRow = SummaryRow & { place: Date | number | string };

const placeOf = (place: PlacedRow['place'], tie: number): Place => [
  place instanceof Date ? place.toISOString() : place,
  tie,
];

function pageOf(rows: readonly PlacedRow[], limit: number): Listed {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(summarise),
    next: rows.length > limit && last !== undefined ? writeCursor(placeOf(last.place, last.number)) : null,
  };
}

/** What a list shows of the leads of `found`. */
const SHOWN = `found f JOIN leads l ON l.workspace_id = $1 AND l.number = f.number
  LEFT JOIN lead_states s ON s.workspace_id = $1 AND s.lead = f.number
  LEFT JOIN accounts a ON a.workspace_id = $1 AND a.id = l.account_id`;

/** In which direction a list goes: whether a place is still ahead, and how it is sorted forth and back. */
function ways({ search: { direction }, order: { column, tie, type } }: List) {
  const [than, forth, back] = direction === 'down' ? ['<', 'DESC', 'ASC'] : ['>', 'ASC', 'DESC'];
  return {
    isAhead: ([sorted, number]: Place, values: Values) =>
      `(${column}, ${tie}) ${than} (${values.add(sorted)}::${type}, ${values.add(number)}::bigint)`,
    forth: (place: string, number: string) => `${place} ${forth}, ${number} ${forth}`,
    back: (place: string, number: string) => `${place} ${back}, ${number} ${back}`,
  };
}

/** Tests of the list's own table, asked of every lead on the way; and those that another look is taken for. */
function split({ order }: List, tests: Tests): { own: string[]; other: string } {
  const standing = [STANDS, ...tests.lead];
  if (order.of === 'lead') {
    const look = tests.state.length === 0 ? '' : LOOK_UP.state;
    return { own: standing, other: `${look} WHERE ${andAll([...tests.state, ...tests.handoffs])}` };
  }
  return { own: tests.state, other: `${LOOK_UP.lead} WHERE ${andAll([...standing, ...tests.handoffs])}` };
}

/** A page and one more of the leads that are given: sorted first, then asked until the page is full. */
async function lookUp(list: List, few: readonly string[], from: Place | null): Promise<PlacedRow[]> {
  const { query, search, order, found } = list;
  const way = ways(list);
  const values = new Values();
  values.add(list.workspace);
  const { own, other } = split(list, testsOf(search, values, found));
  const met = [isAmong(order.tie, few, values), ...ahead(list, from, values), ...own];
  return query<PlacedRow>(
    `WITH met AS MATERIALIZED (
       SELECT ${order.tie} AS number, ${order.column} AS place FROM ${order.table} WHERE ${andAll(met)}),
     found AS MATERIALIZED (
       SELECT w.number, w.place FROM (SELECT * FROM met ORDER BY ${way.forth('place', 'number')} OFFSET 0) w ${other}
       ORDER BY ${way.forth('w.place', 'w.number')} LIMIT ${values.add(search.limit + 1)})
     SELECT f.place, ${SUMMARY} FROM ${SHOWN} ORDER BY ${way.forth('f.place', 'f.number')}`,
    values.all,
  );
}

/** To look a lead up costs as much as to go past so many in an index, where these were changed lately. */
const LOOKED_UP = 4;
/** Leads that are met lie closer together here and there: what is gone past for a page, in parts of what is likely. */
const UNEVEN = 1.5;
/** A part is gone past first, and the whole where no fewer than so many of those that were likely were met in it. */
const TRIED = { part: 0.2, met: 0.5 };

/**
 * A page and one more of thousands of leads, met in the list's own index: what is in hand is mostly what is looked for.
 * @returns null where not enough of them were met for little beside the cost of looking all of them up
 */
async function meet(list: List, few: readonly string[], from: Place | null): Promise<PlacedRow[] | null> {
  const wanted = list.search.limit + 1;
  const apart = list.found.leads / few.length;
  const [likely, most] = [Math.ceil(UNEVEN * wanted * apart), few.length * LOOKED_UP];
  const part = Math.ceil(Math.min(likely, most) * TRIED.part);
  const first = await metWithin(list, few, from, part);
  if (first.length === wanted) return first;
  if (likely > most || first.length < (TRIED.met * part) / apart) return null;
  const all = await metWithin(list, few, from, likely);
  return all.length === wanted ? all : null;
}

/** A page and one more of leads, or as many as are met within a stretch of the list's own index. */
async function metWithin(
  list: List,
  few: readonly string[],
  from: Place | null,
  length: number,
): Promise<PlacedRow[]> {
  const { query, search, order, found } = list;
  const way = ways(list);
  const values = new Values();
  values.add(list.workspace);
  const { lead, state, handoffs } = testsOf(search, values, found);
  return query<PlacedRow>(
    `WITH found AS MATERIALIZED (
       SELECT w.number, w.place FROM (
         SELECT number, place FROM (
           SELECT ${order.tie} AS number, ${order.column} AS place,
             ${order.tie} = ANY (${values.add(`{${few.join(',')}}`)}::bigint[]) AS is_one FROM ${order.table}
           WHERE ${andAll(ahead(list, from, values))}
           ORDER BY ${way.forth(order.column, order.tie)} LIMIT ${values.add(length)}) walked
         WHERE is_one OFFSET 0) w ${LOOK_UP.lead} ${state.length === 0 ? '' : LOOK_UP.state}
       WHERE ${andAll([STANDS, ...lead, ...state, ...handoffs])}
       ORDER BY ${way.forth('w.place', 'w.number')} LIMIT ${values.add(search.limit + 1)})
     SELECT f.place, ${SUMMARY} FROM ${SHOWN} ORDER BY ${way.forth('f.place', 'f.number')}`,
    values.all,
  );
}

/** What the list orders, ahead of a place. */
function ahead(list: List, from: Place | null, values: Values): string[] {
  const { table, only } = list.order;
  const tests = [`${table.slice(-1)}.workspace_id = $1`];
  if (only !== undefined) tests.push(only);
  if (from !== null) tests.push(ways(list).isAhead(from, values));
  return tests;
}

/** Rows in order; whether these are a page and one more, or all there are; and how far the list was walked. */
type Walked = { rows: PlacedRow[]; isWhole: boolean; last: Place | null };

/** Walks on from a place and asks every lead, until a page is full or for so many milliseconds. */
async function walk(list: List, from: Place | null, patience: number): Promise<Walked> {
  const begun = performance.now();
  const { limit } = list.search;
  const rows: PlacedRow[] = [];
  let [last, length] = [from, limit * STRETCH.pages];
  for (;;) {
    const started = performance.now();
    const passed = await pass(list, last, { length, most: limit + 1 - rows.length });
    rows.push(...passed.rows);
    last = passed.last;
    if (rows.length > limit || passed.count < length) return { rows, isWhole: true, last };
    const now = performance.now();
    const left = patience - (now - begun);
    if (left < 0) return { rows, isWhole: false, last };
    length = Math.min(STRETCH.most, nextStretch(length, now - started, left));
  }
}

type Stretch = { rows: PlacedRow[]; count: number; last: Place | null };

/** Walks past so many leads and takes along those that pass, up to a number. */
async function pass(
  list: List,
  from: Place | null,
  { length, most }: { length: number; most: number },
): Promise<Stretch> {
  const { query, search, order, found } = list;
  const way = ways(list);
  const values = new Values();
  values.add(list.workspace);
  const bounds = new Map(order.own.map((filter) => [filter, search[filter]]));
  const bound = testsOf(Object.fromEntries(bounds) as LeadFilter, values, found);
  const rest = Object.fromEntries(Object.entries(search).filter(([name]) => !bounds.has(name as never)));
  const { own, other } = split(list, testsOf(rest as LeadFilter, values, found));
  const rows = await query<
    { count: number; last_place: PlacedRow['place']; last: number } & Nullable<PlacedRow>
  >(
    `WITH walked AS MATERIALIZED (
       SELECT ${order.tie} AS number, ${order.column} AS place, ${andAll(own)} AS passes FROM ${order.table}
       WHERE ${andAll([...ahead(list, from, values), ...bound[order.of]])}
       ORDER BY ${way.forth(order.column, order.tie)} LIMIT ${values.add(length)}),
     ended AS MATERIALIZED (
       SELECT place AS last_place, number AS last, (SELECT count(*)::int FROM walked) AS count
       FROM walked ORDER BY ${way.back('place', 'number')} LIMIT 1),
     found AS MATERIALIZED (
       SELECT w.number, w.place
       FROM (SELECT * FROM walked WHERE passes ORDER BY ${way.forth('place', 'number')} OFFSET 0) w ${other}
       ORDER BY ${way.forth('w.place', 'w.number')} LIMIT ${values.add(most)})
     SELECT ended.*, f.place, ${SUMMARY} FROM ended LEFT JOIN (${SHOWN}) ON true
     ORDER BY ${way.forth('f.place', 'f.number')}`,
    values.all,
  );
  const [first] = rows;
  if (first === undefined) return { rows: [], count: 0, last: from };
  return {
    rows: rows.filter((row): row is typeof row & PlacedRow => row.number !== null),
    count: first.count,
    last: placeOf(first.last_place, first.last),
  };
}

type Nullable<T> = { [K in keyof T]: T[K] | null };
