/** Leads whose fold fails: set aside, tried again after a while, and left alone after a few tries. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';

const TRIES = 5;
const FIRST_WAIT = '2 seconds';

/** Sets leads aside. The wait doubles with every try; after the last there is no further one. */
export const setAside = (
  query: Query,
  workspace: string,
  failures: readonly { lead: number; error: string }[],
  now: Instant,
): Promise<unknown> =>
  query(
    `INSERT INTO stuck_leads AS x (workspace_id, lead, error, first_at, last_at, retry_at)
     SELECT $1, lead, error, $4, $4, $4::timestamptz + interval '${FIRST_WAIT}'
     FROM unnest($2::bigint[], $3::text[]) AS given (lead, error)
     ON CONFLICT (workspace_id, lead) DO UPDATE SET
       attempts = x.attempts + 1, error = excluded.error, last_at = excluded.last_at,
       retry_at = CASE WHEN x.attempts + 1 < ${TRIES}
         THEN excluded.last_at + interval '${FIRST_WAIT}' * 2 ^ x.attempts END`,
    [
      workspace,
      failures.map(({ lead }) => lead),
      failures.map(({ error }) => error.slice(0, 2_000)),
      new Date(now),
    ],
  );

/** Leads that fold again. */
export const takeBack = (
  query: Query,
  workspace: string,
  leads: readonly number[],
): Promise<{ lead: number }[]> =>
  query('DELETE FROM stuck_leads WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]) RETURNING lead', [
    workspace,
    leads,
  ]);

/** Sets a lead aside that could not even be written; its marks go, since a later fold takes in all of it. */
export async function giveUp(
  query: Query,
  workspace: string,
  lead: number,
  error: string,
  now: Instant,
): Promise<void> {
  const given = [workspace, lead];
  await query('DELETE FROM dirty_leads WHERE workspace_id = $1 AND lead = $2', given);
  await query(
    'UPDATE lead_states SET next_at = NULL WHERE workspace_id = $1 AND lead = $2 AND next_at <= $3',
    [...given, new Date(now)],
  );
  await setAside(query, workspace, [{ lead, error }], now);
}
