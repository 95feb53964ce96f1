/** Lists of leads: filtered, sorted, a page at a time, in one statement. */
import type { LeadOrder, LeadSearch, LeadSummary } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';
import { type Place, readCursor, writeCursor } from './cursor.ts';
import { SUMMARY, type SummaryRow, summarise } from './summary.ts';

/** What a list is sorted by: each has an index of its own, and ends in the lead's number, so that no two are alike. */
type Order = {
  column: string;
  tie: string;
  type: string;
  /** Whether leads that nobody has looked at yet are in it. */
  all: boolean;
  place: (row: SummaryRow) => Place;
  isPlace: (place: Place) => boolean;
};

const isNumber = (part: string | number) => typeof part === 'number';

const orders: Record<LeadOrder, Order> = {
  created: {
    column: 'l.number',
    tie: 'l.number',
    type: 'bigint',
    all: true,
    place: ({ number }) => [number, number],
    isPlace: ([sorted, tie]) => Number.isSafeInteger(sorted) && Number.isSafeInteger(tie),
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
    isPlace: ([sorted, tie]) => !Number.isNaN(Date.parse(String(sorted))) && Number.isSafeInteger(tie),
  },
};

/** Values of a statement, each under the number it is referred to by. */
class Values {
  readonly all: unknown[] = [];
  /** @returns the value's place in the statement */
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

type Filter = 'stage' | 'verdict' | 'grade' | 'source' | 'account' | 'q';

const filters: { [F in Filter]: (value: NonNullable<LeadSearch[F]>, values: Values) => string } = {
  stage: (stage, values) => {
    const [whole, from, to] = [stage, `${stage}/`, `${stage}0`].map((one) => `${values.add(one)}::text`); // 0 follows /
    return `(s.stage = ${whole} OR s.stage >= ${from} AND s.stage < ${to})`;
  },
  verdict: (verdict, values) => `s.verdict = ${values.add(verdict)}`,
  grade: (grade, values) => `s.grade = ${values.add(grade)}`,
  source: (source, values) => `l.source COLLATE "C" = ${values.add(source)}`,
  account: (account, values) => `l.account_id = ${values.add(account)}`,
  q: (text, values) => {
    const start = text.toLowerCase();
    const [from, to] = [values.add(start), values.add(`${start}\u{10ffff}`)];
    const begins = (column: string) => `${column} >= ${from} AND ${column} < ${to}`;
    // Each of these reads a stretch of one index.
    return `l.number IN (
      SELECT number FROM leads WHERE workspace_id = $1 AND ${begins('email')}
      UNION SELECT number FROM leads WHERE workspace_id = $1 AND ${begins('search_name')}
      UNION SELECT number FROM leads WHERE workspace_id = $1 AND ${begins('search_last_name')}
      UNION SELECT number FROM leads WHERE workspace_id = $1 AND account_id IN (
        SELECT id FROM accounts WHERE workspace_id = $1 AND ${begins('search_name')}
        UNION SELECT id FROM accounts WHERE workspace_id = $1 AND ${begins('domain')}))`;
  },
};
const ofState: readonly Filter[] = ['stage', 'verdict', 'grade'];

/** One page of leads, and where it ended. */
export async function listLeads(
  query: Query,
  workspace: string,
  search: LeadSearch,
): Promise<{ items: LeadSummary[]; next: string | null }> {
  const order = orders[search.sort];
  const values = new Values();
  const own = values.add(workspace);
  const given = (Object.keys(filters) as Filter[]).filter((filter) => search[filter] !== undefined);
  const tests = given.map((filter) => filters[filter](search[filter] as never, values));
  const [than, direction] = search.direction === 'down' ? ['<', 'DESC'] : ['>', 'ASC'];
  const from = readCursor(search.cursor, order.isPlace);
  if (from !== null) {
    const place = `(${values.add(from[0])}::${order.type}, ${values.add(from[1])}::bigint)`;
    tests.push(`(${order.column}, ${order.tie}) ${than} ${place}`);
  }
  const stated = order.all && !given.some((filter) => ofState.includes(filter)) ? 'LEFT JOIN' : 'JOIN';
  const by = [...new Set([order.column, order.tie])].map((column) => `${column} ${direction}`).join(', ');
  const rows = await query<SummaryRow>(
    `SELECT ${SUMMARY}
     FROM leads l ${stated} lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
       LEFT JOIN accounts a ON a.workspace_id = l.workspace_id AND a.id = l.account_id
     WHERE l.workspace_id = ${own} AND l.merged_into IS NULL AND l.erased_at IS NULL
       ${tests.map((test) => `AND ${test}`).join(' ')}
     ORDER BY ${by} LIMIT ${values.add(search.limit + 1)}`,
    values.all,
  );
  const page = rows.slice(0, search.limit);
  const next = rows.length > search.limit ? writeCursor(order.place(page.at(-1)!)) : null;
  return { items: page.map(summarise), next };
}
