// The worked examples of the methods, to the digit.
import { describe, expect, test } from 'vitest';
import { compileCalendar } from '#engine/calendar/calendar.ts';
import { dueAt, elapsed } from '#engine/calendar/clock.ts';
import { priorityOf, shareLeft, urgencyOf } from '#engine/handoff/priority.ts';
import { parseWorking } from '#engine/pact/duration.ts';
import { attainment, standingOf } from './attainment.ts';
import { sharesOf } from './attribution.ts';
import { conversion, convertedBy, type Ending, incidence, shrunk, soFar } from './cohort.ts';
import { costOf, RULES_OF_THUMB } from './cost.ts';
import { share } from './figure.ts';
import { splitLeak } from './leak.ts';
import { missesWins } from './missed.ts';
import { mqlsNeeded, paceOf, worthOfLeads } from './promises.ts';
import { acceptance, compliance, feedback, marketingScore, salesScore, unfairReturns } from './scorecard.ts';
import { velocity } from './velocity.ts';

const percent = (value: number | null): string => `${(value! * 100).toFixed(1)} %`;

describe('marketing’s half of the agreement', () => {
  test('a revenue goal becomes customers and MQLs', () => {
    const goal = { revenue: 500_000, sale: 10_000, share: 0.6, rates: [0.4, 0.6, 0.25] };
    const { customers, mqls } = mqlsNeeded(goal);
    expect(customers).toBeCloseTo(30, 10);
    expect(mqls).toBeCloseTo(500, 8);
    expect(mqlsNeeded({ revenue: 7, sale: 1, share: 1, rates: [0.05] }).mqls).toBeCloseTo(140, 10);
    expect(mqlsNeeded({ ...goal, rates: [0.4, 0] }).mqls).toBeNull();
  });

  test('a commitment in value', () => {
    const types = [
      { leads: 20, closeRate: 0.1 },
      { leads: 100, closeRate: 0.02 },
      { leads: 150, closeRate: 0.01 },
    ];
    expect(worthOfLeads(types, 10_000)).toBeCloseTo(55_000, 8);
  });

  test('the pace line', () => {
    const { expected, gap } = paceOf(500, 22, 9, 190);
    expect(expected.toFixed(1)).toBe('204.5');
    expect(gap.toFixed(1)).toBe('-14.5');
    expect(paceOf(500, 0, 0, 0)).toEqual({ expected: 0, gap: 0 });
  });
});

describe('sales’ half', () => {
  const weekdays = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]),
  ) as Record<string, [string, string][]>;
  const calendar = (holidays: string[] = []) =>
    compileCalendar({ zone: 'America/New_York', hours: weekdays, holidays }, () => []);
  const [handoff, touch] = [Date.parse('2026-03-06T16:30-05:00'), Date.parse('2026-03-09T11:15-04:00')];

  test('the clock runs in open hours, across the change to summer time', () => {
    expect(elapsed(calendar(), handoff, touch)).toBe(2.75 * 3_600_000);
    expect(touch - handoff).toBe((65 * 60 + 45) * 60_000);
    const due = (holidays: string[]) => dueAt(calendar(holidays), handoff, parseWorking('4h'));
    expect(due([])).toBe(Date.parse('2026-03-09T12:30-04:00'));
    expect(due(['2026-03-09'])).toBe(Date.parse('2026-03-10T12:30-04:00'));
  });

  test('attainment leaves out what is open in its time', () => {
    const standings = { met: 70, late: 18, overdue: 7, open: 5 };
    const figure = attainment('attainment', standings, 'clocks');
    expect([figure.numerator, figure.denominator, percent(figure.value)]).toEqual([70, 95, '73.7 %']);
    expect(percent(70 / 88)).toBe('79.5 %'); // counting only those that were touched would flatter
  });

  test.each([
    ['met in time', { due: 10, met: 10, stopped: null }, 'met'],
    ['met too late', { due: 10, met: 11, stopped: null }, 'late'],
    ['past due', { due: 10, met: null, stopped: null }, 'overdue'],
    ['not due yet', { due: 30, met: null, stopped: null }, 'open'],
    ['met later than now is not met yet', { due: 10, met: 30, stopped: null }, 'overdue'],
    ['stopped before it was due', { due: 30, met: null, stopped: 5 }, null],
  ])('%s', (_, clock, standing) => expect(standingOf(clock, 20)).toBe(standing));
});

describe('stage conversion', () => {
  test('only those who were watched long enough count', () => {
    const words = { of: 'MQLs', did: 'became SQLs', horizon: 'under 90 days' };
    const figure = conversion('sql_rate', { size: 200, mature: 150, converted: 45 }, words);
    expect(percent(figure.value)).toBe('30.0 %');
    expect(figure.interval!.map((end) => end.toFixed(4))).toEqual(['0.2324', '0.3776']);
    expect(figure.says).toBe(
      '45 of 150 MQLs became SQLs: 30.0 % (23.2 % to 37.8 %). 50 more are too young to count (under 90 days).',
    );
  });

  test('who left by another way can no longer convert', () => {
    const one = (kind: Ending['kind'], day: number): Ending => ({ kind, day, n: 1 });
    const ten = [
      ...[5, 10, 10, 20].map((day) => one('converted', day)),
      ...[15, 15].map((day) => one('left', day)),
      ...[8, 30, 30, 30].map((day) => one('open', day)),
    ];
    expect(convertedBy(incidence(ten), 20)).toBeCloseTo(0.4375, 12);
    const wrong = ten.map((ending) =>
      ending.kind === 'left' ? { ...ending, kind: 'open' as const } : ending,
    );
    expect(convertedBy(incidence(wrong), 20)).toBeCloseTo(0.49375, 12);
    expect(convertedBy(incidence(ten), 4)).toBe(0);
    expect(incidence([])).toEqual([]);
  });

  test('a small group is drawn towards the whole', () => {
    expect(shrunk(3, 12, 0.06)).toBeCloseTo(0.13125, 12);
  });
});

test('the cost of misalignment', () => {
  const leads = { untouched: 60, late: 80, rejected: 100, unnurtured: 40 };
  const { lines, total } = costOf(leads, RULES_OF_THUMB);
  expect(lines.map(({ cost }) => Math.round(cost))).toEqual([36_000, 24_000, 16_500, 8_000]);
  expect(total).toBeCloseTo(84_500, 6);
  expect(lines[0]!.formula).toBe('60 × 6.0 % × 10,000 = 36,000');
  const ranged = costOf(leads, RULES_OF_THUMB, { close_rate: [0.04, 0.09], late_rate: [0.02, 0.05] });
  expect(ranged.low).toBeCloseTo(24_000 + 8_000 + 16_500 + 8_000, 6);
  expect(ranged.high).toBeCloseTo(54_000 + 32_000 + 16_500 + 8_000, 6);
  expect(costOf({ untouched: 0, late: 0, rejected: 0, unnurtured: 0 }, RULES_OF_THUMB).total).toBe(0);
});

test('what was won so far is counted of all, and is no rate', () => {
  const words = { of: 'MQLs', did: 'were won' };
  const all = soFar('so_far', { size: 8_000, young: 0, came: 842 }, words);
  expect(all).toMatchObject({ value: 0.10525, interval: null });
  expect(all.says).toBe('842 of 8,000 MQLs so far were won: 10.525 %.');
  const young = soFar('so_far', { size: 8_000, young: 120, came: 842 }, words);
  expect(young.says).toContain('120 of them are young: this number still grows, and is no rate.');
  expect(soFar('so_far', { size: 0, young: 0, came: 0 }, words).value).toBeNull();
  expect(soFar('so_far', { size: 300, young: 0, came: 0 }, words).says).toContain('None of 300');
});

test('a clause misses wins when whom it alone keeps out wins no more seldom than MQLs', () => {
  const alone = (won: number, closed: number) =>
    share('close_rate', won, closed, { of: 'deals', did: 'were won' });
  expect(missesWins(alone(21, 25), 0.487)).toBe(true);
  expect(missesWins(alone(4, 4), 0.487)).toBe(false); // too few
  expect(missesWins(alone(10, 100), 0.487)).toBe(false); // clearly more seldom
  expect(missesWins(alone(21, 25), null)).toBe(false);
});

test('pipeline velocity', () => {
  const figure = velocity({
    opportunities: 40,
    winRate: 0.25,
    averageDeal: 10_000,
    currency: 'EUR',
    cycle: 50,
  });
  expect(figure.value).toBe(2_000);
  expect(figure.says).toMatch(/^2,000 EUR a day:/);
  const none = velocity({ opportunities: 0, winRate: null, averageDeal: null, currency: null, cycle: null });
  expect(none).toMatchObject({ value: null, says: expect.stringContaining('no velocity yet') });
});

describe('the leak split', () => {
  const agreed = [0.8, 0.57, 0.6, 0.25];
  const steps = (actual: (number | null)[]) =>
    actual.map((rate, i) => ({ step: String(i), agreed: agreed[i]!, actual: rate }));

  test('is exact, and adds up to the gap', () => {
    const { gap, parts } = splitLeak(steps([0.7, 0.57, 0.5, 0.25]), 500, 10_000);
    expect(gap).toBeCloseTo(92_625, 6);
    expect(parts.map(({ share: one }) => (one! * 100).toFixed(2))).toEqual([
      '42.28',
      '0.00',
      '57.72',
      '0.00',
    ]);
    expect(parts.map(({ amount }) => Math.round(amount))).toEqual([39_159, 0, 53_466, 0]);
    expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(gap, 6);
  });

  test('a step that lets nobody through has all of it, and what nobody reached is taken as agreed', () => {
    const { gap, parts } = splitLeak(steps([0.7, 0, null, null]), 500, 10_000);
    expect(parts.map(({ amount }) => amount)).toEqual([0, gap, 0, 0]);
  });

  test('parts that cancel out are still told', () => {
    const { gap, parts } = splitLeak(steps([0.4, 1.14, 0.6, 0.25]), 500, 10_000);
    expect(gap).toBeCloseTo(0, 6);
    expect(parts[0]!.amount).toBeGreaterThan(0);
    expect(parts[0]!.amount + parts[1]!.amount).toBeCloseTo(0, 6);
    for (const { amount } of parts) expect(Number.isFinite(amount)).toBe(true);
  });
});

describe('attribution', () => {
  const day = 86_400_000;
  const path = (days: number[]) => ({
    touches: days.map((one) => one * day),
    created: null,
    opened: null,
    won: 14 * day,
  });

  test('half as much for each week before', () => {
    const shares = sharesOf('time_decay', path([0, 7, 14]));
    expect(shares.map((one) => (one * 100).toFixed(2))).toEqual(['14.29', '28.57', '57.14']);
  });

  test('by posts', () => {
    const five = {
      touches: [0, 1, 2, 3, 4].map((one) => one * day),
      created: 2 * day,
      opened: 3 * day,
      won: 9 * day,
    };
    expect(sharesOf('u_shaped', path([0, 1, 2, 3]))).toEqual([
      0.4,
      expect.closeTo(0.1),
      expect.closeTo(0.1),
      0.4,
    ]);
    const said = (shares: number[]) => shares.map((one) => one.toFixed(3));
    expect(said(sharesOf('w_shaped', five))).toEqual(['0.300', '0.050', '0.300', '0.300', '0.050']);
    expect(said(sharesOf('full_path', five))).toEqual(['0.225', '0.100', '0.225', '0.225', '0.225']);
    expect(sharesOf('linear', path([0, 1, 2, 3]))).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(sharesOf('first', path([0, 1]))).toEqual([1, 0]);
    expect(sharesOf('latest', path([0, 1]))).toEqual([0, 1]);
  });

  test('one touch gets all, two by posts half each, none nothing', () => {
    for (const model of ['u_shaped', 'w_shaped', 'full_path'] as const) {
      expect(sharesOf(model, path([3]))).toEqual([1]);
      expect(sharesOf(model, path([3, 4]))).toEqual([0.5, 0.5]);
      expect(sharesOf(model, path([]))).toEqual([]);
    }
  });
});

describe('the paired scorecard', () => {
  const kept = compliance(470, 500);
  const clocks = attainment('attainment', { met: 70, late: 18, overdue: 7, open: 5 }, 'clocks');

  test.each([
    ['compliance', kept, '94.0 %'],
    ['acceptance', acceptance(336, 104), '76.4 %'],
    ['feedback', feedback(430, 480), '89.6 %'],
    ['unfair returns', unfairReturns(18, 104 + 18), '14.8 %'],
    ['marketing’s score', marketingScore(55_000, 60_000, kept), '86.2 %'],
    ['sales’ score', salesScore(clocks, feedback(430, 480)), '66.0 %'],
  ])('%s', (_, figure, wanted) => {
    expect(percent(figure.value)).toBe(wanted);
    expect(figure.enough).toBe(true);
  });

  test('more than was promised does not make up for worse', () => {
    expect(marketingScore(120_000, 60_000, kept).value).toBe(kept.value);
  });

  test('without a promise, or without anything due, there is a sentence and no score', () => {
    expect(marketingScore(1, null, kept)).toMatchObject({
      value: null,
      says: expect.stringContaining('no score yet'),
    });
    expect(
      salesScore(attainment('attainment', { met: 0, late: 0, overdue: 0, open: 3 }, 'clocks'), feedback(0, 0))
        .value,
    ).toBeNull();
  });
});

test('the queue’s order', () => {
  const calendar = compileCalendar(
    { zone: 'UTC', hours: { mon: [['00:00', '24:00']] }, holidays: [] },
    () => [],
  );
  const monday = Date.parse('2026-03-02T00:00Z');
  const clock = { from: monday, due: monday + 10 * 3_600_000, stops: [] };
  const now = monday + 9 * 3_600_000;
  expect(shareLeft(calendar, clock, now)).toBeCloseTo(0.1, 12);
  const worth = { chance: 0.2, amount: 10_000, currency: 'EUR' };
  expect(priorityOf(worth, urgencyOf(calendar, clock, now)).product).toBeCloseTo(6_000, 8);
});

test('never NaN, never a bare nought', () => {
  const words = { of: 'MQLs', did: 'were accepted' };
  const none = share('acceptance', 0, 0, words);
  expect(none).toMatchObject({ value: null, interval: null, enough: false });
  expect(none.says).toBe('There are no MQLs here yet, so there is no share of those that were accepted.');
  expect(share('acceptance', 0, 40, words).says).toBe('None of 40 MQLs were accepted: at most 8.8 %.');
  expect(share('acceptance', 3, 12, words).says).toBe(
    '3 of 12 MQLs were accepted: too few to say more, 30 are wanted.',
  );
});
