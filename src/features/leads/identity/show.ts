/** By what a lead is recognised, what is said to be one with it, and who might be. */
import type { Identities } from '#contract/lead-page.ts';
import { numberOf } from '#features/leads/show.ts';
import { SUMMARY, type SummaryRow, summarise } from '#features/leads/summary.ts';
import type { Query } from '#platform/db/transaction.ts';

type IdentityRow = Omit<Identities['items'][number], 'verified_at' | 'first_seen_at'> & {
  verified_at: Date | null;
  first_seen_at: Date;
};
type MergeRow = Omit<Identities['merges'][number], 'at'> & { at: Date };

const MOST = 200;
const MOST_ALIKE = 10;

/** The lead that stands for the person, and those that were merged into it. */
const FAMILY = 'SELECT number, id FROM leads WHERE workspace_id = $1 AND (number = $2 OR merged_into = $2)';

/** Five statements. @throws HttpProblem 404 */
export async function showIdentities(query: Query, workspace: string, id: string): Promise<Identities> {
  const lead = await numberOf(query, workspace, id);
  const given = [workspace, lead];
  const items = await query<IdentityRow>(
    `WITH family AS (${FAMILY})
     SELECT i.kind, i.value, i.trust, i.verified_at, i.first_seen_at, f.id AS lead
     FROM family f JOIN identities i ON i.workspace_id = $1 AND i.lead = f.number
     ORDER BY i.kind = 'anonymous', i.first_seen_at, i.value LIMIT ${MOST}`,
    given,
  );
  const merges = await query<MergeRow>(
    `WITH family AS (${FAMILY}), claims AS (
       SELECT m.* FROM family f JOIN merges m ON m.workspace_id = $1 AND m.from_lead = f.number
       UNION SELECT m.* FROM family f JOIN merges m ON m.workspace_id = $1 AND m.into_lead = f.number)
     SELECT c.id, a.id AS "from", b.id AS "into", c.at, c.cause, c.undone_at IS NULL AS believed, c.undone_by
     FROM claims c JOIN leads a ON a.workspace_id = $1 AND a.number = c.from_lead
       JOIN leads b ON b.workspace_id = $1 AND b.number = c.into_lead
     ORDER BY c.at DESC, c.id LIMIT ${MOST}`,
    given,
  );
  return {
    items: items.map(({ verified_at, first_seen_at, ...one }) => ({
      ...one,
      verified_at: verified_at?.toISOString() ?? null,
      first_seen_at: first_seen_at.toISOString(),
    })),
    merges: merges.map(({ at, ...merge }) => ({ ...merge, at: at.toISOString() })),
    duplicates: await alike(query, workspace, lead),
  };
}

const WHY: Record<string, string> = {
  name: 'the same name at the same account',
  address: 'the same address but for what follows a plus',
};

/** Leads of the same name at the same account, or of the same mailbox; not those that a member said are somebody else. */
async function alike(query: Query, workspace: string, lead: number): Promise<Identities['duplicates']> {
  const rows = await query<SummaryRow & { why: string }>(
    `WITH own AS (SELECT number, search_name, account_id,
         split_part(split_part(email, '@', 1), '+', 1) AS box, split_part(email, '@', 2) AS domain
       FROM leads WHERE workspace_id = $1 AND number = $2),
     alike AS (
       SELECT o.number, 'name' AS why FROM own JOIN leads o ON o.workspace_id = $1
         AND o.search_name = own.search_name AND o.account_id = own.account_id
       UNION ALL SELECT o.number, 'address' FROM own JOIN leads o ON o.workspace_id = $1
         AND (o.email = own.box || '@' || own.domain
           OR o.email > own.box || '+' AND o.email < own.box || ',' AND split_part(o.email, '@', 2) = own.domain))
     SELECT DISTINCT ON (l.number) ${SUMMARY}, k.why
     FROM alike k JOIN leads l ON l.workspace_id = $1 AND l.number = k.number
       LEFT JOIN lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
       LEFT JOIN accounts a ON a.workspace_id = l.workspace_id AND a.id = l.account_id
     WHERE l.number <> $2 AND l.merged_into IS NULL AND l.erased_at IS NULL AND NOT EXISTS (
       SELECT FROM merges m WHERE m.workspace_id = $1 AND m.undone_by IS NOT NULL
         AND (m.from_lead = $2 AND m.into_lead = l.number OR m.from_lead = l.number AND m.into_lead = $2))
     ORDER BY l.number, k.why DESC LIMIT ${MOST_ALIKE}`,
    [workspace, lead],
  );
  return rows.map((row) => ({ lead: summarise(row), why: WHY[row.why]! }));
}
