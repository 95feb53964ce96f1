/** From a draft to what holds: proposed, signed by both parties or declined, in force. */
import type { Selectable } from 'kysely';
import type { Instant } from '#engine/facts/facts.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import type { Versions } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { systemCode } from '#platform/errors.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { requireCurrentBase, standingsOf } from './base.ts';
import { lockPact, noSuchVersion, tell, type VersionKey } from './drafting.ts';
import { examine } from './examining.ts';

/**
 * Proposes a draft for signing. Refused while lint finds an error in it, a golden lead is not as agreed, or another
 * version was agreed upon since it was drafted.
 * @param from when it is to be in force once both have signed; null when that is said later
 */
export async function propose(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  at: Instant,
  from: Instant | null = null,
): Promise<void> {
  const version = await locked(tx, caller, key);
  if (version.withdrawn_at !== null) throw already(key, 'withdrawn');
  if (version.proposed_at !== null) throw already(key, 'proposed');
  requireCurrentBase(version, await standingsOf(tx, caller.workspace, key.pact));
  await requireSound(key, version.text);
  if (from !== null) requireNotPast(from, at);
  const effective_from = from === null ? null : new Date(from);
  const proposed = { proposed_at: new Date(at), proposed_by: memberOf(caller), effective_from };
  await set(tx, caller, key, proposed);
  await tell(tx, caller, 'proposed', key, at, { digest: version.digest, from });
}

/** @throws HttpProblem with each error of lint and each golden lead that is judged otherwise */
async function requireSound({ number }: VersionKey, text: string): Promise<void> {
  const errors = (await examine(text)).filter(({ level }) => level === 'error');
  if (errors.length === 0) return;
  throw new HttpProblem(422, 'lint', `Version ${number} cannot be proposed as it is: see "errors".`, {
    errors: errors.map(({ path, message, hint }) => ({ path, message: `${message}; ${hint}` })),
  });
}

/**
 * A party's dated yes, over the digest of what was read. The database itself keeps who may sign what. The second one
 * brings the version into force at the day it was proposed for, and lets an emergency amendment hold on.
 */
export async function sign(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  digest: string,
  at: Instant,
): Promise<void> {
  await lockPact(tx, caller, key.pact);
  const version = await locked(tx, caller, key);
  const party = partyOf(caller, 'sign');
  requireCurrentBase(version, await standingsOf(tx, caller.workspace, key.pact));
  const { in_force_until } = version;
  if (in_force_until !== null && in_force_until.getTime() <= at)
    throw new HttpProblem(
      409,
      'lapsed',
      `Version ${key.number} has lapsed: draft it anew, for both to sign.`,
    );
  const signature = { party, member_id: memberOf(caller), digest, signed_at: new Date(at) };
  const own = { workspace_id: caller.workspace, pact_id: key.pact, version: key.number };
  await inWords(
    tx
      .insertInto('signatures')
      .values({ ...own, ...signature })
      .execute(),
    `Version ${key.number} already has the signature of ${party}, or this member has signed it for the other party.`,
  );
  await tell(tx, caller, 'signed', key, at, { party, digest });
  const { count } = await tx
    .selectFrom('signatures')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', key.pact)
    .where('version', '=', key.number)
    .executeTakeFirstOrThrow();
  if (Number(count) < 2) return;
  if (version.in_force_from !== null) await holdOn(tx, caller, key, at, digest);
  else if (version.effective_from !== null) {
    const from = Math.max(version.effective_from.getTime(), at);
    await bringIntoForce(tx, caller, key, { from, until: null }, at);
  }
}

/** An emergency amendment that both have signed is a version like any other. */
async function holdOn(tx: Tx, caller: Caller, key: VersionKey, at: Instant, digest: string): Promise<void> {
  await inWords(set(tx, caller, key, { in_force_until: null }), '');
  await tx
    .updateTable('turns')
    .set({ void_at: new Date(at) })
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', key.pact)
    .where('version', '=', key.number)
    .where('turn', '=', 'lapsed')
    .where('done_at', 'is', null)
    .execute();
  await tell(tx, caller, 'cosigned', key, at, { digest });
}

/** A party's dated no, with its reason. The proposal is closed by it: what is to become of it is another draft. */
export async function decline(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  { digest, reason }: { digest: string; reason: string },
  at: Instant,
): Promise<void> {
  const version = await locked(tx, caller, key);
  const party = partyOf(caller, 'decline');
  if (version.in_force_from !== null) throw already(key, 'brought into force');
  await inWords(
    tx
      .insertInto('declines')
      .values({
        workspace_id: caller.workspace,
        pact_id: key.pact,
        version: key.number,
        party,
        member_id: memberOf(caller),
        digest,
        reason,
        declined_at: new Date(at),
      })
      .execute(),
    `Version ${key.number} has been declined by ${party} already.`,
  );
  await tell(tx, caller, 'declined', key, at, { party, digest });
}

function partyOf({ party }: Caller, verb: 'sign' | 'decline'): PartyName {
  if (party !== null) return party;
  throw new HttpProblem(403, 'forbidden', `Marketing and sales ${verb}; a facilitator does not.`);
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
  await lockPact(tx, caller, key.pact);
  const version = await locked(tx, caller, key);
  if (version.withdrawn_at !== null) throw already(key, 'withdrawn');
  if (version.in_force_from !== null) throw already(key, 'brought into force');
  requireCurrentBase(version, await standingsOf(tx, caller.workspace, key.pact));
  requireNotPast(from, at);
  if (until !== null && until <= from)
    throw new HttpProblem(422, 'ends_before', 'A version ends after it has come into force.');
  const dates = { in_force_from: new Date(from), in_force_until: until === null ? null : new Date(until) };
  await inWords(set(tx, caller, key, dates), '');
  const own = { workspace_id: caller.workspace, pact_id: key.pact, version: key.number };
  for (const day of until === null ? [from] : [from, until]) {
    const turn = day === from ? ('in_force' as const) : ('lapsed' as const);
    await tx
      .insertInto('rejudgements')
      .values({ ...own, at: new Date(day) })
      .execute();
    await tx
      .insertInto('turns')
      .values({ ...own, turn, due_at: new Date(day) })
      .execute();
  }
  await tell(tx, caller, 'scheduled', key, at, { digest: version.digest, from, until });
}

function requireNotPast(from: Instant, at: Instant): void {
  if (from >= at) return;
  const [given, now] = [from, at].map((instant) => new Date(instant).toISOString());
  throw new HttpProblem(
    422,
    'in_the_past',
    `A version comes into force from now (${now}) on, not from ${given}.`,
  );
}

/** A version, held until the transaction ends. */
export async function locked(
  tx: Tx,
  caller: Caller,
  { pact, number }: VersionKey,
): Promise<Selectable<Versions>> {
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

type Fate = Partial<
  Record<
    'proposed_at' | 'effective_from' | 'in_force_from' | 'in_force_until' | 'withdrawn_at',
    Date | null
  > &
    Record<'proposed_by' | 'withdrawn_by' | 'withdrawn_why', string | null>
>;

export const set = (
  tx: Tx,
  { workspace }: Caller,
  { pact, number }: VersionKey,
  values: Fate,
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

export const already = ({ number }: VersionKey, what: string): HttpProblem =>
  new HttpProblem(409, 'already', `Version ${number} has already been ${what}.`);
