/** The rates both teams go by: those of the pact, and what they expect of steps and of single types of leads. */
import type { Pact } from '#engine/pact/pact.ts';
import type { Scope } from './scope.ts';

export type AgreedRates = {
  /** From MQL to won, by type of lead; where the two teams expect different rates, the lower one. */
  byType: ReadonlyMap<string, number>;
  /** By the pact; null where a step has no rate. */
  overall: number | null;
};

const agreedProduct = (expected: Pact['economics']['expected'] | undefined): number | null => {
  const rates = [expected?.mql_to_sal, expected?.sal_to_sql, expected?.sql_to_won];
  return rates.reduce<number | null>(
    (product, rate) => (product === null || rate === undefined ? null : product * rate),
    1,
  );
};

export async function agreedRates(scope: Scope): Promise<AgreedRates> {
  const rows = await ofTeams(scope);
  const known = new Map(
    rows.filter(({ step }) => step === 'mql_to_won').map(({ type, rate }) => [type, rate]),
  );
  const overall = agreedProduct(scope.version?.pact.economics.expected) ?? known.get('') ?? null;
  known.delete('');
  return { byType: known, overall };
}

/** What is expected of each step: as the pact says, else as the teams do. */
export async function expectedRates(scope: Scope): Promise<Map<string, number>> {
  const rows = await ofTeams(scope);
  const rates = new Map(rows.filter(({ type }) => type === '').map(({ step, rate }) => [step, rate]));
  for (const [step, rate] of Object.entries(scope.version?.pact.economics.expected ?? {})) {
    if (rate !== undefined) rates.set(step, rate);
  }
  return rates;
}

/** Where the two teams expect different rates, the lower one: promises are made on it. */
const ofTeams = ({ query, workspace }: Scope) =>
  query<{ step: string; type: string; rate: number }>(
    `SELECT step, lead_type AS type, min(rate) AS rate FROM expectations
     WHERE workspace_id = $1 AND party IN ('marketing', 'sales') AND rate IS NOT NULL GROUP BY 1, 2`,
    [workspace],
  );
