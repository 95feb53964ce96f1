/** Sales' answer to an offer: taken, or given back with a reason of the pact. */
import { attemptsOf, type Channel } from '#engine/handoff/attempts.ts';
import { type Given, readReturn } from '#engine/handoff/giving-back.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { calendarOf } from './calendars.ts';
import { meet, stopClocks } from './clocks.ts';
import type { Deed } from './deed.ts';
import { change, type Held, hold, mustStand, type Read, tell } from './held.ts';
import { allowOwn } from './policy.ts';
import { keepDecision } from './staff.ts';

/** Takes a handoff: the lead is an SAL, and the caller's. */
export async function accept(
  deed: Deed,
  caller: Caller,
  id: string,
  { note, ...read }: Read & { note?: string | undefined },
): Promise<void> {
  const held = await hold(deed, id, read);
  allowOwn(caller, held);
  mustStand(held, 'offered');
  const member = memberOf(caller);
  await change(deed, held, { answer: 'acceptance', owner_id: member });
  await deed.tx
    .insertInto('acceptances')
    .values({ workspace_id: deed.workspace, handoff_id: id, member_id: member, at: new Date(deed.now), note })
    .execute();
  if (held.owner_id !== member) await keepTaking(deed, held, member);
  await meet(deed, id, 'accept', deed.now);
  deed.mark(held.survivor);
  tell(deed, 'handoff.accepted', held, { member });
}

/** Whoever takes what was nobody's, or somebody else's, carries it from then on. */
const keepTaking = (deed: Deed, held: Held, member: string): Promise<void> =>
  keepDecision(
    deed,
    held.id,
    { rule: null, queue: held.queue, member, reason: 'Taken by accepting it.', candidates: [] },
    member,
  );

/** Gives a lead back, at once or after taking it. The reason says what becomes of it and which clause it accuses. */
export async function giveBack(
  deed: Deed,
  caller: Caller,
  id: string,
  { note, revision, ifMatch, ...given }: Read & Given & { note?: string | undefined },
): Promise<void> {
  const held = await hold(deed, id, { revision, ifMatch });
  allowOwn(caller, held);
  mustStand(held, 'offered', 'accepted');
  const read = readReturn(held.pact, given, { now: deed.now, attempts: await attemptsAt(deed, held) });
  if ('message' in read) {
    throw new HttpProblem(422, `return_${read.path}`, `This lead is not given back: ${read.message}.`, {
      errors: [{ path: read.path, message: read.message }],
    });
  }
  const { reason, asked } = read;
  const member = memberOf(caller);
  const atOnce = held.standing === 'offered';
  await change(deed, held, {
    decision: 'return',
    ...(atOnce && { answer: 'return', owner_id: held.owner_id ?? member }),
  });
  const clause = reason.clause ?? null;
  await deed.tx
    .insertInto('returns')
    .values({
      workspace_id: deed.workspace,
      handoff_id: id,
      member_id: member,
      at: new Date(deed.now),
      reason: reason.id,
      clause,
      next: reason.next,
      asked: asked === null ? null : JSON.stringify(asked),
      note,
    })
    .execute();
  if (atOnce) await meet(deed, id, 'accept', deed.now);
  await meet(deed, id, 'decide', deed.now);
  await stopClocks(deed, id);
  deed.mark(held.survivor);
  tell(deed, 'handoff.returned', held, { member, reason: reason.id, clause, next: reason.next });
}

/** How often it was tried to reach the lead of a handoff. */
async function attemptsAt(deed: Pick<Deed, 'query' | 'workspace'>, held: Pick<Held, 'id' | 'pact'>) {
  const touches = await deed.query<{ channel: Channel; at: Date }>(
    'SELECT channel, at FROM touches WHERE workspace_id = $1 AND handoff_id = $2 ORDER BY at',
    [deed.workspace, held.id],
  );
  return attemptsOf(
    held.pact.handoff.attempts,
    touches.map(({ channel, at }) => ({ channel, at: at.getTime() })),
    await calendarOf(held.pact),
  );
}
