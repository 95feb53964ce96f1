/** The example's eighteen months, moved so that they end now: by whole weeks, so that a Friday stays a Friday. */
import { instantOf, offsetAt, settledLocal, zoneNamed } from '#engine/calendar/zone.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { END, START } from './simulation/time.ts';

const WEEK = 7 * 86_400_000;
const ZONE = zoneNamed('Europe/Berlin');

/** From an instant of the example to one that ends up about now, at the same time by the clock on the wall. */
export type Mover = (at: Instant) => Instant;

export function moverTo(now: Instant): Mover {
  const shift = Math.ceil((now - END) / WEEK) * WEEK;
  return (at) => Math.round(instantOf(ZONE, at + offsetAt(ZONE, at) + shift));
}

/** When the moved history begins. */
export const beginningOf = (move: Mover): Instant => move(START);

/** 0 Sunday … 6 Saturday, in Nuremberg. */
export const weekdayAt = (at: Instant): number => new Date(settledLocal(ZONE, at)).getUTCDay();
