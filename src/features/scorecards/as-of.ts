/** Leads judged again out of their ledgers, each as of an instant, some hundred at a time. */
import type { Facts } from '#engine/facts/facts.ts';
import { sayNumber } from '#engine/measures/say.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { baseNamed } from './bases/bases.ts';
import { rowsOf } from './counting.ts';
import type { Scope } from './scope.ts';
import { Sql } from './sql.ts';

const AT_ONCE = 500;

/** What is judged, by its id; which lead that is about; and as of when. */
export type AsOf = { id: string; lead: number; at: Date };

/**
 * What a scope takes in of a base.
 * @param columns of what is judged, the lead and the instant
 * @param doing more of what is too much, and what would be done with it
 * @throws HttpProblem 422 when there are more than anybody waits for
 */
export async function rowsAsOf(
  scope: Scope,
  base: Parameters<typeof baseNamed>[0],
  [id, lead, at]: readonly [id: string, lead: string, at: string],
  { most, doing }: { most: number; doing: string },
): Promise<AsOf[]> {
  const sql = new Sql(scope, {});
  const rows = await scope.query<AsOf>(
    `SELECT ${id} AS id, ${lead} AS lead, ${at} AS at ${rowsOf(sql, baseNamed(base))} ORDER BY 2 LIMIT ${sql.value(most + 1, 'int')}`,
    sql.values,
  );
  if (rows.length <= most) return rows;
  throw new HttpProblem(
    422,
    'too_many',
    `More than ${sayNumber(most)} ${doing}: ask for a shorter period, or run a backtest.`,
  );
}

/** The same with all that is known of each lead; without those of whom nothing is. */
export async function* withFacts<Row extends { lead: number }>(
  { query, workspace }: Scope,
  rows: readonly Row[],
): AsyncGenerator<Row & { facts: Facts }> {
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    const some = rows.slice(i, i + AT_ONCE);
    const ledgers = await readLedgers(query, workspace, [...new Set(some.map(({ lead }) => lead))]);
    for (const row of some) {
      const ledger = ledgers.get(row.lead);
      if (ledger !== undefined) yield { ...row, facts: factsOf(ledger) };
    }
  }
}
