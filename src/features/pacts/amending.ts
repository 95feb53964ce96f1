/** The emergency amendment: one party, a reason, at once, and for a while. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { bringIntoForce, propose, sign } from './agreeing.ts';
import { headAmong, standingsOf } from './base.ts';
import { draft, lockPact, readText, tell, type VersionKey } from './drafting.ts';

const DAY = 86_400_000;
const LONGEST = 14 * DAY;

export type Amendment = { text: string; reason: string; until: Instant };

/**
 * Drafts, proposes, signs for the caller's own party, and brings into force, all at once. It lapses by itself, back to
 * the version before it, unless the other party signs it too.
 */
export async function amend(
  tx: Tx,
  caller: Caller,
  pact: string,
  { text, reason, until }: Amendment,
  at: Instant,
): Promise<VersionKey> {
  await lockPact(tx, caller, pact);
  const standings = await standingsOf(tx, caller.workspace, pact);
  const head = headAmong(standings);
  if (head === undefined)
    throw new HttpProblem(409, 'nothing_in_force', 'No version is in force yet: there is nothing to amend.');
  if (head.in_force_from!.getTime() > at) {
    throw new HttpProblem(
      409,
      'nothing_in_force',
      `Version ${head.number} is agreed upon and not in force before ${head.in_force_from!.toISOString()}: an amendment is of what both agreed upon last, and waits for it.`,
    );
  }
  if (until <= at || until > at + LONGEST) {
    throw new HttpProblem(
      422,
      'too_long',
      `An amendment of one party holds for fourteen days at most, and ends after now: found ${new Date(until).toISOString()}, wanted at most ${new Date(at + LONGEST).toISOString()}.`,
    );
  }
  const running = standings.find(
    ({ emergency, in_force_from, in_force_until }) =>
      emergency && in_force_from !== null && in_force_until !== null && in_force_until.getTime() > at,
  );
  if (running !== undefined) {
    throw new HttpProblem(
      409,
      'amended_already',
      `Version ${running.number} is an amendment that still holds: have it signed by both, or wait until it lapses.`,
    );
  }
  await requireNew(tx, caller, pact, text);
  const key = await draft(tx, caller, pact, { text, base: head.number, note: reason, emergency: true }, at);
  await propose(tx, caller, key, at);
  await sign(tx, caller, key, (await readText(text)).columns.digest, at);
  await bringIntoForce(tx, caller, key, { from: at, until }, at);
  await tell(tx, caller, 'amended', key, at, { party: caller.party, from: at, until, base: head.number });
  return key;
}

/** What has lapsed once is not put into force by one party again: the other had its time to sign it. */
async function requireNew(tx: Tx, caller: Caller, pact: string, text: string): Promise<void> {
  const { digest } = (await readText(text)).columns;
  const same = await tx
    .selectFrom('versions')
    .select(['number', 'emergency'])
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', pact)
    .where('digest', '=', digest)
    .where('in_force_from', 'is not', null)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  if (same === undefined) return;
  throw new HttpProblem(
    409,
    'amended_before',
    same.emergency
      ? `The same text was amendment ${same.number}, and lapsed: propose it for both to sign.`
      : `The same text is version ${same.number}: there is nothing to amend.`,
  );
}
