import { openAuth } from '#features/people/auth.ts';
import type { DoorHouse } from '#features/people/door.ts';
import { openLetters } from '#features/people/letters.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';

export type HouseOptions = {
  database: Database;
  clock: Clock;
  /** The installation's secret. */
  secret: string;
  /** The public origin, as users type it. */
  publicUrl: string;
  /** Whether mail is sent. */
  mailed: boolean;
};

/** What everything that answers or writes letters is lent. */
export const openHouse = ({ database, clock, secret, publicUrl, mailed }: HouseOptions): DoorHouse => ({
  database,
  clock,
  auth: openAuth({ database, clock, secret, publicUrl }),
  letters: openLetters(secret, publicUrl, mailed),
});
