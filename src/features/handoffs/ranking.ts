/**
 * In which order open handoffs are answered. Thousands are ranked for a page of fifty, so what they are ranked by is read
 * in one piece, and no more of them are looked at closely than could be on the page.
 */
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import type { Instant } from '#engine/facts/facts.ts';
import {
  byPriority,
  type Priority,
  priorityOf,
  urgencyOf,
  type Worth,
  worthOf,
} from '#engine/handoff/priority.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Query } from '#platform/db/transaction.ts';
import { calendarOf } from './calendars.ts';
import { scoped, type Wanted } from './listing-filters.ts';
import { type Packed, packed, waitingOf } from './ranking-keys.ts';

/** What a handoff is ranked by; `due` is infinite when nothing is. */
export type Ranked = { id: string; offered_at: Instant; due: Instant; priority: Priority };
type Order = (a: Ranked, b: Ranked) => number;

/** Where a page ended: a handoff, when it was offered, and its rank, which is told along because it moves on with the clock. */
export type HandoffPlace = readonly [id: string, offered_at: Instant, ...rank: (number | null)[]];

/** More open handoffs than anybody works off: past them a list is for filtering. */
const MOST_OPEN = 10_000;

/** The first handoffs after a place, a page and one more. One statement beside the pacts. */
export async function rankOpen(
  query: Query,
  caller: Caller,
  wanted: Wanted,
  after: HandoffPlace | null,
  now: Instant,
): Promise<Ranked[]> {
  const { where, values } = scoped(caller, wanted);
  const versions = await query<Packed>(packed(where.join(' AND '), MOST_OPEN), values);
  const order = wanted.sort === 'due' ? byDue : byPriority;
  const atBest: AtBest[] = [];
  for (const [version, terms] of await withTerms(query, caller.workspace, versions)) {
    const best = priorityOf(terms.worth, urgencyOf(terms.calendar, { from: now, due: now, stops: [] }, now));
    // In order within their version, which is soon done; in order of all of them then takes one look at each.
    for (const waiting of waitingOf(version).sort(wanted.sort === 'due' ? byDue : byOffer))
      if (wanted.late === undefined || waiting.due < now === wanted.late)
        atBest.push(new AtBest(waiting, terms, best));
  }
  return firstOf(wanted.limit + 1, atBest.sort(order), order, after && ranked(after, wanted.sort), now);
}

/** What of a version handoffs are ranked by. */
type Terms = { calendar: WorkCalendar; worth: Worth };

async function withTerms(
  query: Query,
  workspace: string,
  versions: readonly Packed[],
): Promise<[Packed, Terms][]> {
  const pacts = await pactsOf(query, workspace, versions);
  return Promise.all(
    versions.map(async (version): Promise<[Packed, Terms]> => {
      const pact = pacts.get(version.digest)!;
      return [version, { calendar: await calendarOf(pact), worth: worthOf(pact.economics) }];
    }),
  );
}

/** A handoff as it would rank if it were as urgent as can be: which is known without its clock. */
class AtBest implements Ranked {
  readonly offered_at: Instant;
  readonly due: Instant;
  readonly priority: Priority;
  readonly #waiting: ReturnType<typeof waitingOf>[number];
  readonly #terms: Terms;

  constructor(waiting: ReturnType<typeof waitingOf>[number], terms: Terms, best: Priority) {
    this.offered_at = waiting.offered_at;
    this.due = waiting.due;
    this.priority = best;
    this.#waiting = waiting;
    this.#terms = terms;
  }

  get id(): string {
    return this.#waiting.id;
  }

  /** As it does rank. */
  at(now: Instant): Ranked {
    const { id, offered_at, due, stops } = this.#waiting;
    const { calendar, worth } = this.#terms;
    const isDue = Number.isFinite(due);
    const urgency = isDue ? urgencyOf(calendar, { from: offered_at, due, stops }, now) : 1;
    return { id, offered_at, due, priority: priorityOf(worth, urgency) };
  }
}

/**
 * So many that come first. They are looked at in the order that they would have at best: once there are enough that
 * come before whatever the next one could be, the rest is not looked at.
 */
function firstOf(
  count: number,
  atBest: readonly AtBest[],
  order: Order,
  after: Ranked | null,
  now: Instant,
): Ranked[] {
  const first: Ranked[] = [];
  for (const one of atBest) {
    const last = first[count - 1];
    if (last !== undefined && order(last, one) <= 0) break;
    const ranked = one.at(now);
    if (after !== null && order(after, ranked) >= 0) continue;
    let place = first.length;
    while (place > 0 && order(ranked, first[place - 1]!) < 0) place--;
    first.splice(place, 0, ranked);
    if (first.length > count) first.pop();
  }
  return first;
}

type Offer = Omit<Ranked, 'priority'>;
const byOffer = (a: Offer, b: Offer): number =>
  a.offered_at - b.offered_at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const byDue = (a: Offer, b: Offer): number => (a.due === b.due ? 0 : a.due - b.due) || byOffer(a, b);

export const placeOf = ({ id, offered_at, due, priority }: Ranked, sort: Wanted['sort']): HandoffPlace =>
  sort === 'due' ? [id, offered_at, due] : [id, offered_at, priority.product, priority.urgency];

/** A place as a handoff would rank there. An instant that never comes is told as null. */
function ranked([id, offered_at, first, second]: HandoffPlace, sort: Wanted['sort']): Ranked {
  const worth = { chance: null, amount: null, currency: '' };
  return sort === 'due'
    ? { id, offered_at, due: first ?? Number.POSITIVE_INFINITY, priority: priorityOf(worth, 1) }
    : { id, offered_at, due: 0, priority: { ...worth, product: first ?? null, urgency: second ?? 0 } };
}
