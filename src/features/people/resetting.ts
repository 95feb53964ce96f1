/** For who has forgotten their password. */
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#platform/ids.ts';
import type { DoorHouse } from './door.ts';
import { voidToken } from './letters.ts';
import { type Doorkeeper, findPerson, replacePassword, withAttempt } from './persons.ts';

const HOUR = 60 * 60 * 1_000;
/** Every answer takes at least as long as finding the person does, so that none tells whether there is one. */
const LEAST = 300;

/** Has a mail sent, when there is such a person in any workspace. Tells the caller nothing. */
export async function askForReset(house: DoorHouse, email: string, address: string): Promise<void> {
  const least = pause(LEAST);
  await withAttempt(house, { email: `reset ${email}`, address }, () => sendReset(house, email));
  await least;
}

async function sendReset({ database, clock }: DoorHouse, email: string): Promise<void> {
  const person = await findPerson({ database }, email);
  if (!person) return;
  const place = await database.asPerson(person.id, (tx) =>
    tx
      .selectFrom('members')
      .select('workspace_id')
      .where('left_at', 'is', null)
      .where('joined_at', 'is not', null)
      .orderBy('joined_at')
      .limit(1)
      .executeTakeFirst(),
  );
  if (!place) return;
  const now = clock();
  const at = new Date(now);
  await database.inWorkspace(place.workspace_id, (tx) =>
    tx
      .insertInto('outbox')
      .values({
        ...place,
        id: newId(now),
        topic: 'mail.password',
        payload: JSON.stringify({ person: person.id }),
        created_at: at,
        due_at: at,
      })
      .execute(),
  );
}

/** Where a person sets a new password within the hour; null when they sign in without one. */
export async function resetLink(house: DoorHouse, person: string): Promise<string | null> {
  const moment = await passwordSince(house, person);
  if (moment === null) return null;
  const token = house.letters.write('password', { ids: [person], moment }, house.clock() + HOUR);
  return house.letters.link('password', token);
}

/** @throws HttpProblem when the token is void: over, or the password was changed since. */
export async function resetPassword(house: DoorHouse, token: string, password: string): Promise<void> {
  const { ids, moment } = house.letters.read('password', token, house.clock());
  const [person = ''] = ids;
  if ((await passwordSince(house, person)) !== moment) throw voidToken();
  await replacePassword(house, person, password);
}

async function passwordSince({ database }: Doorkeeper, person: string): Promise<number | null> {
  const [kept] = await database.atTheDoor((_, query) =>
    query<{ updated_at: Date }>(
      "SELECT updated_at FROM people.credentials WHERE person_id = $1 AND provider = 'credential'",
      [person],
    ),
  );
  return kept?.updated_at.getTime() ?? null;
}
