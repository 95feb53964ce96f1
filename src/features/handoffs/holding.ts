/** One side keeps still while the other is engaged: no nurture, no offers, and sales' clock stands still meanwhile. */
import type { Instant } from '#engine/facts/facts.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { resetClocks } from './clocks.ts';
import type { Deed } from './deed.ts';
import { change, hold, mustStand, tell } from './held.ts';

const DAY = 86_400_000;
const LONGEST = 30 * DAY;

export type Hold = { reason: string; until: Instant };

/**
 * Holds the lead of a running handoff for the caller's party, until a day that is said at once: a clock that stands
 * still says until when. Only marketing's hold stops sales' clock; its own stops nobody's.
 */
export async function holdLead(
  deed: Deed,
  caller: Caller,
  id: string,
  { reason, until }: Hold,
): Promise<string> {
  const held = await hold(deed, id);
  mustStand(held, 'offered', 'accepted');
  if (until <= deed.now || until > deed.now + LONGEST) {
    const message = 'wanted an end after now and within 30 days';
    throw new HttpProblem(422, 'hold_until', `This lead is not held: ${message}.`, {
      errors: [{ path: 'until', message }],
    });
  }
  const party = caller.party!;
  if ((await running(deed, held.survivor)).length > 0) {
    throw new HttpProblem(409, 'already_held', 'This lead is held already: release it first.');
  }
  const hold_id = newId(deed.now);
  await deed.tx
    .insertInto('holds')
    .values({
      workspace_id: deed.workspace,
      id: hold_id,
      lead: held.survivor,
      party,
      reason,
      from_at: new Date(deed.now),
      until_at: new Date(until),
      member_id: memberOf(caller),
    })
    .execute();
  if (party === 'marketing') await resetClocks(deed, held);
  await change(deed, held, {});
  deed.mark(held.survivor);
  tell(deed, 'handoff.held', held, { hold: hold_id, party, until });
  return hold_id;
}

/** Ends a hold before its day: by whoever's party holds it, or the facilitator. */
export async function release(deed: Deed, caller: Caller, id: string): Promise<void> {
  const held = await hold(deed, id);
  const [hold_] = await running(deed, held.survivor);
  if (hold_ === undefined)
    throw new HttpProblem(409, 'not_held', 'This lead is not held: nothing to release.');
  if (caller.party !== null && caller.party !== hold_.party) {
    throw new HttpProblem(
      403,
      'forbidden',
      `It is held by ${hold_.party}: they release it, or the facilitator does.`,
    );
  }
  await deed.tx
    .updateTable('holds')
    .set({ released_at: new Date(deed.now) })
    .where('workspace_id', '=', deed.workspace)
    .where('id', '=', hold_.id)
    .execute();
  if (hold_.party === 'marketing') await resetClocks(deed, held);
  await change(deed, held, {});
  deed.mark(held.survivor);
  tell(deed, 'handoff.released', held, { hold: hold_.id, party: hold_.party });
}

const running = ({ tx, workspace, now }: Deed, lead: number) =>
  tx
    .selectFrom('holds')
    .select(['id', 'party'])
    .where('workspace_id', '=', workspace)
    .where('lead', '=', lead)
    .where('released_at', 'is', null)
    .where((one) => one.or([one('until_at', 'is', null), one('until_at', '>', new Date(now))]))
    .execute();
