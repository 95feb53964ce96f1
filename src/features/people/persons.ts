/** Persons: who signs in, whatever the workspaces they are members of. */

import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import type { Auth } from './auth.ts';
import { accountSubject, countAttempt, forgiveAttempt, networkSubject } from './throttle.ts';

/** What the door is kept with. */
export type Doorkeeper = { database: Database; clock: Clock; auth: Auth };

export type Person = { id: string; name: string; email: string };

const hasherOf = async (auth: Auth) => (await (await auth()).$context).password;

/** How an e-mail address is compared. */
export const plainEmail = (email: string): string => email.trim().toLowerCase();

export async function findPerson(
  { database }: Pick<Doorkeeper, 'database'>,
  email: string,
): Promise<Person | null> {
  const [person] = await database.atTheDoor((_, query) =>
    query<Person>('SELECT id, name, email FROM people.persons WHERE email = $1', [plainEmail(email)]),
  );
  return person ?? null;
}

/**
 * Makes a person who signs in with a password. Their address counts as verified: who calls this has seen that they
 * read the mail sent there, or is the one who sets the house up.
 * @returns null when there is a person of that address already.
 */
export async function makePerson(
  { database, clock, auth }: Doorkeeper,
  { name, email, password }: { name: string; email: string; password: string },
): Promise<Person | null> {
  const digest = await (await hasherOf(auth)).hash(password);
  const now = clock();
  const person: Person = { id: newId(now), name, email: plainEmail(email) };
  return database.atTheDoor(async (_, query) => {
    const made = await query(
      `INSERT INTO people.persons (id, name, email, email_verified, created_at, updated_at)
       VALUES ($1, $2, $3, true, $4, $4) ON CONFLICT (email) DO NOTHING RETURNING id`,
      [person.id, person.name, person.email, new Date(now)],
    );
    if (made.length === 0) return null;
    await query(
      `INSERT INTO people.credentials (id, person_id, provider, account, password_hash, created_at, updated_at)
       VALUES ($1, $2, 'credential', $3, $4, $5, $5)`,
      [newId(now), person.id, person.id, digest, new Date(now)],
    );
    return person;
  });
}

/** Sets a password, and ends every session: whoever holds one signs in again. */
export async function replacePassword(
  { database, clock, auth }: Doorkeeper,
  person: string,
  password: string,
): Promise<void> {
  const digest = await (await hasherOf(auth)).hash(password);
  await database.atTheDoor(async (_, query) => {
    await query(
      "UPDATE people.credentials SET password_hash = $2, updated_at = $3 WHERE person_id = $1 AND provider = 'credential'",
      [person, digest, new Date(clock())],
    );
    await query('DELETE FROM people.sessions WHERE person_id = $1', [person]);
  });
}

export type Proof = { email: string; password: string; address: string };

/**
 * Holds a password to the one that is kept, with the same count of attempts as signing in.
 * @throws HttpProblem 401 when it is another, 429 when there were too many.
 */
export async function proveSelf(keeper: Doorkeeper, { email, password, address }: Proof): Promise<Person> {
  const { database, auth } = keeper;
  return withAttempt(keeper, { email, address }, async () => {
    const [kept] = await database.atTheDoor((_, query) =>
      query<Person & { password_hash: string }>(
        `SELECT p.id, p.name, p.email, c.password_hash FROM people.persons p JOIN people.credentials c ON c.person_id = p.id
         WHERE p.email = $1 AND c.provider = 'credential'`,
        [plainEmail(email)],
      ),
    );
    const hasher = await hasherOf(auth);
    const proven = kept && (await hasher.verify({ hash: kept.password_hash, password }));
    if (!proven) throw wrongCredentials();
    return { id: kept.id, name: kept.name, email: kept.email };
  });
}

/** The same for every reason: whether there is such a person is nobody's business. */
export const wrongCredentials = (): HttpProblem =>
  new HttpProblem(401, 'wrong_credentials', 'No person signs in with this e-mail and this password.');

/** For somebody who is signed in already, and proves it once more. */
export const wrongPassword = (): HttpProblem =>
  new HttpProblem(401, 'wrong_credentials', 'This is not your password.');

/**
 * Does what somebody may only try so often.
 * @throws HttpProblem 429 when they have to wait.
 */
export async function withAttempt<T>(
  { database, clock }: Pick<Doorkeeper, 'database' | 'clock'>,
  { email, address }: Omit<Proof, 'password'>,
  attempt: () => Promise<T>,
): Promise<T> {
  const [account, network] = [accountSubject(email), networkSubject(address)];
  await database.atTheDoor((_, query) =>
    countAttempt(query, network ? [account, network] : [account], clock()),
  );
  const done = await attempt();
  await database.atTheDoor((_, query) => forgiveAttempt(query, account, network));
  return done;
}
