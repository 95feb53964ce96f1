/** One account, as its page shows it: four statements, whatever it has. */
import type { Account } from '#contract/accounts.ts';
import { LEAD_NAME, standingOf } from '#features/handoffs/held.ts';
import { SUMMARY, type SummaryRow, summarise as summariseLead } from '#features/leads/summary.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { FIGURES, summarise } from './list.ts';

type Row = Parameters<typeof summarise>[0] & { attributes: Record<string, unknown> };
type HandoffRow = Parameters<typeof standingOf>[0] & {
  id: string;
  tier: string;
  grade: string;
  owner: string | null;
  offered_at: Date;
  lead: string;
  email: string | null;
  name: string | null;
};
type DealRow = Omit<Account['deals'][number], 'opened_at' | 'closed_at' | 'amount'> & {
  amount: string | null;
  opened_at: Date;
  closed_at: Date | null;
};

const MOST = 50;

/** @throws HttpProblem 404 */
export async function showAccount(query: Query, workspace: string, id: string): Promise<Account> {
  const given = [workspace, id];
  const [row] = await query<Row>(
    `SELECT a.id, a.name, a.domain, a.created_at, a.leads, a.attributes, f.last_activity_at, f.best_grade
     FROM accounts a ${FIGURES} WHERE a.workspace_id = $1 AND a.id = $2`,
    given,
  );
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no account of that id here.');
  const people = await query<SummaryRow>(
    `SELECT ${SUMMARY} FROM leads l
       LEFT JOIN lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
       JOIN accounts a ON a.workspace_id = l.workspace_id AND a.id = l.account_id
     WHERE l.workspace_id = $1 AND l.account_id = $2 AND l.merged_into IS NULL AND l.erased_at IS NULL
     ORDER BY s.active_at DESC NULLS LAST, l.number DESC LIMIT ${MOST}`,
    given,
  );
  const handoffs = await query<HandoffRow>(
    `SELECT h.id, h.tier, h.packet ->> 'grade' AS grade, h.owner_id AS owner, h.offered_at, h.answer, h.decision,
       s.id AS lead, s.email, ${LEAD_NAME} AS name, a.name AS account
     FROM leads s JOIN leads l ON l.workspace_id = $1 AND (l.number = s.number OR l.merged_into = s.number)
       JOIN handoffs h ON h.workspace_id = $1 AND h.lead = l.number
       JOIN accounts a ON a.workspace_id = $1 AND a.id = s.account_id
     WHERE s.workspace_id = $1 AND s.account_id = $2 AND s.merged_into IS NULL
     ORDER BY h.offered_at DESC, h.id DESC LIMIT ${MOST}`,
    given,
  );
  const deals = await query<DealRow>(
    `SELECT d.id, l.id AS lead, d.name, d.amount, d.currency, d.stage, d.owner_id AS owner, d.opened_at, d.outcome, d.closed_at
     FROM (SELECT * FROM deals WHERE workspace_id = $1 AND account_id = $2
           UNION SELECT e.* FROM leads o JOIN deals e ON e.workspace_id = $1 AND e.lead = o.number
           WHERE o.workspace_id = $1 AND o.account_id = $2) d
       LEFT JOIN leads l ON l.workspace_id = $1 AND l.number = d.lead
     ORDER BY d.opened_at DESC, d.id DESC LIMIT ${MOST}`,
    given,
  );
  return {
    ...summarise(row),
    attributes: row.attributes,
    people: people.map(summariseLead),
    handoffs: handoffs.map(({ id, tier, grade, owner, offered_at, lead, email, name, ...fate }) => ({
      id,
      lead: { id: lead, email, name, account: row.name },
      standing: standingOf(fate),
      tier,
      grade,
      owner,
      offered_at: offered_at.toISOString(),
    })),
    deals: deals.map(({ amount, opened_at, closed_at, ...deal }) => ({
      ...deal,
      amount: amount === null ? null : Number(amount),
      opened_at: opened_at.toISOString(),
      closed_at: closed_at?.toISOString() ?? null,
    })),
  };
}
