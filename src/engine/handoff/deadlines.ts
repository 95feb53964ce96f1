/** The clocks of a handoff: when each promise of its tier falls due, and when somebody is told about it. */
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { dueAt, elapsed } from '#engine/calendar/clock.ts';
import { openTime } from '#engine/calendar/opening.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { parseWorking, type WorkingTime } from '#engine/pact/duration.ts';
import type { Tier } from '#engine/pact/pact.ts';
import { LADDER } from './escalation.ts';

/** The promises of a tier, each a deadline of every handoff. */
export const TERMS = ['accept', 'first_touch', 'decide'] as const;
export type Term = (typeof TERMS)[number];

/** A time in which the clock stands still. Its end is known: a hold on a running clock says until when. */
export type Stop = { from: Instant; to: Instant };

/** When a promise falls due, and when each step of its escalation ladder is taken. */
export type Due = { due: Instant; steps: Instant[] };

const MINUTE = 60_000;

/**
 * The deadlines of a handoff, all counted in working time from the moment it was offered; `stops` put them off.
 * Throws `NoOpening` when the calendar does not leave so much open time.
 */
export function deadlinesOf(
  tier: Tier,
  calendar: WorkCalendar,
  offeredAt: Instant,
  stops: readonly Stop[] = [],
): Record<Term, Due> {
  const due = (term: Term) => dueOf(term, parseWorking(tier[term]), calendar, offeredAt, stops);
  return { accept: due('accept'), first_touch: due('first_touch'), decide: due('decide') };
}

function dueOf(
  term: Term,
  promise: WorkingTime,
  calendar: WorkCalendar,
  from: Instant,
  stops: readonly Stop[],
): Due {
  const unstopped = dueAt(calendar, from, promise);
  const open = openTime(calendar, from, unstopped);
  const due = putOff(calendar, from, unstopped, open, stops);
  const at = (share: number): Instant => {
    if (share === 1) return due;
    const minutes = Math.ceil((open * share) / MINUTE);
    const instant = dueAt(calendar, from, { days: 0, minutes });
    return putOff(calendar, from, instant, minutes * MINUTE, stops);
  };
  return { due, steps: LADDER[term].map(({ share }) => at(share)) };
}

/** The instant by which so much open time has passed beside the stops; to the next full minute when there are any. */
function putOff(
  calendar: WorkCalendar,
  from: Instant,
  due: Instant,
  open: number,
  stops: readonly Stop[],
): Instant {
  let at = due;
  for (;;) {
    const lacking = stops.length === 0 ? 0 : open - elapsed(calendar, from, at, stops);
    if (lacking <= 0) return at;
    at = dueAt(calendar, at, { days: 0, minutes: Math.ceil(lacking / MINUTE) });
  }
}
