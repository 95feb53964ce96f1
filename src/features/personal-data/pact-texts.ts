/**
 * Nobody's data belongs into a definition, and golden leads are where it comes in all the same. What is still being
 * written loses it; what was proposed stays, for two parties have signed its every letter: it is named, so that the
 * next version leaves it out.
 */
import { readText } from '#features/pacts/drafting.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { GONE, patternOf } from './naming.ts';

/** A version whose text names the person and cannot be changed any more. */
export type SignedText = { pact: string; version: number };

type Place = {
  table: string;
  keys: Record<string, unknown>;
  text: string;
  base_text: string | null;
  normal: object | null;
};

const DRAFTS = `SELECT 'versions' AS table, jsonb_build_object('pact_id', pact_id, 'number', number) AS keys, text, base_text, normal
  FROM versions WHERE workspace_id = $1 AND proposed_at IS NULL AND (text ~* $2 OR base_text ~* $2)
  UNION ALL
  SELECT 'opening_texts', jsonb_build_object('opening_id', opening_id, 'party', party), text, NULL, NULL
  FROM opening_texts WHERE workspace_id = $1 AND text ~* $2`;

/** To be called in the transaction that erases, in which both sides' texts are in reach. */
export async function takeNamesOutOfPacts(
  query: Query,
  workspace: string,
  names: readonly string[],
): Promise<{ cleared: Record<string, number>; signed: SignedText[] }> {
  const pattern = patternOf(names);
  const cleared: Record<string, number> = {};
  if (pattern === null) return { cleared, signed: [] };
  const finder = new RegExp(pattern, 'gi');
  const places = await query<Place>(DRAFTS, [workspace, pattern]);
  for (const { table, keys, text, base_text, normal } of places) {
    const columns = await columnsOf(text.replace(finder, GONE), JSON.stringify(normal).replace(finder, GONE));
    const set: Record<string, unknown> =
      table === 'versions'
        ? { ...columns, base_text: base_text?.replace(finder, GONE) ?? null }
        : { text: columns.text, ...('digest' in columns && { digest: columns.digest }) };
    const [where, what] = [Object.keys(keys), Object.keys(set)];
    const place = where.map((key, i) => `${key}::text = $${2 + i}`).join(' AND ');
    const change = what.map((column, i) => `${column} = $${2 + where.length + i}`).join(', ');
    await query(
      `UPDATE ${table} SET ${change}, revision = revision + 1 WHERE workspace_id = $1 AND ${place}`,
      [workspace, ...Object.values(keys).map(String), ...Object.values(set)],
    );
    cleared[table] = (cleared[table] ?? 0) + 1;
  }
  const signed = await query<SignedText>(
    `SELECT pact_id AS pact, number AS version FROM versions
     WHERE workspace_id = $1 AND proposed_at IS NOT NULL AND text ~* $2 ORDER BY pact_id, number`,
    [workspace, pattern],
  );
  return { cleared, signed };
}

/** A draft of long ago may not be a pact any more, as pacts are written today: then its digest says what it was. */
const columnsOf = (text: string, normal: string) =>
  readText(text).then(
    ({ columns }) => columns,
    (error: unknown) => {
      if (error instanceof HttpProblem) return { text, normal };
      throw error;
    },
  );
