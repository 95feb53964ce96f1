/** The rates both teams go by: those of the pact, and what they expect of single types of leads. */
import type { Pact } from '#engine/pact/pact.ts';
import type { Scope } from './scope.ts';

export type AgreedRates = {
  /** From MQL to won, by type of lead; where the two teams expect different rates, the lower one. */
  byType: ReadonlyMap<string, number>;
  /** By the pact; null where a step has no rate. */
  overall: number | null;
};

export const agreedProduct = (expected: Pact['economics']['expected'] | undefined): number | null => {
  const rates = [expected?.mql_to_sal, expected?.sal_to_sql, expected?.sql_to_won];
  return rates.reduce<number | null>(
    (product, rate) => (product === null || rate === undefined ? null : product * rate),
    1,
  );
};

export async function agreedRates({ query, workspace, version }: Scope): Promise<AgreedRates> {
  const rows = await query<{ type: string; rate: number }>(
    `SELECT lead_type AS type, min(rate) AS rate FROM expectations
     WHERE workspace_id = $1 AND step = 'mql_to_won' AND party IN ('marketing', 'sales') AND rate IS NOT NULL GROUP BY 1`,
    [workspace],
  );
  const known = new Map(rows.map(({ type, rate }) => [type, rate]));
  const overall = agreedProduct(version?.pact.economics.expected) ?? known.get('') ?? null;
  known.delete('');
  return { byType: known, overall };
}
