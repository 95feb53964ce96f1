/** Leads whose fold fails: seen, and let go on once what was wrong is mended. */
import type { StuckLead } from '#contract/stuck.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { leadBy } from '#features/handoffs/excepting.ts';
import type { Query } from '#platform/db/transaction.ts';
import { takeBack } from './stuck.ts';

type Row = {
  id: string;
  email: string | null;
  name: string | null;
  account: string | null;
  attempts: number;
  error: string;
  first_at: Date;
  last_at: Date;
  retry_at: Date | null;
};

/** The one that waits longest first. */
export async function listStuck(
  query: Query,
  workspace: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: StuckLead[]; next: string | null }> {
  const [since, id] = cursor === undefined ? [null, null] : readCursor<[number, string]>(cursor, [0, '']);
  const rows = await query<Row>(
    `SELECT s.id, s.email, s.attributes ->> 'name' AS name, a.name AS account, x.attempts, x.error, x.first_at,
       x.last_at, x.retry_at
     FROM stuck_leads x
       JOIN leads s ON s.workspace_id = x.workspace_id AND s.number = x.lead
       LEFT JOIN accounts a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
     WHERE x.workspace_id = $1 AND ($2::timestamptz IS NULL OR (x.first_at, s.id::text) > ($2, $3))
     ORDER BY x.first_at, s.id::text LIMIT $4`,
    [workspace, since === null ? null : new Date(since), id, limit + 1],
  );
  return pageOf(rows, limit, { item: shown, place: (row) => [row.first_at.getTime(), row.id] });
}

const shown = ({ id, email, name, account, attempts, error, ...times }: Row): StuckLead => ({
  lead: { id, email, name, account },
  attempts,
  error,
  since: times.first_at.toISOString(),
  last_at: times.last_at.toISOString(),
  retry_at: times.retry_at?.toISOString() ?? null,
});

/** Has a lead folded once more, with everything that is known of it. */
export async function refold(deed: Deed, id: string): Promise<{ lead: string; released: boolean }> {
  const { query, workspace, now } = deed;
  const lead = await leadBy(deed, id);
  const released = (await takeBack(query, workspace, [lead.number])).length > 0;
  deed.mark(lead.number);
  const subject = { kind: 'lead', id: lead.id };
  deed.journal({ at: now, what: 'lead.refolded', subject, data: { released } });
  return { lead: lead.id, released };
}
