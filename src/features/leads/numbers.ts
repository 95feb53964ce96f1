import type { Scope } from '#features/leads/identity/scope.ts';

/**
 * Takes lead numbers that nobody else will be given. Taken in a transaction of their own, so that those who make leads
 * do not wait for each other; what is not used is lost. The counter need not wait for the disk: whatever is written
 * with a number is written after it, and waits.
 */
export async function takeNumbers(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  count: number,
): Promise<number[]> {
  await query("SELECT set_config('synchronous_commit', 'off', true)");
  const [row] = await query<{ last: number }>(
    `INSERT INTO lead_counters AS c (workspace_id, last) VALUES ($1, $2)
     ON CONFLICT (workspace_id) DO UPDATE SET last = c.last + $2 RETURNING last`,
    [workspace, count],
  );
  return Array.from({ length: count }, (_, i) => row!.last - count + 1 + i);
}
