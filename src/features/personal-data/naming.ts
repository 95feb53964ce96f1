/** Words that name a person, found and taken out of texts that are about more than that person. */
import type { Query } from '#platform/db/transaction.ts';

/** Stands where a name was. */
export const GONE = '(erased)';

/** What finds any of the names, as PostgreSQL and JavaScript both read it; null when there are none. */
export function patternOf(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const escaped = names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[^\p{L}\p{N} ]/gu, '\\$&'));
  return `(?:${escaped.join('|')})`;
}

/** Texts of the house in which somebody may have been named. JSON as well: what names are replaced by breaks none. */
const TEXTS: Record<string, readonly { column: string; json?: true }[]> = {
  messages: [{ column: 'body' }],
  clause_comments: [{ column: 'body' }, { column: 'edits', json: true }],
  opening_choices: [{ column: 'value', json: true }],
  reviews: [{ column: 'minutes' }],
  review_decisions: [{ column: 'text' }],
  saved_views: [{ column: 'name' }, { column: 'filter', json: true }],
  touches: [{ column: 'note' }],
  lapses: [{ column: 'note' }],
  accounts: [{ column: 'name' }, { column: 'attributes', json: true }],
  backtests: [{ column: 'text' }],
  imports: [{ column: 'file_name' }, { column: 'error' }],
  outbox: [{ column: 'last_error' }],
  webhook_deliveries: [{ column: 'last_error' }],
};

/** @returns how many rows of each table named the person */
export async function takeNamesOut(
  query: Query,
  workspace: string,
  names: readonly string[],
): Promise<Record<string, number>> {
  const pattern = patternOf(names);
  const found: Record<string, number> = {};
  if (pattern === null) return found;
  for (const [table, columns] of Object.entries(TEXTS)) {
    const set = columns.map(({ column, json }) => {
      const cleared = `regexp_replace(${column}::text, $2, '${GONE}', 'gi')`;
      return `${column} = ${json ? `${cleared}::jsonb` : cleared}`;
    });
    const named = columns.map(({ column }) => `${column}::text ~* $2`).join(' OR ');
    const [row] = await query<{ n: number }>(
      `WITH named AS (UPDATE ${table} SET ${set.join(', ')} WHERE workspace_id = $1 AND (${named}) RETURNING 1)
       SELECT count(*)::int AS n FROM named`,
      [workspace, pattern],
    );
    if (row!.n > 0) found[table] = row!.n;
  }
  return found;
}
