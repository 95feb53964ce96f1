/** MQLs that could not be handed over, and what is missing. */
import type { UnreadyHandoff } from '#contract/stuck.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import type { Query } from '#platform/db/transaction.ts';
import { LEAD_NAME } from './held.ts';
import { iso } from './showing.ts';

type Row = {
  id: string;
  email: string | null;
  name: string | null;
  account: string | null;
  pass: number;
  tier: string;
  refused: string;
  missing: string[];
  since: Date;
  tried_at: Date;
};
type Wanted = { missing?: string | undefined; cursor?: string | undefined; limit: number };

/** The one that waits longest first. */
export async function listUnready(
  query: Query,
  workspace: string,
  { missing, cursor, limit }: Wanted,
): Promise<{ items: UnreadyHandoff[]; next: string | null }> {
  const [since, id] = cursor === undefined ? [null, null] : readCursor<[number, string]>(cursor, [0, '']);
  const rows = await query<Row>(
    `SELECT s.id, s.email, ${LEAD_NAME} AS name, a.name AS account, u.pass, u.offer ->> 'tier' AS tier, u.refused,
       u.missing, u.since, u.tried_at
     FROM unready_handoffs u
       JOIN leads s ON s.workspace_id = u.workspace_id AND s.number = u.lead
       LEFT JOIN accounts a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
     WHERE u.workspace_id = $1 AND ($2::text IS NULL OR $2 = ANY (u.missing))
       AND ($3::timestamptz IS NULL OR (u.since, s.id::text) > ($3, $4))
     ORDER BY u.since, s.id::text LIMIT $5`,
    [workspace, missing ?? null, since === null ? null : new Date(since), id, limit + 1],
  );
  return pageOf(rows, limit, { item: shown, place: (row) => [row.since.getTime(), row.id] });
}

const shown = ({ id, email, name, account, since, tried_at, ...rest }: Row): UnreadyHandoff => ({
  lead: { id, email, name, account },
  ...rest,
  since: iso(since),
  tried_at: iso(tried_at),
});
