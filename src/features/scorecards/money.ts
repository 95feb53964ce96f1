/** Sums of deals, by currency. */
import type { Amounts } from '#engine/measures/figure.ts';
import type { BaseName } from './bases/bases.ts';
import { baseNamed } from './bases/bases.ts';
import { rowsOf } from './counting.ts';
import type { Scope } from './scope.ts';
import { type By, Sql } from './sql.ts';

/** What the rows of a set add up to; amounts that nobody entered are told apart. */
export async function amountsOf(scope: Scope, name: BaseName, set: string, by: By = {}): Promise<Amounts> {
  const sql = new Sql(scope, by);
  const base = baseNamed(name);
  const [amount, currency] = [base.row.amount!(sql), base.row.currency!(sql)];
  const rows = await scope.query<{ currency: string; amount: number | null; n: number; unknown: number }>(
    `SELECT ${currency} AS currency, sum(${amount}) AS amount, count(${amount}) AS n, count(*) - count(${amount}) AS unknown
     ${rowsOf(sql, base, set)} GROUP BY 1 ORDER BY 1`,
    sql.values,
  );
  return {
    sums: new Map(
      rows.filter(({ n }) => n > 0).map(({ currency: name, amount: sum, n }) => [name, { amount: sum!, n }]),
    ),
    unknown: rows.reduce((all, { unknown }) => all + unknown, 0),
  };
}
