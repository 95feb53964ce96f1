/** Promises kept. What is still open within its time has neither been kept nor broken: it is left out. */
import { type Figure, share } from './figure.ts';

export type Standings = {
  met: number;
  /** Met, but after they were due. */
  late: number;
  /** Not met, and past due. */
  overdue: number;
  /** Not met, and not due yet. */
  open: number;
};

/** How a clock stands at an instant; null for one that was stopped before it fell due. */
export function standingOf(
  clock: { due: number; met: number | null; stopped: number | null },
  now: number,
): keyof Standings | null {
  if (clock.met !== null && clock.met <= now) return clock.met <= clock.due ? 'met' : 'late';
  if (clock.stopped !== null) return null;
  return clock.due < now ? 'overdue' : 'open';
}

/** 70 met, 18 late, 7 overdue and 5 open are 70 of 95: 73.7 %. */
export const attainment = (measure: string, { met, late, overdue }: Standings, of: string): Figure =>
  share(measure, met, met + late + overdue, { of: `${of} that were due`, did: 'were in time' });
