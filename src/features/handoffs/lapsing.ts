/** Unanswered past its clock: the record of it, why there was no follow-up, and who took note. */

import type { Instant } from '#engine/facts/facts.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { stopClocks } from './clocks.ts';
import type { Deed } from './deed.ts';
import { change, type Held, hold, mustStand, tell } from './held.ts';
import { allowOwn } from './policy.ts';

/** Why nobody followed up. */
export type NoFollowUp =
  | 'no_capacity'
  | 'absent'
  | 'not_notified'
  | 'wrong_territory'
  | 'judged_unfit_before_call'
  | 'working_account_already';

/** Closes an offer that nobody answered. The lead goes back to nurture. */
export async function lapse(deed: Deed, held: Held, due: Instant): Promise<void> {
  await change(deed, held, { answer: 'lapse' });
  await deed.tx
    .insertInto('lapses')
    .values({
      workspace_id: deed.workspace,
      handoff_id: held.id,
      at: new Date(deed.now),
      due_at: new Date(due),
    })
    .execute();
  await stopClocks(deed, held.id);
  deed.mark(held.survivor);
  tell(deed, 'handoff.lapsed', held, { owner: held.owner_id, due });
}

/** Sales says why there was no follow-up. */
export async function explainLapse(
  deed: Deed,
  caller: Caller,
  id: string,
  { reason, note }: { reason: NoFollowUp; note?: string | undefined },
): Promise<void> {
  const held = await hold(deed, id);
  mustStand(held, 'lapsed');
  allowOwn(caller, held);
  const { numUpdatedRows } = await deed.tx
    .updateTable('lapses')
    .set({ reason, note, explained_by: memberOf(caller), explained_at: new Date(deed.now) })
    .where('workspace_id', '=', deed.workspace)
    .where('handoff_id', '=', id)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) {
    throw new HttpProblem(409, 'already_acknowledged', 'This reason was acknowledged: it stays as it is.');
  }
  tell(deed, 'handoff.explained', held, { member: caller.id, reason });
}

/** A lead or manager of sales takes note of the reason; not of their own. */
export async function acknowledge(deed: Deed, caller: Caller, id: string): Promise<void> {
  const held = await hold(deed, id);
  mustStand(held, 'lapsed');
  const lapsed = await deed.tx
    .selectFrom('lapses')
    .select(['explained_by', 'acknowledged_at'])
    .where('workspace_id', '=', deed.workspace)
    .where('handoff_id', '=', id)
    .executeTakeFirstOrThrow();
  if (lapsed.explained_by === null) {
    throw new HttpProblem(
      409,
      'not_explained',
      'Nobody has said yet why there was no follow-up: ask for it first.',
    );
  }
  if (lapsed.explained_by === caller.id) {
    throw new HttpProblem(
      403,
      'own_reason',
      'This is your own reason: another lead or manager acknowledges it.',
    );
  }
  if (lapsed.acknowledged_at !== null) {
    throw new HttpProblem(409, 'already_acknowledged', 'This reason was acknowledged already.');
  }
  await deed.tx
    .updateTable('lapses')
    .set({ acknowledged_by: memberOf(caller), acknowledged_at: new Date(deed.now) })
    .where('workspace_id', '=', deed.workspace)
    .where('handoff_id', '=', id)
    .execute();
  tell(deed, 'handoff.acknowledged', held, { member: caller.id });
}
