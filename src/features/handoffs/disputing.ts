/** Marketing's appeal of a return, and the facilitator's ruling by the text that was signed. */
import { type Caller, memberOf } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import type { Deed } from './deed.ts';
import { hold, mustStand, tell } from './held.ts';

const DAY = 86_400_000;
/** How long a lead that sales gave back wrongly is with sales again, before it lapses. */
const GIVEN_AGAIN = 30 * DAY;

/** Marketing appeals: once for each return. */
export async function dispute(deed: Deed, caller: Caller, id: string, text: string): Promise<void> {
  const held = await hold(deed, id);
  mustStand(held, 'returned');
  const own = { workspace_id: deed.workspace, handoff_id: id };
  const kept = await deed.tx
    .insertInto('disputes')
    .values({ ...own, member_id: memberOf(caller), at: new Date(deed.now), text })
    .onConflict((conflict) => conflict.doNothing())
    .returning('handoff_id')
    .executeTakeFirst();
  if (kept === undefined) {
    throw new HttpProblem(
      409,
      'already_disputed',
      'This return is disputed already: the facilitator rules on it.',
    );
  }
  tell(deed, 'handoff.disputed', held, { member: caller.id });
}

export type Ruling = { ruling: 'upheld' | 'overturned'; text: string };

/**
 * The facilitator's ruling, against the version the lead was handed over by. A return that is overturned hands the
 * lead to sales again, in the open: as an exception whose sponsor is the member of marketing who was right.
 */
export async function rule(deed: Deed, caller: Caller, id: string, { ruling, text }: Ruling): Promise<void> {
  const held = await hold(deed, id);
  const appeal = await deed.tx
    .selectFrom('disputes')
    .select('member_id')
    .where('workspace_id', '=', deed.workspace)
    .where('handoff_id', '=', id)
    .executeTakeFirst();
  if (appeal === undefined) {
    throw new HttpProblem(409, 'not_disputed', 'Nobody disputes this handoff: there is nothing to rule on.');
  }
  const { pact_id, version } = held;
  const at = new Date(deed.now);
  const kept = await deed.tx
    .insertInto('rulings')
    .values({
      workspace_id: deed.workspace,
      handoff_id: id,
      ruling,
      member_id: memberOf(caller),
      at,
      text,
      pact_id,
      version,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('handoff_id')
    .executeTakeFirst();
  if (kept === undefined) {
    throw new HttpProblem(409, 'already_ruled', 'There is a ruling on this dispute already, and it stands.');
  }
  if (ruling === 'overturned') {
    const again = {
      workspace_id: deed.workspace,
      id: newId(deed.now),
      lead: held.survivor,
      party: 'marketing' as const,
      sponsor_id: appeal.member_id,
      reason: `The return was overturned: ${text}`,
      opened_at: at,
      ends_at: new Date(deed.now + GIVEN_AGAIN),
    };
    await deed.tx.insertInto('exceptions').values(again).execute();
    deed.mark(held.survivor);
  }
  tell(deed, 'handoff.ruled', held, { ruling, pact: pact_id, version });
}
