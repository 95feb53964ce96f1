import type { Scope } from '#features/leads/identity/scope.ts';

/**
 * A person's leads: the one that stands for the person (`merged_into` is null) and those that were found to be the same.
 * What each of them did is recorded under its own number, and stays there.
 */
export type Family = { root: number; leads: number[] };

/** For each of the leads, the one that stands for its person. Leads that do not exist are left out. */
export async function rootsOf(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  leads: readonly number[],
): Promise<Map<number, number>> {
  if (leads.length === 0) return new Map();
  const rows = await query<{ number: number; root: number }>(
    `SELECT number, coalesce(merged_into, number) AS root FROM leads
     WHERE workspace_id = $1 AND number = ANY ($2::bigint[])`,
    [workspace, leads],
  );
  return new Map(rows.map(({ number, root }) => [number, root]));
}

/** The families of leads that stand for a person. One that has been merged into another has none. */
export async function familiesOf(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  roots: readonly number[],
): Promise<Family[]> {
  const rows = await query<{ number: number; root: number }>(
    `SELECT number, coalesce(merged_into, number) AS root FROM leads
     WHERE workspace_id = $1 AND (number = ANY ($2::bigint[]) AND merged_into IS NULL OR merged_into = ANY ($2::bigint[]))`,
    [workspace, roots],
  );
  const families = Map.groupBy(rows, ({ root }) => root);
  return [...families].map(([root, members]) => ({ root, leads: members.map(({ number }) => number) }));
}
