import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileCalendar } from '#engine/calendar/calendar.ts';
import { elapsed } from '#engine/calendar/clock.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { attemptsOf, type Channel } from './attempts.ts';
import { deadlinesOf, TERMS } from './deadlines.ts';
import { climb, LADDER } from './escalation.ts';
import { byPriority, priorityOf, shareLeft, urgencyOf, worthOf } from './priority.ts';
import { sayDeadline, sayOpen, sayWhen } from './say-clock.ts';

const ZONE = 'America/New_York';
const nine = ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]);
const calendarWith = (holidays: string[]) =>
  compileCalendar({ zone: ZONE, hours: Object.fromEntries(nine), holidays }, () => []);
const calendar = calendarWith([]);
const tier = { accept: '1d', first_touch: '4h', decide: '5d' };
/** Local time in New York: winter until 8 March 2026. */
const ny = (text: string): Instant =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).epochMilliseconds;
const friday = ny('2026-03-06T16:30');

it('counts as the methods say: 4 working hours from Friday 16:30 over a change of the clocks', () => {
  expect(sayWhen(calendar, deadlinesOf(tier, calendar, friday).first_touch.due)).toBe(
    'Mon 9 Mar 2026, 12:30 (America/New_York)',
  );
  const closedMonday = calendarWith(['2026-03-09']);
  expect(sayWhen(closedMonday, deadlinesOf(tier, closedMonday, friday).first_touch.due)).toBe(
    'Tue 10 Mar 2026, 12:30 (America/New_York)',
  );
  expect(sayOpen(elapsed(calendar, friday, ny('2026-03-09T11:15')))).toBe('2 h 45 min');
});

it.each<[stops: [string, string][], due: string]>([
  [[], 'Mon 9 Mar 2026, 12:30'],
  [[['2026-03-09T10:00', '2026-03-09T11:00']], 'Mon 9 Mar 2026, 13:30'],
  [[['2026-03-09T12:00', '2026-03-09T16:45']], 'Tue 10 Mar 2026, 09:15'],
  [[['2026-03-07T00:00', '2026-03-08T00:00']], 'Mon 9 Mar 2026, 12:30'],
  [
    [
      ['2026-03-09T09:00', '2026-03-09T17:00'],
      ['2026-03-09T10:00', '2026-03-10T10:00'],
    ],
    'Tue 10 Mar 2026, 13:30',
  ],
])('a hold puts a deadline off by the working time it takes: %j', (stops, due) => {
  const spans = stops.map(([from, to]) => ({ from: ny(from), to: ny(to) }));
  expect(sayWhen(calendar, deadlinesOf(tier, calendar, friday, spans).first_touch.due)).toContain(due);
});

it('puts steps in order, the reminder before the due time and the lapse after it, wherever it starts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: ny('2026-01-01T00:00'), max: ny('2026-12-31T00:00') }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 5_000 })), {
        maxLength: 3,
      }),
      (from, holds) => {
        const stops = holds.map(([after, minutes]) => ({
          from: from + after * 60_000,
          to: from + (after + minutes) * 60_000,
        }));
        const all = deadlinesOf(tier, calendar, from, stops);
        for (const term of TERMS) {
          const { due, steps } = all[term];
          expect(steps.toSorted((a, b) => a - b)).toEqual(steps);
          const atDue = LADDER[term].findIndex(({ share }) => share === 1);
          expect(steps[atDue]).toBe(due);
          expect(steps[0]!).toBeLessThanOrEqual(due);
          const unstopped = deadlinesOf(tier, calendar, from)[term].due;
          expect(elapsed(calendar, from, due, stops)).toBeGreaterThanOrEqual(
            elapsed(calendar, from, unstopped),
          );
        }
      },
    ),
    { numRuns: 100 },
  );
});

it.each<[now: number, from: number, taken: string, next: number | null]>([
  [5, 0, '', 0],
  [10, 0, 'remind@10', 1],
  [19, 1, '', 1],
  [20, 1, 'tell_lead@20', 2],
  [25, 0, 'tell_lead@20', 2],
  [99, 0, 'tell_lead@20 reassign@30 lapse@40', null],
  [99, 3, 'lapse@40', null],
  [99, 4, '', null],
])('at %d, from step %d on, the ladder is climbed by: %s', (now, from, taken, next) => {
  const result = climb('accept', [10, 20, 30, 40], from, now);
  expect(result.taken.map(({ action, due }) => `${action}@${due}`).join(' ')).toBe(taken);
  expect(result.next?.step ?? null).toBe(next);
});

it('multiplies chance, amount and urgency: 6,000 with 10 % of the clock left', () => {
  const clock = { from: ny('2026-03-10T09:00'), due: ny('2026-03-11T11:00'), stops: [] };
  const now = ny('2026-03-11T10:00'); // 9 of 10 working hours have gone
  expect(shareLeft(calendar, clock, now)).toBeCloseTo(0.1);
  const worth = { chance: 0.2, amount: 10_000, currency: 'USD' };
  expect(priorityOf(worth, urgencyOf(calendar, clock, now)).product).toBe(6_000);
});

it.each<[string, number]>([
  ['2026-03-10T09:30', 2],
  ['2026-03-10T10:00', 1],
  ['2026-03-10T14:59', 1],
  ['2026-03-10T15:01', 3],
  ['2026-03-10T17:30', 3],
  ['2026-03-12T10:00', 3],
])('at %s the urgency of a day that ends at 17:00 is %d', (now, urgency) => {
  const clock = { from: ny('2026-03-10T09:00'), due: ny('2026-03-10T17:00'), stops: [] };
  expect(urgencyOf(calendar, clock, ny(now))).toBe(urgency);
});

it('does not make up a worth that nobody agreed on, and ranks it last', () => {
  const known = worthOf({
    currency: 'USD',
    average_deal: 100,
    expected: { mql_to_sal: 0.5, sal_to_sql: 0.5, sql_to_won: 0.5 },
  });
  expect(known).toEqual({ chance: 0.125, amount: 100, currency: 'USD' });
  const unknown = worthOf({ currency: 'USD', average_deal: 100, expected: { mql_to_sal: 0.5 } });
  expect(unknown.chance).toBeNull();
  const rank = (id: string, worth: typeof known, urgency: number, offered_at: number) => ({
    id,
    offered_at,
    priority: priorityOf(worth, urgency),
  });
  const all = [
    rank('a', unknown, 3, 1),
    rank('b', known, 1, 9),
    rank('c', known, 1, 5),
    rank('d', unknown, 1, 0),
  ];
  expect(all.sort(byPriority).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'd']);
});

const noon = (day: number): Instant => ny(`2026-03-${String(day).padStart(2, '0')}T12:00`);
it.each<[touches: [Channel, number][], met: boolean, because: string | null]>([
  [[], false, 'found 0 attempts on 0 channels'],
  [[2, 3, 4, 5, 6, 9].map((day) => ['call', day]), false, 'found 6 attempts on 1 channel'],
  [[...[2, 3, 4, 5, 6].map((day): [Channel, number] => ['call', day]), ['mail', 9]], true, null],
  [
    [...[2, 3, 4, 5, 6].map((day): [Channel, number] => ['call', day]), ['note', 9]],
    false,
    'found 5 attempts',
  ],
  [
    [...[2, 3, 4, 5, 6].map((day): [Channel, number] => ['call', day]), ['mail', 31]],
    false,
    'found 5 attempts',
  ],
  [
    [['call', 2], ...[23, 24, 25, 26, 27].map((day): [Channel, number] => ['call', day]), ['mail', 30]],
    true,
    null,
  ],
])('attempts %j are enough: %s', (touches, met, because) => {
  const agreed = { count: 6, within: '10d', channels: 2 };
  const made = touches.map(([channel, day]) => ({ channel, at: noon(day) }));
  const found = attemptsOf(agreed, made, calendar);
  expect(found.met).toBe(met);
  if (because === null) expect(found.because).toBeNull();
  else expect(found.because).toContain(because);
});

it('says how a clock stands, with its zone', () => {
  const { due } = deadlinesOf(tier, calendar, friday).first_touch;
  const say = (met: string | null, now: string, stops: { from: Instant; to: Instant }[] = []) =>
    sayDeadline(calendar, { from: friday, due, stops }, met === null ? null : ny(met), ny(now));
  expect(say(null, '2026-03-09T11:15')).toBe(
    'due Mon 9 Mar 2026, 12:30 (America/New_York), 1 h 15 min of working time left',
  );
  expect(say(null, '2026-03-09T14:00')).toBe(
    'late by 1 h 30 min of working time; it was due Mon 9 Mar 2026, 12:30 (America/New_York)',
  );
  expect(say('2026-03-09T11:15', '2026-03-10T09:00')).toBe('met after 2 h 45 min of working time');
  expect(say('2026-03-09T13:30', '2026-03-10T09:00')).toContain('met late, after 5 h of working time');
  const hold = { from: ny('2026-03-09T09:00'), to: ny('2026-03-09T10:00') };
  expect(say(null, '2026-03-09T09:30', [hold])).toContain('on hold until Mon 9 Mar 2026, 10:00');
});
