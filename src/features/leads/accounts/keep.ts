import type { AccountKey } from '#features/leads/accounts/account.ts';
import type { Scope } from '#features/leads/identity/scope.ts';

/**
 * Makes sure that accounts exist.
 * @returns the id each is stored under, by the id it is asked for by: one that was made otherwise before, with the same
 *   domain, keeps its own
 */
export async function keepAccounts(
  { query, workspace }: Scope,
  keys: readonly AccountKey[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const wanted = [...new Map(keys.map((key) => [key.id, key])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const columns = [workspace, wanted.map(({ id }) => id), wanted.map(({ domain }) => domain)];
  const stored = async (): Promise<Map<string, string>> => {
    const rows = await query<{ wanted: string; id: string }>(
      `SELECT g.id AS wanted, a.id FROM unnest($2::uuid[], $3::text[]) AS g(id, domain)
         JOIN accounts a ON a.workspace_id = $1 AND (a.id = g.id AND g.domain IS NULL OR a.domain = g.domain)`,
      columns,
    );
    return new Map(rows.map((row) => [row.wanted, row.id]));
  };
  const found = await stored();
  if (found.size === wanted.length) return found;
  await query(
    `INSERT INTO accounts (workspace_id, id, domain) SELECT $1, g.id, g.domain
     FROM unnest($2::uuid[], $3::text[]) AS g(id, domain) ON CONFLICT DO NOTHING`,
    columns,
  );
  return stored();
}
