/** From a draft to what holds: proposed, signed by both parties, in force. */
import type { Selectable } from 'kysely';
import type { Instant } from '#engine/facts/facts.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import type { Versions } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { systemCode } from '#platform/errors.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { tell, type VersionKey } from './drafting.ts';
import { examine } from './examining.ts';

/** Proposes a draft for signing. Refused while lint finds an error in it or a golden lead is not as agreed. */
export async function propose(tx: Tx, caller: Caller, key: VersionKey, at: Instant): Promise<void> {
  const version = await locked(tx, caller, key);
  if (version.proposed_at !== null) throw already(key, 'proposed');
  const errors = examine(version.text).filter(({ level }) => level === 'error');
  if (errors.length > 0) {
    throw new HttpProblem(422, 'lint', `Version ${key.number} cannot be proposed as it is: see "errors".`, {
      errors: errors.map(({ path, message, hint }) => ({ path, message: `${message}; ${hint}` })),
    });
  }
  await set(tx, caller, key, { proposed_at: new Date(at), proposed_by: memberOf(caller) });
  await tell(tx, caller, 'version.proposed', key, at, { digest: version.digest });
}

/** A party's dated yes, over the digest of what was read. The database itself keeps who may sign what. */
export async function sign(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  digest: string,
  at: Instant,
): Promise<void> {
  await locked(tx, caller, key);
  const { party } = caller;
  if (party === null)
    throw new HttpProblem(403, 'forbidden', 'Marketing and sales sign; a facilitator does not.');
  const signature = { party, member_id: memberOf(caller), digest, signed_at: new Date(at) };
  const own = { workspace_id: caller.workspace, pact_id: key.pact, version: key.number };
  await inWords(
    tx
      .insertInto('signatures')
      .values({ ...own, ...signature })
      .execute(),
    `Version ${key.number} already has the signature of ${party}, or this member has signed it for the other party.`,
  );
  await tell(tx, caller, 'version.signed', key, at, { party, digest });
}

/** From when a signed version holds; `until` ends an emergency amendment. */
export type Term = { from: Instant; until: Instant | null };

/**
 * Brings a version into force, now or later, never in the past: what was judged stays judged by what held then. Every
 * lead that is still on its way is judged again on that day, in the background.
 */
export async function bringIntoForce(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  { from, until }: Term,
  at: Instant,
): Promise<void> {
  const version = await locked(tx, caller, key);
  if (version.withdrawn_at !== null) throw already(key, 'withdrawn');
  if (version.in_force_from !== null) throw already(key, 'brought into force');
  if (from < at) {
    const [given, now] = [from, at].map((instant) => new Date(instant).toISOString());
    throw new HttpProblem(
      422,
      'in_the_past',
      `A version comes into force from now (${now}) on, not from ${given}.`,
    );
  }
  if (until !== null && until <= from)
    throw new HttpProblem(422, 'ends_before', 'A version ends after it has come into force.');
  const dates = { in_force_from: new Date(from), in_force_until: until === null ? null : new Date(until) };
  await inWords(set(tx, caller, key, dates), '');
  for (const day of until === null ? [from] : [from, until]) {
    await tx
      .insertInto('rejudgements')
      .values({ workspace_id: caller.workspace, pact_id: key.pact, version: key.number, at: new Date(day) })
      .execute();
  }
  await tell(tx, caller, 'version.in_force', key, at, { digest: version.digest, from, until });
}

/** A version, held until the transaction ends. */
async function locked(tx: Tx, caller: Caller, { pact, number }: VersionKey): Promise<Selectable<Versions>> {
  const version = await tx
    .selectFrom('versions')
    .selectAll()
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', pact)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (version === undefined) throw noSuchVersion(number);
  return version;
}

const set = (
  tx: Tx,
  { workspace }: Caller,
  { pact, number }: VersionKey,
  values: Partial<Record<'proposed_at' | 'in_force_from' | 'in_force_until', Date | null>> & {
    proposed_by?: string;
  },
): Promise<unknown> =>
  tx
    .updateTable('versions')
    .set(values)
    .where('workspace_id', '=', workspace)
    .where('pact_id', '=', pact)
    .where('number', '=', number)
    .execute();

/** What the database refuses in words of its own is told in these; a key that is taken, in ours. */
async function inWords<T>(work: Promise<T>, taken: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = systemCode(error);
    if (code === '23514' || code === '23001') throw new HttpProblem(409, 'refused', (error as Error).message);
    if (code === '23505') throw new HttpProblem(409, 'already', taken);
    throw error;
  }
}

const already = ({ number }: VersionKey, what: string): HttpProblem =>
  new HttpProblem(409, 'already', `Version ${number} has already been ${what}.`);

export const noSuchVersion = (number: number): HttpProblem =>
  new HttpProblem(404, 'not_found', `The pact has no version ${number}.`);
