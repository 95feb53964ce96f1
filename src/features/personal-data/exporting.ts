/** Everything that is held of a person, as it is held, for the person. */
import type { z } from 'zod';
import type { exportPerson } from '#contract/personal-data.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { showLead } from '#features/leads/show.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

type Export = z.infer<typeof exportPerson.reply>;
type Rows = Export['identities'];
type Part = { [K in keyof Export]: Export[K] extends Rows ? K : never }[keyof Export];

const MINE = 't.lead = ANY ($2::bigint[])';
const OF_HANDOFFS = `t.handoff_id IN (SELECT id FROM handoffs WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]))`;
const ANSWERS = ['acceptances', 'returns', 'lapses', 'withdrawals', 'qualifications', 'disputes', 'rulings'];

const all = (table: string, where = MINE): string =>
  `SELECT to_jsonb(t) - 'workspace_id' AS row FROM ${table} t WHERE t.workspace_id = $1 AND ${where}`;

const parts: Record<Part, string> = {
  identities: all('identities'),
  attribute_changes: `${all('attribute_changes')} ORDER BY t.at NULLS FIRST, t.id`,
  activities: `${all('activities')} ORDER BY t.at, t.id`,
  consents: `${all('consents')} ORDER BY t.at`,
  moves: `${all('moves', `${MINE} AND t.replaced_at IS NULL`)} ORDER BY t.at, t.id`,
  handoffs: `${all('handoffs')} ORDER BY t.offered_at`,
  answers: ANSWERS.map(
    (table) => `SELECT to_jsonb(t) - 'workspace_id' || jsonb_build_object('record', '${table}') AS row
      FROM ${table} t WHERE t.workspace_id = $1 AND ${OF_HANDOFFS}`,
  ).join(' UNION ALL '),
  touches: `${all('touches')} ORDER BY t.at`,
  deals: `${all('deals')} ORDER BY t.opened_at`,
  exceptions: `${all('exceptions')} ORDER BY t.opened_at`,
  holds: `${all('holds')} ORDER BY t.from_at`,
  recycles: `${all('recycles')} ORDER BY t.at`,
  messages: `${all(
    'messages',
    `t.thread_id IN (SELECT id FROM threads WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])
       UNION SELECT o.id FROM handoffs h JOIN threads o ON o.workspace_id = $1 AND o.handoff_id = h.id
       WHERE h.workspace_id = $1 AND h.lead = ANY ($2::bigint[]))`,
  )} ORDER BY t.at`,
  merges: all('merges', '(t.from_lead = ANY ($2::bigint[]) OR t.into_lead = ANY ($2::bigint[]))'),
};

/** @throws HttpProblem 404 */
export async function exportOf(query: Query, workspace: string, id: string, now: Instant): Promise<Export> {
  const family = await query<{ number: number }>(
    `SELECT f.number FROM leads l JOIN leads f ON f.workspace_id = $1
       AND (f.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END OR f.merged_into = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END)
     WHERE l.workspace_id = $1 AND l.id = $2 AND f.erased_at IS NULL`,
    [workspace, id],
  );
  if (family.length === 0) throw new HttpProblem(404, 'not_found', 'There is no lead of that id here.');
  const numbers = family.map(({ number }) => number);
  const held: Partial<Record<Part, Rows>> = {};
  for (const [part, text] of Object.entries(parts) as [Part, string][]) {
    const rows = await query<{ row: Rows[number] }>(text, [workspace, numbers]);
    held[part] = rows.map(({ row }) => row);
  }
  const { email, created_at, attributes, account, ...standing } = await showLead(query, workspace, id);
  return {
    exported_at: new Date(now).toISOString(),
    id,
    email,
    created_at,
    attributes,
    account,
    standing,
    ...(held as Record<Part, Rows>),
  };
}
