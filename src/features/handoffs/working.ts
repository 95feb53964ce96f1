/** What sales does with a lead it has: touches, and in the end its word that it is an SQL. */
import type { Instant } from '#engine/facts/facts.ts';
import { type Channel, isContact } from '#engine/handoff/attempts.ts';
import { readAnswers } from '#engine/handoff/questions.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { meet } from './clocks.ts';
import type { Deed } from './deed.ts';
import { change, hold, mustStand, type Read, tell } from './held.ts';
import { allowOwn } from './policy.ts';

export type Touch = {
  channel: Channel;
  /** When it was; now, when left out. */
  at?: Instant | undefined;
  reached?: boolean | undefined;
  note?: string | undefined;
  /** The id it has elsewhere: told again, it is the same touch. */
  external_id?: string | undefined;
};

/**
 * Keeps a call, a mail, a meeting or a note. The first that is more than a note meets the promise of a first touch:
 * at the time it was made, and nothing else does.
 * @returns the touch's id.
 */
export async function touch(deed: Deed, caller: Caller, id: string, made: Touch): Promise<string> {
  const held = await hold(deed, id);
  allowOwn(caller, held);
  mustStand(held, 'offered', 'accepted', 'qualified');
  const at = made.at ?? deed.now;
  const offered = held.offered_at.getTime();
  if (at > deed.now || at < offered) {
    const [given, from, to] = [at, offered, deed.now].map((instant) => new Date(instant).toISOString());
    const message = `found ${given}, wanted an instant from the handoff (${from}) to now (${to})`;
    throw new HttpProblem(422, 'touch_at', `This touch cannot have been: ${message}.`, {
      errors: [{ path: 'at', message }],
    });
  }
  const [kept] = await deed.query<{ id: string; fresh: boolean }>(
    `INSERT INTO touches AS t (workspace_id, id, handoff_id, lead, member_id, channel, at, reached, note, external_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (workspace_id, external_id) DO UPDATE SET note = t.note RETURNING id, id = $2 AS fresh`,
    [
      deed.workspace,
      newId(deed.now),
      id,
      held.lead,
      memberOf(caller),
      made.channel,
      new Date(at),
      made.reached ?? null,
      made.note ?? null,
      made.external_id ?? null,
    ],
  );
  if (kept?.fresh !== true) return kept!.id;
  if (isContact(made.channel)) await meet(deed, id, 'first_touch', at);
  await change(deed, held, {});
  const { channel, reached = null } = made;
  tell(deed, 'handoff.touched', held, {
    touch: kept.id,
    channel,
    reached,
    touched_at: at,
    member: caller.id,
  });
  return kept.id;
}

/** Sales' word that an accepted lead is an SQL, with the answers to the questions it was handed over with. */
export async function qualify(
  deed: Deed,
  caller: Caller,
  id: string,
  { answers: given, ...read }: Read & { answers: Record<string, unknown> },
): Promise<void> {
  const held = await hold(deed, id, read);
  allowOwn(caller, held);
  mustStand(held, 'accepted');
  const { answers, faults } = readAnswers(held.pact.sql.questions, given);
  if (faults.length > 0) {
    throw new HttpProblem(422, 'answers', 'The agreed questions are not all answered: see "errors".', {
      errors: faults.map(({ path, message }) => ({ path: `answers.${path}`, message })),
    });
  }
  await change(deed, held, { decision: 'qualification' });
  const [member, at] = [memberOf(caller), new Date(deed.now)];
  await deed.tx
    .insertInto('qualifications')
    .values({
      workspace_id: deed.workspace,
      handoff_id: id,
      member_id: member,
      at,
      answers: JSON.stringify(answers),
    })
    .execute();
  await meet(deed, id, 'decide', deed.now);
  deed.mark(held.survivor);
  tell(deed, 'handoff.qualified', held, { member });
}
