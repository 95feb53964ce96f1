/** A code of an authenticator counts once, though it is shown for half a minute and taken for a little longer. */
import { hash } from 'node:crypto';
import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';

/** Longer than any code is taken: its own half minute, and one on either side. */
const TAKEN_FOR = 3 * 60_000;

/**
 * Uses a code up. Kept as a digest among the attempts, and forgotten like them.
 * @returns whether it was unused until now; of several at once one is told so
 */
export async function useUp(query: Query, person: string, code: string, now: Instant): Promise<boolean> {
  const rows = await query(
    `INSERT INTO people.attempts AS a (subject, failures, free_at, forget_at) VALUES ($1, 1, $2, $3)
     ON CONFLICT (subject) DO UPDATE SET forget_at = excluded.forget_at WHERE a.forget_at <= $2 RETURNING subject`,
    [hash('sha256', `code ${person} ${code.trim()}`), new Date(now), new Date(now + TAKEN_FOR)],
  );
  return rows.length > 0;
}
