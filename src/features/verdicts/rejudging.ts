/** A version came into force: every lead that is still on its way is to be looked at on that day. */
import type { Query } from '#platform/db/transaction.ts';

type Rejudgement = { pact_id: string; version: number; at: Date; reached: number };

/** What is over is not looked at again. */
const ENDED = "('won', 'lost', 'disqualified')";

/**
 * Tells the next leads, in order of their numbers; those that nobody has folded yet get a state. A lead's fold then
 * finds the version in its ledger, as it finds everything else.
 * @returns how many were told; 0 when there is nothing left to tell, or another worker is at it.
 */
export async function tellNextLeads(query: Query, workspace: string, most: number): Promise<number> {
  const [next] = await query<Rejudgement>(
    `SELECT pact_id, version, at, reached FROM rejudgements
     WHERE workspace_id = $1 AND finished_at IS NULL ORDER BY at, pact_id, version LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [workspace],
  );
  if (next === undefined) return 0;
  const leads = await query<{ number: number }>(
    `SELECT number FROM leads WHERE workspace_id = $1 AND number > $2 AND merged_into IS NULL AND erased_at IS NULL
     ORDER BY number LIMIT $3`,
    [workspace, next.reached, most],
  );
  const numbers = leads.map(({ number }) => number);
  await query(
    `INSERT INTO lead_states AS s (workspace_id, lead, next_at)
     SELECT $1, lead, $3::timestamptz FROM unnest($2::bigint[]) AS given (lead) ORDER BY lead
     ON CONFLICT (workspace_id, lead) DO UPDATE SET next_at = least(s.next_at, excluded.next_at)
       WHERE s.stage NOT IN ${ENDED}`,
    [workspace, numbers, next.at],
  );
  // What could not be folded by the version before perhaps can be by this one.
  await query(
    'UPDATE stuck_leads SET attempts = 0, retry_at = $3 WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])',
    [workspace, numbers, next.at],
  );
  await query(
    `UPDATE rejudgements SET reached = coalesce($5, reached), finished_at = CASE WHEN $6 THEN clock_timestamp() END
     WHERE workspace_id = $1 AND pact_id = $2 AND version = $3 AND at = $4`,
    [workspace, next.pact_id, next.version, next.at, numbers.at(-1) ?? null, numbers.length < most],
  );
  return numbers.length;
}
