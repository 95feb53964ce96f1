/** Somebody else's turn. The handoff's clock goes on as it was; since when it is whose is read from its decisions. */
import type { Caller } from '#features/people/policy.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { Deed } from './deed.ts';
import { change, type Held, hold, mustStand, tell } from './held.ts';
import { assign, keepDecision } from './staff.ts';

/** A lead of sales gives it to somebody. */
export async function reassign(
  deed: Deed,
  caller: Caller,
  id: string,
  { member, reason }: { member: string; reason: string },
): Promise<void> {
  const held = await hold(deed, id);
  mustStand(held, 'offered', 'accepted');
  const to = await deed.tx
    .selectFrom('members')
    .select(['party', 'left_at'])
    .where('workspace_id', '=', deed.workspace)
    .where('id', '=', member)
    .executeTakeFirst();
  if (to?.party !== 'sales' || to.left_at !== null) {
    const message = 'wanted a present member of sales';
    throw new HttpProblem(422, 'reassign_member', `It is not given away: ${message}.`, {
      errors: [{ path: 'member', message }],
    });
  }
  await change(deed, held, { owner_id: member });
  const decision = { rule: null, queue: held.queue, member, reason, candidates: [] };
  await keepDecision(deed, id, decision, caller.id);
  tell(deed, 'handoff.reassigned', held, { from: held.owner_id, to: member });
}

/** Routed once more, past everybody who had it; when nobody is left, it waits for anyone of sales. */
export async function passOn(deed: Deed, held: Held): Promise<string | null> {
  const { query, workspace } = deed;
  const had = await query<{ member_id: string }>(
    'SELECT member_id FROM routing_decisions WHERE workspace_id = $1 AND handoff_id = $2 AND member_id IS NOT NULL',
    [workspace, held.id],
  );
  const ledgers = await readLedgers(query, workspace, [held.survivor]);
  const facts = factsOf(ledgers.get(held.survivor)!);
  const decision = await assign(deed, {
    pact: held.pact,
    facts,
    except: had.map(({ member_id }) => member_id),
  });
  const to = decision.member;
  await change(deed, held, { owner_id: to, queue: decision.queue });
  const reason = `Not answered in time. ${decision.reason}`;
  await keepDecision(deed, held.id, { ...decision, reason });
  tell(deed, 'handoff.reassigned', held, { from: held.owner_id, to });
  return to;
}
