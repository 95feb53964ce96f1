/** What the two sides did about their agreement itself: reviews, their own definitions side by side, a blind workshop. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { choose } from '#features/openings/choosing.ts';
import { differencesOf } from '#features/openings/differences.ts';
import { beginOpening, handIn, writeOwn } from '#features/openings/opening.ts';
import { openingOf, sidesOf } from '#features/openings/sides.ts';
import { actorOf, type Caller } from '#features/people/policy.ts';
import { decide, finishDecision } from '#features/reviews/deciding.ts';
import { callReview, closeReview } from '#features/reviews/review.ts';
import { beginWorkshop, finish, label, showWorkshop } from '#features/workshops/workshop.ts';
import type { History, Stage } from './history.ts';
import { marketingsOwn, salesOwn } from './pacts.ts';
import { Random } from './simulation/random.ts';
import { decisions } from './words.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STREAM = 11;
const LABELLED = 16;

/** Puts on the agenda what they will sit down together for. */
export function convene(history: History, stage: Stage, pact: string): void {
  const { members, now } = stage;
  const [ingrid, miriam, henrik] = [
    members['Ingrid Falk'],
    members['Miriam Albrecht'],
    members['Henrik Vogel'],
  ];
  const at = <T>(caller: Caller, instant: Instant, work: (deed: Deed) => Promise<T>): Promise<T> =>
    history.act(actorOf(caller), instant, work);

  const call = (called: Instant, due: Instant) =>
    at(ingrid, called, (deed) => callReview(deed, ingrid, pact, dayOf(due)));
  const record = (review: string, decided: Instant, given: (typeof decisions)[number]) =>
    at(ingrid, decided, (deed) =>
      decide(deed, ingrid, review, {
        ...given,
        owner: members[given.owner].id,
        due_on: dayOf(decided + given.days * DAY),
      }),
    );

  const held = now - 20 * DAY;
  history.plan(held - 4 * DAY, async () => {
    const review = await call(held - 4 * DAY, held);
    history.plan(held, async () => {
      const [first, second, third] = decisions;
      await record(review, held, first);
      await record(review, held + HOUR / 4, second);
      const { id } = await record(review, held + HOUR / 2, third);
      await at(ingrid, held + HOUR, (deed) => closeReview(deed, ingrid, review));
      history.plan(held + 8 * DAY, () =>
        at(henrik, held + 8 * DAY, (deed) => finishDecision(deed, henrik, id)),
      );
    });
  });
  const next = now - 2 * DAY;
  history.plan(next, async () => {
    const review = await call(next, now + 5 * DAY);
    await record(review, next + HOUR, decisions[3]);
  });

  const begun = now - 10 * DAY;
  history.plan(begun, async () => {
    const opening = await at(ingrid, begun, (deed) =>
      beginOpening(deed, ingrid, { name: 'What we each mean by a good lead, next year', pact }),
    );
    const sides = [
      { caller: miriam, text: marketingsOwn(now), done: begun + 2 * DAY },
      { caller: henrik, text: salesOwn(now), done: begun + 4 * DAY },
    ];
    for (const { caller, text, done } of sides) {
      history.plan(done, async () => {
        await at(caller, done - HOUR, (deed) => writeOwn(deed, caller, opening, { text, revision: 0 }));
        await at(caller, done, (deed) => handIn(deed, caller, opening));
      });
    }
    const chosen = begun + 5 * DAY;
    history.plan(chosen, () => at(miriam, chosen, (deed) => chooseOne(deed, miriam, opening)));
  });
}

/** Marketing takes over what sales wrote, where it is both sides' to say. */
async function chooseOne(deed: Deed, caller: Caller, opening: string): Promise<void> {
  const { tx, workspace } = deed;
  const { pacts } = await sidesOf(tx, workspace, await openingOf(tx, workspace, opening));
  const common = differencesOf(pacts).find(({ owner }) => owner === 'both');
  if (common !== undefined) await choose(deed, caller, opening, { clause: common.clause, take: 'sales' });
}

/** Both sides label the same leads blind, and agree on most. */
export async function labelBlind(history: History, { members, now, seed }: Stage): Promise<void> {
  const random = new Random(seed, STREAM, 0);
  const sides = [
    { writes: members['Paul Neumann'], finishes: members['Miriam Albrecht'], leniency: 0.25 },
    { writes: members['Jana Winter'], finishes: members['Henrik Vogel'], leniency: 0 },
  ];
  const ingrid = members['Ingrid Falk'];
  const begun = now - 5 * HOUR;
  const id = await history.act(actorOf(ingrid), begun, (deed) =>
    beginWorkshop(deed, ingrid, { name: 'Sixteen leads, blind', leads: LABELLED }),
  );
  for (const { writes, finishes, leniency } of sides) {
    await history.act(actorOf(writes), begun + HOUR, async (deed) => {
      const { packets } = await showWorkshop(deed.tx, deed.query, writes, id);
      for (const { place, attributes } of packets) {
        const isMiddling = Number(attributes['account.employees'] ?? 0) > 50;
        const isGood = random.chance((isMiddling ? 0.7 : 0.1) + leniency);
        await label(deed, writes, id, { place, label: isGood ? 'good' : 'not_good' });
      }
    });
    await history.act(actorOf(finishes), begun + 2 * HOUR, (deed) => finish(deed, finishes, id));
  }
}

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
