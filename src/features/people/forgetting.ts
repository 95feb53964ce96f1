/** What was given for a while at the door is forgotten when that is over. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';

/** Forgets sessions and verifications that have expired, and attempts that count no more. To be called once a day. */
export const forgetExpired = (database: Database, now: Instant): Promise<void> =>
  database.atTheDoor(async (_, query) => {
    const over = [new Date(now)];
    await query('DELETE FROM people.sessions WHERE expires_at <= $1', over);
    await query('DELETE FROM people.verifications WHERE expires_at <= $1', over);
    await query('DELETE FROM people.attempts WHERE forget_at <= $1', over);
  });
