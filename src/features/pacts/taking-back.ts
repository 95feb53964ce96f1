/** What is taken back: a draft nobody wants, a proposal, and with it whatever was signed of it. */
import type { Selectable } from 'kysely';
import type { Instant } from '#engine/facts/facts.ts';
import { type Caller, isSenior, memberOf } from '#features/people/policy.ts';
import type { Signatures, Versions } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { already, locked, set } from './agreeing.ts';
import { draft, tell, type VersionKey } from './drafting.ts';

/** Takes a draft or a proposal back. A draft is its writer's, a proposal its seniors'. */
export async function withdraw(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  reason: string | null,
  at: Instant,
): Promise<Selectable<Versions>> {
  const version = await locked(tx, caller, key);
  if (version.withdrawn_at !== null) throw already(key, 'withdrawn');
  if (version.in_force_from !== null) {
    throw new HttpProblem(
      409,
      'in_force',
      `Version ${key.number} was agreed upon by both and has its day: what is to follow it is another version.`,
    );
  }
  const member = memberOf(caller);
  const isOwn = version.drafted_by === member || (caller.kind === 'member' && isSenior(caller));
  if (!isOwn) {
    throw new HttpProblem(
      403,
      'not_yours',
      `Version ${key.number} was drafted by somebody else: they, or a lead or manager, take it back.`,
    );
  }
  const fate = { withdrawn_at: new Date(at), withdrawn_by: member, withdrawn_why: reason };
  await set(tx, caller, key, fate);
  await tell(tx, caller, 'withdrawn', key, at, { digest: version.digest });
  return version;
}

export type Reopened = { key: VersionKey; voided: Selectable<Signatures>[]; said: string | null };

/**
 * Edits what was proposed: the proposal is taken back, its signatures count for nothing any more, and its text, or
 * another, is a new draft on the same base.
 */
export async function reopen(
  tx: Tx,
  caller: Caller,
  key: VersionKey,
  { text, reason }: { text?: string | undefined; reason?: string | undefined },
  at: Instant,
): Promise<Reopened> {
  const held = await locked(tx, caller, key);
  if (held.proposed_at === null) {
    throw new HttpProblem(
      409,
      'still_a_draft',
      `Version ${key.number} is a draft still: write it anew as it is.`,
    );
  }
  const version = await withdraw(tx, caller, key, reason ?? null, at);
  const voided = await tx
    .selectFrom('signatures')
    .selectAll()
    .where('workspace_id', '=', caller.workspace)
    .where('pact_id', '=', key.pact)
    .where('version', '=', key.number)
    .orderBy('signed_at')
    .execute();
  const { base, note, emergency } = version;
  const next = await draft(
    tx,
    caller,
    key.pact,
    {
      text: text ?? version.text,
      base,
      note: note ?? undefined,
      emergency,
      sources: [version.text],
    },
    at,
  );
  const parties = voided.map(({ party }) => party);
  const said =
    parties.length === 0
      ? null
      : `The signature of ${parties.join(' and of ')} under version ${key.number} is void: what is signed next is version ${next.number}.`;
  await tell(tx, caller, 'reopened', next, at, { from: key.number, voided: parties });
  return { key: next, voided, said };
}
