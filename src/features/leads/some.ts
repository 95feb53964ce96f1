/** Some leads out of all, the same ones whenever the same seed asks. */
import type { Query } from '#platform/db/transaction.ts';

/** A lead that was picked, and what people call it. */
type Picked = { number: number; id: string; name: string };

/** Of this many numbers asked, most are leads that are still there. */
const SPARE = 2;

/**
 * Leads by numbers drawn at random, so that a million costs no more than a thousand.
 * @param seed any text; a uuid will do
 */
export async function someLeads(
  query: Query,
  workspace: string,
  most: number,
  seed: string,
): Promise<{ leads: Picked[]; of: number }> {
  const [counter] = await query<{ last: number }>('SELECT last FROM lead_counters WHERE workspace_id = $1', [
    workspace,
  ]);
  const last = counter?.last ?? 0;
  const leads = await query<Picked>(
    `SELECT number, id, coalesce(search_name, email, id::text) AS name FROM leads
     WHERE workspace_id = $1 AND merged_into IS NULL AND erased_at IS NULL AND number = ANY ($2::bigint[])
     ORDER BY hashtextextended($3, number), number LIMIT $4`,
    [workspace, drawn(last, most * SPARE, seed), seed, most],
  );
  return { leads, of: last };
}

/** Different whole numbers from 1 to `last`; all of them when there are not that many. */
function drawn(last: number, count: number, seed: string): number[] {
  if (last <= count) return Array.from({ length: last }, (_, i) => i + 1);
  let state = [...seed].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
  const numbers = new Set<number>();
  while (numbers.size < count) {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    numbers.add(1 + Math.floor((((x ^ (x >>> 14)) >>> 0) / 2 ** 32) * last));
  }
  return [...numbers];
}
