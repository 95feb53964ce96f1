/** Everything that begins with what somebody types: stretches of indexes, and the few members and clauses there are. */
import type { Hits } from '#contract/search.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { readAloud } from '#engine/pact/read-aloud.ts';
import { LEAD_NAME, standingOf } from '#features/handoffs/held.ts';
import { accountsCalled } from '#features/leads/accounts/list.ts';
import { beginsWith, Values } from '#features/leads/filter.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import type { Query } from '#platform/db/transaction.ts';

/** Of each kind. */
const MOST = 8;
/** Of accounts whose names begin so, before the largest are shown. */
const MOST_LOOKED_AT = 200;

export async function search(query: Query, workspace: string, text: string, now: Instant): Promise<Hits> {
  const leads = await findLeads(query, workspace, text);
  const accounts = await findAccounts(query, workspace, text);
  const handoffs = await handoffsOf(
    query,
    workspace,
    leads.map(({ number }) => number),
  );
  const members = await findMembers(query, workspace, text);
  const inForce = (await readTimeline(query, workspace)).at(now);
  return {
    leads: leads.map(({ number: _, ...lead }) => lead),
    accounts,
    handoffs,
    clauses:
      inForce === null
        ? []
        : findClauses(inForce.pact, text).map(({ id, text: said }) => ({
            pact: inForce.pact_id,
            version: inForce.number,
            clause: id,
            text: said,
          })),
    members,
  };
}

/** Each part reads the beginning of a stretch of one index, however long the stretch is. */
function findLeads(query: Query, workspace: string, text: string) {
  const values = new Values();
  values.add(workspace);
  const begins = beginsWith(text, values);
  const stretch = (column: string) =>
    `(SELECT number FROM leads WHERE workspace_id = $1 AND ${begins(column)} AND merged_into IS NULL AND erased_at IS NULL
      ORDER BY workspace_id, ${column} LIMIT ${MOST})`;
  return query<Hits['leads'][number] & { number: number }>(
    `SELECT s.number, s.id, s.email, ${LEAD_NAME} AS name, a.name AS account, coalesce(t.stage, 'visitor') AS stage, t.grade
     FROM (${['email', 'search_name', 'search_last_name'].map(stretch).join(' UNION ')}) f
       JOIN leads s ON s.workspace_id = $1 AND s.number = f.number
       LEFT JOIN lead_states t ON t.workspace_id = $1 AND t.lead = s.number
       LEFT JOIN accounts a ON a.workspace_id = $1 AND a.id = s.account_id
     ORDER BY s.search_name, s.email, s.number LIMIT ${MOST}`,
    values.all,
    'search-leads',
  );
}

function findAccounts(query: Query, workspace: string, text: string) {
  const values = new Values();
  values.add(workspace);
  return query<Hits['accounts'][number]>(
    `SELECT id, name, domain, leads FROM accounts
     WHERE workspace_id = $1 AND id IN (${accountsCalled(text, values, MOST_LOOKED_AT)}) ORDER BY leads DESC, id LIMIT ${MOST}`,
    values.all,
    'search-accounts',
  );
}

type HandoffRow = Parameters<typeof standingOf>[0] & {
  id: string;
  tier: string;
  owner: string | null;
  offered_at: Date;
  lead: Hits['handoffs'][number]['lead'];
};

/** The latest handoffs of leads that were found. */
async function handoffsOf(query: Query, workspace: string, leads: readonly number[]) {
  const rows = await query<HandoffRow>(
    `SELECT h.id, h.tier, h.owner_id AS owner, h.offered_at, h.answer, h.decision,
       jsonb_build_object('id', s.id, 'email', s.email, 'name', ${LEAD_NAME}, 'account', a.name) AS lead
     FROM handoffs h JOIN leads s ON s.workspace_id = $1 AND s.number = h.lead
       LEFT JOIN accounts a ON a.workspace_id = $1 AND a.id = s.account_id
     WHERE h.workspace_id = $1 AND h.lead = ANY ($2::bigint[])
     ORDER BY h.offered_at DESC, h.id DESC LIMIT ${MOST}`,
    [workspace, leads],
    'search-handoffs',
  );
  return rows.map(({ answer, decision, offered_at, ...row }) => ({
    ...row,
    standing: standingOf({ answer, decision }),
    offered_at: offered_at.toISOString(),
  }));
}

const findMembers = (query: Query, workspace: string, text: string) =>
  query<Hits['members'][number]>(
    `SELECT id, name, email, party, rank FROM members
     WHERE workspace_id = $1 AND left_at IS NULL
       AND (starts_with(lower(email), $2) OR starts_with(lower(name), $2) OR strpos(lower(name), ' ' || $2) > 0)
     ORDER BY name, id LIMIT ${MOST}`,
    [workspace, text.toLowerCase()],
    'search-members',
  );

function findClauses(pact: Pact, text: string) {
  const wanted = text.toLowerCase();
  const begins = (said: string) =>
    said
      .toLowerCase()
      .split(/(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/u)
      .some((_, i, words) => words.slice(i).join('').startsWith(wanted));
  return readAloud(pact)
    .filter(({ id, text: said }) => begins(said) || begins(id))
    .slice(0, MOST);
}
