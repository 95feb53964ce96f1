/**
 * Lists of leads: filtered, sorted, a page at a time. Where a filter leaves few leads, these are looked up and sorted;
 * else leads are walked in the list's own order, a stretch at a time, and asked. What a page costs is bounded either way:
 * one that took long enough ends where it is, and says where the next one goes on.
 */
import type { LeadFilter, LeadOrder, LeadSearch, LeadSummary } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';
import { type Place, readCursor, writeCursor } from './cursor.ts';
import { leftBy, type Narrowed, narrowed, testsOf, Values } from './filter.ts';
import { SUMMARY, type SummaryRow, summarise } from './summary.ts';

/** What a list is sorted by: each has an index of its own, and ends in the lead's number, so that no two are alike. */
type Order = {
  /** The table that is walked, as the statement names it, and its columns. */
  table: 'leads l' | 'lead_states s';
  column: string;
  tie: string;
  type: string;
  /** What leaves out those that it does not order. */
  only?: string;
  /**
   * So many leads are looked up one by one; more are met in the list's own index, which is read faster than they are:
   * unless few leads that belong together mostly lie together in it, at its far end maybe.
   */
  lookedUp: number;
  /** The filters on the very column. */
  own: readonly (keyof LeadFilter)[];
  isPlace: (place: Place) => boolean;
};

const isNumber = (part: string | number) => typeof part === 'number';
const isInstant = (part: string | number) => !Number.isNaN(Date.parse(String(part)));
const isPlaceOf =
  (is: (part: string | number) => boolean) =>
  ([sorted, tie]: Place): boolean =>
    is(sorted) && Number.isSafeInteger(tie);

const byState = { table: 'lead_states s', tie: 's.lead', lookedUp: 500 } as const;
const orders: Record<LeadOrder, Order> = {
  created: {
    table: 'leads l',
    column: 'l.created_at',
    tie: 'l.number',
    lookedUp: Number.POSITIVE_INFINITY,
    type: 'timestamptz',
    own: ['created_from', 'created_until'],
    isPlace: isPlaceOf(isInstant),
  },
  interest: {
    ...byState,
    column: 's.interest',
    type: 'float8',
    own: [],
    isPlace: isPlaceOf(isNumber),
  },
  last_activity: {
    ...byState,
    column: 's.active_at',
    type: 'timestamptz',
    own: ['active_from', 'active_until'],
    isPlace: isPlaceOf(isInstant),
  },
  fit: {
    ...byState,
    column: 's.fit',
    type: 'float8',
    own: [],
    isPlace: isPlaceOf(isNumber),
  },
  grade: {
    ...byState,
    column: 's.grade',
    type: 'text COLLATE "C"',
    only: 's.grade IS NOT NULL',
    own: ['grade'],
    isPlace: isPlaceOf((part) => /^[A-D][1-4]$/.test(String(part))),
  },
  mql_at: {
    ...byState,
    column: 's.mql_at',
    type: 'timestamptz',
    only: 's.mql_at IS NOT NULL',
    own: ['mql_from', 'mql_until'],
    isPlace: isPlaceOf(isInstant),
  },
};

/** Leads that are walked past in one statement: so many times the page at first, then more and more. */
const STRETCH = { pages: 3, growth: 4, most: 2_500 };
/** A page that is not full after so many milliseconds ends where it is. */
const PATIENCE = 15;

type Listed = { items: LeadSummary[]; next: string | null };

/**
 * One page of leads, and where it ended. It may hold fewer than were asked for, or none, although there are more: `next`
 * says so. Two statements mostly.
 * @param patience how long, in milliseconds, a page is filled before it ends as it is
 */
export async function listLeads(
  query: Query,
  workspace: string,
  search: LeadSearch,
  patience = PATIENCE,
): Promise<Listed> {
  const begun = performance.now();
  const order = orders[search.sort];
  const found = await narrowed(query, workspace, search);
  const few = leftBy(found);
  const from = readCursor(search.cursor, order.isPlace);
  const list: List = { query, workspace, search, order, found };
  if (few !== null && few.length <= order.lookedUp)
    return pageOf(await rowsAmong(list, few, from), search.limit);

  const rows: PlacedRow[] = [];
  let [place, stretch] = [from, search.limit * STRETCH.pages];
  for (;;) {
    const walked = await walk(list, few, place, { stretch, most: search.limit + 1 - rows.length });
    rows.push(...walked.rows);
    place = walked.last;
    const isFull = rows.length > search.limit;
    if (isFull || walked.count < stretch) return pageOf(rows, search.limit);
    if (performance.now() - begun > patience)
      return { items: rows.map(summarise), next: writeCursor(place!) };
    stretch = Math.min(STRETCH.most, stretch * STRETCH.growth);
  }
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

/** A lead by its number and its state, each looked up by its key, whatever the planner thinks of it. */
export const EACH = (number: string) => `CROSS JOIN LATERAL (
    SELECT * FROM leads WHERE workspace_id = $1 AND number = ${number} OFFSET 0) l
  LEFT JOIN LATERAL (SELECT * FROM lead_states WHERE workspace_id = $1 AND lead = ${number} OFFSET 0) s ON true`;

/** What a list shows of the leads of `found`. */
const SHOWN = `found f JOIN leads l ON l.workspace_id = $1 AND l.number = f.number
  LEFT JOIN lead_states s ON s.workspace_id = $1 AND s.lead = f.number
  LEFT JOIN accounts a ON a.workspace_id = $1 AND a.id = l.account_id`;

/** In which direction a list goes: whether a place is still ahead, and how it is sorted forth and back. */
function ways({ search: { direction }, order: { column, tie, type } }: List) {
  const [than, forth, back] = direction === 'down' ? ['<', 'DESC', 'ASC'] : ['>', 'ASC', 'DESC'];
  return {
    ahead: ([sorted, number]: Place, values: Values) =>
      `(${column}, ${tie}) ${than} (${values.add(sorted)}::${type}, ${values.add(number)}::bigint)`,
    forth: (place: string, number: string) => `${place} ${forth}, ${number} ${forth}`,
    back: (place: string, number: string) => `${place} ${back}, ${number} ${back}`,
  };
}

/** A page and one more of the leads that are given. */
async function rowsAmong(list: List, few: readonly number[], from: Place | null): Promise<PlacedRow[]> {
  const { query, workspace, search, order, found } = list;
  const way = ways(list);
  const values = new Values();
  values.add(workspace);
  const leads = values.add(few);
  const tests = [...testsOf(search, values, found), `${order.tie} IS NOT NULL`];
  if (order.only !== undefined) tests.push(order.only);
  if (from !== null) tests.push(way.ahead(from, values));
  return query<PlacedRow>(
    `WITH found AS MATERIALIZED (
       SELECT few.number, ${order.column} AS place FROM unnest(${leads}::bigint[]) AS few (number) ${EACH('few.number')}
       WHERE ${tests.join(' AND ')} ORDER BY ${way.forth(order.column, 'few.number')} LIMIT ${values.add(search.limit + 1)})
     SELECT f.place, ${SUMMARY} FROM ${SHOWN} ORDER BY ${way.forth('f.place', 'f.number')}`,
    values.all,
  );
}

type Walked = { rows: PlacedRow[]; count: number; last: Place | null };

/**
 * Walks on from a place, past so many leads, and takes along those that pass, up to a number.
 * @param few the only ones to be met; null for all
 */
async function walk(
  list: List,
  few: readonly number[] | null,
  from: Place | null,
  { stretch, most }: { stretch: number; most: number },
): Promise<Walked> {
  const { query, workspace, search, order, found } = list;
  const way = ways(list);
  const values = new Values();
  values.add(workspace);
  const alias = order.table.slice(-1);
  const own = new Map(order.own.map((filter) => [filter, search[filter]]));
  const bounds = testsOf(Object.fromEntries(own) as LeadFilter, values, found).slice(2);
  const walked = [`${alias}.workspace_id = $1`, ...bounds];
  if (order.only !== undefined) walked.push(order.only);
  if (few !== null) walked.push(`${order.tie} = ANY (${values.add(few)}::bigint[])`);
  if (from !== null) walked.push(way.ahead(from, values));
  const tests = testsOf(search, values, found);
  const rows = await query<
    { count: number; last_place: PlacedRow['place']; last: number } & Nullable<PlacedRow>
  >(
    `WITH walked AS MATERIALIZED (
       SELECT ${order.tie} AS number, ${order.column} AS place FROM ${order.table}
       WHERE ${walked.join(' AND ')} ORDER BY ${way.forth(order.column, order.tie)} LIMIT ${values.add(stretch)}),
     ended AS MATERIALIZED (
       SELECT place AS last_place, number AS last, (SELECT count(*)::int FROM walked) AS count
       FROM walked ORDER BY ${way.back('place', 'number')} LIMIT 1),
     found AS MATERIALIZED (
       SELECT w.number, w.place FROM walked w ${EACH('w.number')}
       WHERE ${tests.join(' AND ')} ORDER BY ${way.forth('w.place', 'w.number')} LIMIT ${values.add(most)})
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
