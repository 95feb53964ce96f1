/** Lists of accounts, a page at a time, in one statement. */
import type { AccountOrder, AccountSearch, AccountSummary } from '#contract/accounts.ts';
import { type Place, readCursor, writeCursor } from '#features/leads/cursor.ts';
import { beginsWith, Values } from '#features/leads/filter.ts';
import type { Query } from '#platform/db/transaction.ts';
import { isUuid } from '#platform/ids.ts';

type Row = {
  id: string;
  name: string | null;
  domain: string | null;
  created_at: Date;
  leads: number;
  last_activity_at: Date | null;
  best_grade: string | null;
  /** What the row is sorted by, and what decides between equals. */
  sorted: Date | string | number;
  tie: string | number;
};

/** How each order is read: an index that is walked in its direction, so that a page costs what it shows. */
type Order = { column: string; tie: string; type: [sorted: string, tie: string]; from: string; only: string };

const PLAIN = 'accounts a';
const orders: Record<AccountOrder, Order> = {
  created: { column: 'a.created_at', tie: 'a.id', type: ['timestamptz', 'uuid'], from: PLAIN, only: 'true' },
  leads: { column: 'a.leads', tie: 'a.id', type: ['integer', 'uuid'], from: PLAIN, only: 'true' },
  name: {
    column: 'a.search_name',
    tie: 'a.id',
    type: ['text', 'uuid'],
    from: PLAIN,
    only: 'a.search_name IS NOT NULL',
  },
  // An account stands where its lead with the latest activity stands: leads are walked, and all others passed over.
  last_activity: {
    column: 's.active_at',
    tie: 's.lead',
    type: ['timestamptz', 'bigint'],
    from: `lead_states s JOIN leads l ON l.workspace_id = s.workspace_id AND l.number = s.lead
       AND l.merged_into IS NULL AND l.erased_at IS NULL
     JOIN accounts a ON a.workspace_id = l.workspace_id AND a.id = l.account_id`,
    only: `s.workspace_id = $1 AND NOT EXISTS (SELECT FROM leads o JOIN lead_states t ON t.workspace_id = $1 AND t.lead = o.number
       WHERE o.workspace_id = $1 AND o.account_id = l.account_id AND o.merged_into IS NULL AND o.erased_at IS NULL
         AND (t.active_at, t.lead) > (s.active_at, s.lead))`,
  },
};

/** Leads of an account that are looked at for its grade. */
const MOST_LOOKED_AT = 1_000;

/** What an account `a` is summed up by. */
export const FIGURES = `LEFT JOIN LATERAL (
  SELECT max(g.last_activity_at) AS last_activity_at, min(g.grade) AS best_grade FROM (
    SELECT t.last_activity_at, t.grade FROM leads o JOIN lead_states t ON t.workspace_id = $1 AND t.lead = o.number
    WHERE o.workspace_id = $1 AND o.account_id = a.id AND o.merged_into IS NULL AND o.erased_at IS NULL
    ORDER BY o.number DESC LIMIT ${MOST_LOOKED_AT}) g) f ON true`;

/** One page of accounts, and where it ended. */
export async function listAccounts(
  query: Query,
  workspace: string,
  { q, sort, direction, limit, cursor }: AccountSearch,
): Promise<{ items: AccountSummary[]; next: string | null }> {
  const { column, tie, type, from, only } = orders[sort];
  const values = new Values();
  const tests = [`a.workspace_id = ${values.add(workspace)}`, only];
  if (q !== undefined) tests.push(`a.id IN (${accountsCalled(q, values)})`);
  const [than, way] = direction === 'down' ? ['<', 'DESC'] : ['>', 'ASC'];
  const place = readCursor(cursor, (found) => isPlace(sort, found));
  if (place !== null) {
    const [sorted, last] = place.map((part, i) => `${values.add(part)}::${type[i]}`);
    tests.push(`(${column}, ${tie}) ${than} (${sorted}, ${last})`);
  }
  const rows = await query<Row>(
    `SELECT p.*, f.last_activity_at, f.best_grade FROM (
       SELECT a.workspace_id, a.id, a.name, a.domain, a.created_at, a.leads, ${column} AS sorted, ${tie} AS tie
       FROM ${from} WHERE ${tests.join(' AND ')}
       ORDER BY ${column} ${way}, ${tie} ${way} LIMIT ${values.add(limit + 1)}) p
     JOIN LATERAL (SELECT p.id) a ON true ${FIGURES}
     ORDER BY p.sorted ${way}, p.tie ${way}`,
    values.all,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(summarise), next: last === undefined ? null : writeCursor(placeOf(last)) };
}

const placeOf = ({ sorted, tie }: Row): Place => [
  sorted instanceof Date ? sorted.toISOString() : sorted,
  tie,
];

function isPlace(sort: AccountOrder, [sorted, tie]: Place): boolean {
  if (sort === 'last_activity') return !Number.isNaN(Date.parse(String(sorted))) && Number.isSafeInteger(tie);
  if (!isUuid(String(tie))) return false;
  if (sort === 'leads') return Number.isSafeInteger(sorted);
  return sort === 'name' ? typeof sorted === 'string' : !Number.isNaN(Date.parse(String(sorted)));
}

/**
 * The ids of accounts by the beginning of a word of their name, or of their domain; each part reads a stretch of an index.
 * @param most of each stretch, where not all of them are wanted
 */
export function accountsCalled(text: string, values: Values, most?: number): string {
  const begins = beginsWith(text, values);
  const bound = most === undefined ? '' : `LIMIT ${most}`;
  return ['search_name', 'search_second', 'search_third', 'domain']
    .map((column) => `(SELECT id FROM accounts WHERE workspace_id = $1 AND ${begins(column)} ${bound})`)
    .join(' UNION ');
}

export const summarise = ({
  id,
  name,
  domain,
  created_at,
  leads,
  last_activity_at,
  best_grade,
}: Omit<Row, 'sorted' | 'tie'>): AccountSummary => ({
  id,
  name,
  domain,
  created_at: created_at.toISOString(),
  leads,
  last_activity_at: last_activity_at?.toISOString() ?? null,
  best_grade,
});
