/** Counting sets, several at once, as a whole or by groups. */

import type { Base } from './bases/base.ts';
import { type BaseName, baseNamed, findBase } from './bases/bases.ts';
import type { Scope } from './scope.ts';
import { type By, Sql } from './sql.ts';

export type Counts<Set extends string> = Record<Set, number>;

/** FROM … WHERE …, narrowed down by groups and one set. */
export function rowsOf(sql: Sql, base: Base, set?: string): string {
  const narrowed = Object.entries(sql.by)
    .filter(([name]) => name in base.groups)
    .map(([name, value]) => ` AND ${base.groups[name]!(sql)} = ${sql.value(value, 'text')}`);
  const test = set === undefined ? '' : ` AND (${base.sets[set]!(sql)})`;
  return `${base.from(sql)}${narrowed.join('')}${test}`;
}

/** How many rows each of the sets has. */
export async function count<Set extends string>(
  scope: Scope,
  name: BaseName,
  sets: readonly Set[],
  by: By = {},
): Promise<Counts<Set>> {
  const sql = new Sql(scope, by);
  const base = baseNamed(name);
  const columns = sets.map((set, i) => `count(*) FILTER (WHERE ${base.sets[set]!(sql)}) AS n${i}`);
  const [row] = await scope.query<Record<string, number>>(
    `SELECT ${columns.join(', ')} ${rowsOf(sql, base)}`,
    sql.values,
  );
  return countsIn(sets, row!);
}

/** The same for each group there is; the group's value is ''  where it is not known. */
export async function countBy<Set extends string>(
  scope: Scope,
  name: BaseName,
  sets: readonly Set[],
  group: string,
  by: By = {},
): Promise<Map<string, Counts<Set>>> {
  // Named, so that the base joins what the group is told by; it narrows nothing down.
  const sql = new Sql(scope, { ...by, [group]: '' });
  const base = baseNamed(name);
  const columns = sets.map((set, i) => `count(*) FILTER (WHERE ${base.sets[set]!(sql)}) AS n${i}`);
  const rows = await scope.query<Record<string, number> & { of: string }>(
    `SELECT ${base.groups[group]!(sql)} AS of, ${columns.join(', ')} ${whole(sql, base, group)} GROUP BY 1 ORDER BY 1`,
    sql.values,
  );
  return new Map(rows.map((row) => [row.of, countsIn(sets, row)]));
}

function whole(sql: Sql, base: Base, group: string): string {
  const narrowed = Object.entries(sql.by)
    .filter(([name]) => name !== group && name in base.groups)
    .map(([name, value]) => ` AND ${base.groups[name]!(sql)} = ${sql.value(value, 'text')}`);
  return `${base.from(sql)}${narrowed.join('')}`;
}

const countsIn = <Set extends string>(sets: readonly Set[], row: Record<string, number>): Counts<Set> =>
  Object.fromEntries(sets.map((set, i) => [set, row[`n${i}`]!])) as Counts<Set>;

/** A set of a base by the name that openings give it: `handoffs.accepted`. @throws HttpProblem */
export function findSet(of: string): { name: BaseName; base: Base; set: string } {
  const [first = '', set = ''] = of.split('.', 2);
  const { name, base } = findBase(first);
  if (!Object.hasOwn(base.sets, set)) findBase(of);
  return { name, base, set };
}
