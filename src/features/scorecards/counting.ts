/** Counting sets, several at once, as a whole or by groups. */
import type { Base } from './bases/base.ts';
import { type BaseName, baseNamed, findBase } from './bases/bases.ts';
import type { Scope } from './scope.ts';
import { type By, Sql } from './sql.ts';

/** FROM … WHERE …, narrowed down by groups and one set. */
export const rowsOf = (sql: Sql, base: Base, set?: string): string =>
  `${base.from(sql)}${narrowed(sql, base)}${set === undefined ? '' : ` AND (${base.sets[set]!(sql)})`}`;

const narrowed = (sql: Sql, base: Base, except?: string): string =>
  Object.entries(sql.by)
    .filter(([name]) => name in base.groups && name !== except)
    .map(([name, value]) => ` AND ${base.groups[name]!(sql)} = ${sql.value(value, 'text')}`)
    .join('');

/** What is worked out of each group: how many rows a set has, or an expression over them. */
export type Cells<Key extends string> = Record<Key, { set: string; by?: By } | ((sql: Sql) => string)>;
export type Tally<Key extends string> = {
  all: Record<Key, number>;
  groups: Map<string, Record<Key, number>>;
};

/** Everything in one pass over the rows: as a whole, and by each value of a group when one is named ('' for not known). */
export async function tally<Key extends string>(
  scope: Scope,
  name: BaseName,
  cells: Cells<Key>,
  { by = {}, group }: { by?: By; group?: string | undefined } = {},
): Promise<Tally<Key>> {
  const base = baseNamed(name);
  // The group is named, so that the base joins what it is told by; it narrows nothing down.
  const sql = new Sql(scope, group === undefined ? by : { ...by, [group]: '' });
  const keys = Object.keys(cells) as Key[];
  const columns = keys.map((key, i) => {
    const cell = cells[key];
    if (typeof cell === 'function') return `${cell(sql)} AS c${i}`;
    return `count(*) FILTER (WHERE ${base.sets[cell.set]!(sql.with(cell.by ?? {}))}) AS c${i}`;
  });
  const told = group === undefined ? 'NULL' : base.groups[group]!(sql);
  const rest = `${base.from(sql)}${narrowed(sql, base, group)}`;
  const rows = await scope.query<Record<string, number> & { of: string | null }>(
    group === undefined
      ? `SELECT NULL AS of, ${columns.join(', ')} ${rest}`
      : `SELECT ${told} AS of, ${columns.join(', ')} ${rest} GROUP BY GROUPING SETS ((1), ()) ORDER BY 1`,
    sql.values,
  );
  const read = (row: Record<string, number>) =>
    Object.fromEntries(keys.map((key, i) => [key, row[`c${i}`]])) as Record<Key, number>;
  const whole = rows.find(({ of }) => of === null);
  return {
    all: read(whole!),
    groups: new Map(rows.filter(({ of }) => of !== null).map((row) => [row.of!, read(row)])),
  };
}

function setsAsCells<Set extends string>(sets: readonly Set[]): Cells<Set> {
  const cells: Partial<Cells<Set>> = {};
  for (const set of sets) cells[set] = { set };
  return cells as Cells<Set>;
}

/** How many rows each of the sets has. */
export const count = async <Set extends string>(
  scope: Scope,
  name: BaseName,
  sets: readonly Set[],
  by: By = {},
): Promise<Record<Set, number>> =>
  sets.length === 1
    ? ({ [sets[0]!]: await countOne(scope, name, sets[0]!, by) } as Record<Set, number>)
    : (await tally(scope, name, setsAsCells(sets), { by })).all;

/** One set alone is looked for, instead of being picked out of all rows: indexes and joins can help. */
async function countOne(scope: Scope, name: BaseName, set: string, by: By): Promise<number> {
  const sql = new Sql(scope, by);
  const [row] = await scope.query<{ n: number }>(
    `SELECT count(*) AS n ${rowsOf(sql, baseNamed(name), set)}`,
    sql.values,
  );
  return row!.n;
}

/** The same for each group there is. */
export const countBy = async <Set extends string>(
  scope: Scope,
  name: BaseName,
  sets: readonly Set[],
  group: string,
  by: By = {},
): Promise<Map<string, Record<Set, number>>> =>
  (await tally(scope, name, setsAsCells(sets), { by, group })).groups;

/** A set of a base by the name that openings give it: `handoffs.accepted`. @throws HttpProblem */
export function findSet(of: string): { name: BaseName; base: Base; set: string } {
  const [first = '', set = ''] = of.split('.', 2);
  const { name, base } = findBase(first);
  if (!Object.hasOwn(base.sets, set)) findBase(of);
  return { name, base, set };
}
