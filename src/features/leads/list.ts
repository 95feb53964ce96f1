/** Lists of leads: filtered, sorted, a page at a time, in one statement. */
import type { LeadFilter, LeadOrder, LeadSearch, LeadSummary } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';
import { type Place, readCursor, writeCursor } from './cursor.ts';
import { narrowed, testsOf, Values } from './filter.ts';
import { SUMMARY, type SummaryRow, summarise } from './summary.ts';

/** What a list is sorted by: each has an index of its own, and ends in the lead's number, so that no two are alike. */
type Order = {
  column: string;
  tie: string;
  type: string;
  /** Whether leads that nobody has looked at yet are in it. */
  all: boolean;
  /** What leaves out those that it does not order. */
  only?: string;
  place: (row: SummaryRow) => Place;
  isPlace: (place: Place) => boolean;
};

const isNumber = (part: string | number) => typeof part === 'number';
const isInstant = (part: string | number) => !Number.isNaN(Date.parse(String(part)));

const orders: Record<LeadOrder, Order> = {
  created: {
    column: 'l.created_at',
    tie: 'l.number',
    type: 'timestamptz',
    all: true,
    place: ({ created_at, number }) => [created_at.toISOString(), number],
    isPlace: ([sorted, tie]) => isInstant(sorted) && Number.isSafeInteger(tie),
  },
  interest: {
    column: 's.interest',
    tie: 's.lead',
    type: 'float8',
    all: false,
    place: ({ interest, number }) => [interest, number],
    isPlace: ([sorted, tie]) => isNumber(sorted) && Number.isSafeInteger(tie),
  },
  last_activity: {
    column: 's.active_at',
    tie: 's.lead',
    type: 'timestamptz',
    all: false,
    place: ({ active_at, number }) => [active_at!.toISOString(), number],
    isPlace: ([sorted, tie]) => isInstant(sorted) && Number.isSafeInteger(tie),
  },
  fit: {
    column: 's.fit',
    tie: 's.lead',
    type: 'float8',
    all: false,
    place: ({ fit, number }) => [fit, number],
    isPlace: ([sorted, tie]) => isNumber(sorted) && Number.isSafeInteger(tie),
  },
  grade: {
    column: 's.grade',
    tie: 's.lead',
    type: 'text COLLATE "C"',
    all: false,
    only: 's.grade IS NOT NULL',
    place: ({ grade, number }) => [grade!, number],
    isPlace: ([sorted, tie]) => /^[A-D][1-4]$/.test(String(sorted)) && Number.isSafeInteger(tie),
  },
  mql_at: {
    column: 's.mql_at',
    tie: 's.lead',
    type: 'timestamptz',
    all: false,
    only: 's.mql_at IS NOT NULL',
    place: ({ mql_at, number }) => [mql_at!.toISOString(), number],
    isPlace: ([sorted, tie]) => isInstant(sorted) && Number.isSafeInteger(tie),
  },
};

/** One page of leads, and where it ended: one statement, and one more for what narrows the list down. */
export async function listLeads(
  query: Query,
  workspace: string,
  search: LeadSearch,
): Promise<{ items: LeadSummary[]; next: string | null }> {
  const order = orders[search.sort];
  const values = new Values();
  const { tests, ofState } = testsOf(search, workspace, values, await narrowed(query, workspace, search));
  if (order.only !== undefined) tests.push(order.only);
  const [than, direction] = search.direction === 'down' ? ['<', 'DESC'] : ['>', 'ASC'];
  const from = readCursor(search.cursor, order.isPlace);
  if (from !== null) {
    const place = `(${values.add(from[0])}::${order.type}, ${values.add(from[1])}::bigint)`;
    tests.push(`(${order.column}, ${order.tie}) ${than} ${place}`);
  }
  const stated = order.all && !ofState ? 'LEFT JOIN' : 'JOIN';
  const by = [order.column, order.tie].map((column) => `${column} ${direction}`).join(', ');
  const rows = await query<SummaryRow>(
    `SELECT ${SUMMARY}
     FROM leads l ${stated} lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
       LEFT JOIN accounts a ON a.workspace_id = l.workspace_id AND a.id = l.account_id
     WHERE ${tests.join(' AND ')}
     ORDER BY ${by} LIMIT ${values.add(search.limit + 1)}`,
    values.all,
  );
  const page = rows.slice(0, search.limit);
  const next = rows.length > search.limit ? writeCursor(order.place(page.at(-1)!)) : null;
  return { items: page.map(summarise), next };
}

/** A stage or a filter counted up to here is told as "10,000+". */
const MOST_COUNTED = 10_000;

/** A number counted up to a bound. */
const bounded = (n: number): { n: number; more: boolean } => ({
  n: Math.min(n, MOST_COUNTED),
  more: n > MOST_COUNTED,
});

/** How many leads a filter finds, in all. */
export async function countAll(query: Query, workspace: string, filter: LeadFilter): Promise<Count> {
  const values = new Values();
  const { tests } = testsOf(filter, workspace, values, await narrowed(query, workspace, filter));
  const most = values.add(MOST_COUNTED + 1);
  const [all] = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (
       SELECT FROM leads l LEFT JOIN lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
       WHERE ${tests.join(' AND ')} LIMIT ${most}) few`,
    values.all,
  );
  return bounded(all!.n);
}

/** How many leads a filter finds, in all and by stage. Two statements, and one more for what narrows them down. */
export async function countLeads(query: Query, workspace: string, filter: LeadFilter): Promise<LeadCounts> {
  const all = await countAll(query, workspace, filter);
  const values = new Values();
  const { tests } = testsOf(filter, workspace, values, await narrowed(query, workspace, filter));
  const most = values.add(MOST_COUNTED + 1);
  // The stages there are, each found by one step in the index.
  const stages = await query<{ stage: string; n: number }>(
    `WITH RECURSIVE stages AS (
       (SELECT stage FROM lead_states WHERE workspace_id = $1 ORDER BY stage LIMIT 1)
       UNION ALL SELECT (SELECT n.stage FROM lead_states n WHERE n.workspace_id = $1 AND n.stage > o.stage
         ORDER BY n.stage LIMIT 1) FROM stages o WHERE o.stage IS NOT NULL)
     SELECT o.stage, few.n FROM stages o CROSS JOIN LATERAL (
       SELECT count(*)::int AS n FROM (
         SELECT FROM leads l JOIN lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
         WHERE s.stage = o.stage AND ${tests.join(' AND ')} LIMIT ${most}) every) few
     WHERE o.stage IS NOT NULL AND few.n > 0 ORDER BY o.stage`,
    values.all,
  );
  return { ...all, stages: stages.map(({ stage, n }) => ({ stage, ...bounded(n) })) };
}

type Count = ReturnType<typeof bounded>;
type LeadCounts = Count & { stages: ({ stage: string } & Count)[] };
