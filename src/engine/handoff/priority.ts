/** In which order sales answers (methods: queue order): the product is shown, never just a colour. */
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { elapsed } from '#engine/calendar/clock.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Stop } from './deadlines.ts';

/** What a handoff is likely to bring: the agreed chance of a deal and its size; null where the pact does not say. */
export type Worth = { chance: number | null; amount: number | null; currency: string };

/** A running promise. */
export type Clock = { from: Instant; due: Instant; stops: readonly Stop[] };

export type Priority = Worth & {
  urgency: number;
  /** chance × amount × urgency; null when one of them is not known. */
  product: number | null;
};

/** Policy numbers. */
const URGENCY = { first_hour: 2, in_time: 1, running_out: 3 };
const RUNNING_OUT = 0.25;
const HOUR = 3_600_000;

/** By the rates and the average deal that both parties expect. A rate that nobody named makes the chance unknown. */
export function worthOf({ average_deal, currency, expected }: Pact['economics']): Worth {
  const rates = [expected.mql_to_sal, expected.sal_to_sql, expected.sql_to_won];
  const chance = rates.reduce<number | null>(
    (product, rate) => (product === null || rate === undefined ? null : product * rate),
    1,
  );
  return { chance, amount: average_deal ?? null, currency };
}

/** How much of a clock is left, from 1 down to 0; below 0 when it is overdue. Working time throughout. */
export function shareLeft(calendar: WorkCalendar, { from, due, stops }: Clock, now: Instant): number {
  const whole = elapsed(calendar, from, due, stops);
  if (now >= due) return whole === 0 ? 0 : -elapsed(calendar, due, now, stops) / whole;
  return whole === 0 ? 0 : 1 - elapsed(calendar, from, now, stops) / whole;
}

/** How urgent a clock makes it: running out comes before new, new before the rest. */
export function urgencyOf(calendar: WorkCalendar, clock: Clock, now: Instant): number {
  if (now >= clock.due || shareLeft(calendar, clock, now) < RUNNING_OUT) return URGENCY.running_out;
  const worked = elapsed(calendar, clock.from, now, clock.stops);
  return worked < HOUR ? URGENCY.first_hour : URGENCY.in_time;
}

/** P = .2, A = 10,000 and 10 % of the clock left make 6,000. */
export const priorityOf = (worth: Worth, urgency: number): Priority => ({
  ...worth,
  urgency,
  product: worth.chance === null || worth.amount === null ? null : worth.chance * worth.amount * urgency,
});

type Ranked = { priority: Priority; offered_at: Instant; id: string };

/** The most first; what cannot be worked out last, by urgency; ties by the oldest handoff. */
export function byPriority(a: Ranked, b: Ranked): number {
  const product = (one: Ranked) => one.priority.product ?? Number.NEGATIVE_INFINITY;
  if (product(a) !== product(b)) return product(a) > product(b) ? -1 : 1;
  return (
    b.priority.urgency - a.priority.urgency ||
    a.offered_at - b.offered_at ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
