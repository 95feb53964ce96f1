/** The rows of a set, in pages: exactly those that a figure counted. */
import type { MeasureRow } from '#contract/measures.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { isUuid } from '#platform/ids.ts';
import { type Base, writtenName } from './bases/base.ts';
import { findSet, rowsOf } from './counting.ts';
import type { Scope } from './scope.ts';
import { type By, Sql } from './sql.ts';

type Row = {
  place: string;
  id: string;
  lead: string | null;
  name: string | null;
  source: string | null;
  at: Date;
  what: string | null;
  clause: string | null;
  version: number | null;
  pass: number | null;
  amount: number | null;
  currency: string | null;
  elapsed: number | null;
};

export type Wanted = { of: string; by?: string | undefined; limit: number; cursor?: string | undefined };

/** @throws HttpProblem 400 for a set, group or cursor that no report gave out. */
export async function listRows(
  scope: Scope,
  wanted: Wanted,
): Promise<{ items: MeasureRow[]; next: string | null }> {
  const { base, set } = findSet(wanted.of);
  const sql = new Sql(scope, readBy(base, wanted.by));
  const { row } = base;
  const text = (write: Base['row']['what'], type: string): string =>
    write === undefined ? `NULL::${type}` : `(${write(sql)})::${type}`;
  const columns = `${row.at(sql)} AS at, ${row.id(sql)} AS id, ${row.lead(sql)} AS number, ${text(row.name, 'text')} AS own_name, ${text(row.what, 'text')} AS what,
    ${text(row.clause, 'text')} AS clause, ${text(row.version, 'int')} AS version, ${text(row.pass, 'int')} AS pass,
    ${text(row.amount, 'numeric')} AS amount, ${text(row.currency, 'text')} AS currency, ${text(row.elapsed, 'float8')} AS elapsed`;
  const rows = rowsOf(sql, base, set);
  const place = "to_char(x.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')";
  const after = placeIn(wanted.cursor);
  // A clock's id is its handoff's, a pass's its lead's: what else tells them apart comes third.
  const third = "coalesce(x.what, '') || coalesce(x.pass::text, '')";
  const later =
    after === null
      ? ''
      : `WHERE (x.at, x.id, ${third}) > (${sql.value(`${after[0]}Z`, 'timestamptz')}, ${sql.value(after[1], 'uuid')}, ${sql.value(after[2], 'text')})`;
  const found = await scope.query<Row>(
    `SELECT x.place, x.id, x.at, x.what, x.clause, x.version, x.pass, x.amount, x.currency, x.elapsed,
       l.id AS lead, coalesce(x.own_name, ${writtenName('l')}, l.email, a.name) AS name, l.source
     FROM (SELECT x.*, ${place} || '|' || ${third} AS place, ${third} AS third FROM (SELECT ${columns} ${rows}) x ${later}
           ORDER BY x.at, x.id, ${third} LIMIT ${sql.value(wanted.limit + 1, 'int')}) x
     LEFT JOIN leads o ON o.workspace_id = $1 AND o.number = x.number
     LEFT JOIN leads l ON l.workspace_id = $1 AND l.number = CASE WHEN o.merged_into IS NULL THEN o.number ELSE o.merged_into END
     LEFT JOIN accounts a ON a.workspace_id = $1 AND a.id = l.account_id
     ORDER BY x.at, x.id, x.third`,
    sql.values,
  );
  return pageOf(found, wanted.limit, {
    item: ({ place: _, at, ...one }) => ({ kind: base.kind, ...one, at: at.toISOString() }),
    place: ({ place: written, id }) => {
      const [at, rest] = split(written);
      return [at, id, rest];
    },
  });
}

function split(place: string): [at: string, rest: string] {
  const bar = place.indexOf('|');
  return [place.slice(0, bar), place.slice(bar + 1)];
}

type Place = [at: string, id: string, rest: string];
const PLACE: Place = ['', '', ''];

function placeIn(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [at, id, rest] = readCursor(cursor, PLACE);
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(at) && isUuid(id)) return [at, id, rest];
  return readCursor('', PLACE); // refused in the same words as any other
}

function readBy(base: Base, text: string | undefined): By {
  const by = Object.fromEntries(new URLSearchParams(text ?? ''));
  const strange = Object.keys(by).find((name) => !(name in base.groups) && !base.settings.includes(name));
  if (strange === undefined) return by;
  throw new HttpProblem(
    400,
    'bad_rows',
    `These rows are not told apart by ${JSON.stringify(strange)}: hand "params" back as they were given.`,
  );
}
