/** What the two sides said to each other about what they hand over, with duties that are still to be done. */
import type { Instant } from '#engine/facts/facts.ts';
import { actorOf } from '#features/people/policy.ts';
import { finish, write } from '#features/threads/messages.ts';
import type { History, Stage } from './history.ts';
import { Random } from './simulation/random.ts';
import { talks } from './words.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const STREAM = 10;
const MOST = 36;

export async function talkAbout(history: History, { members, now, seed }: Stage): Promise<void> {
  const random = new Random(seed, STREAM, 0);
  const paul = members['Paul Neumann'];
  for (const { id, owner } of history.handoffs.slice(0, MOST)) {
    const offered = timeOf(id);
    const talk = random.pick(talks);
    const place = { about: 'handoff' as const, id };
    const asked = offered + 0.3 * HOUR;
    const answered = Math.round(asked + (0.2 + random.next()) * HOUR);
    if (answered + HOUR > now) continue;
    await history.act(actorOf(paul), asked, (deed) =>
      write(deed, paul, place, { kind: 'message', body: talk.marketing, mentions: [owner.id] }),
    );
    const said = { kind: 'message', body: talk.sales, mentions: [paul.id] } as const;
    await history.act(actorOf(owner), answered, (deed) =>
      write(deed, owner, place, { ...said, mentions: [paul.id] }),
    );
    if (!random.chance(0.5)) continue;
    const given = answered + 0.5 * HOUR;
    const due_on = dayOf(given + (2 + random.int(6)) * DAY);
    const duty = { kind: 'duty', body: talk.duty, mentions: [], duty_of: owner.id, due_on } as const;
    const { id: message } = await history.act(actorOf(paul), given, (deed) =>
      write(deed, paul, place, { ...duty, mentions: [] }),
    );
    const done = Math.round(given + (1 + random.next() * 2) * DAY);
    if (done > now || !random.chance(0.6)) continue;
    await history.act(actorOf(owner), done, (deed) => finish(deed, owner, message));
  }
}

/** Ids begin with the time they were made at. */
const timeOf = (id: string): Instant => Number.parseInt(id.replace('-', '').slice(0, 12), 16);
const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
