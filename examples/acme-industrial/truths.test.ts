// What was planted in the history, found again by the engine.
import { beforeAll, describe, expect, test } from 'vitest';
import { compileCalendar, type WorkCalendar } from '#engine/calendar/calendar.ts';
import { dueAt, elapsed } from '#engine/calendar/clock.ts';
import { diffPacts } from '#engine/pact/diff/diff.ts';
import { checkGolden } from '#engine/pact/golden.ts';
import { lintPact } from '#engine/pact/lint/lint.ts';
import { replay, type Track } from '#engine/replay/replay.ts';
import { Random } from '#features/demo/simulation/random.ts';
import { addWorkingMinutes, DAY, END, MINUTE, START, weekday } from '#features/demo/simulation/time.ts';
import { BOUGHT_LIST } from '#features/demo/simulation/truths.ts';
import { openHolidayBook } from '#platform/holidays/holidays.ts';
import { factsOfLeads, pactNamed, type Row, table } from './history.ts';

const HOUR = 60 * MINUTE;
const pact = pactNamed('pact.yaml');
const next = pactNamed('pact-next.yaml');
const leads = table('leads');
const won = new Set(table('deals').flatMap(({ lead, outcome }) => (outcome === 'won' ? [lead!] : [])));

const share = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.filter(holds).length / items.length;
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
const winRate = (some: readonly Row[]): number => share(some, ({ id }) => won.has(id!));

describe('the two pacts', () => {
  test.each([
    ['pact.yaml', pact],
    ['pact-next.yaml', next],
  ])('%s gives lint nothing to find and its golden leads pass', (_, one) => {
    expect(lintPact(one)).toEqual([]);
    expect(checkGolden(one).filter(({ ok }) => !ok)).toEqual([]);
  });

  test('the draft lets small machine builders in and leaves the bought list out', () => {
    const changes = diffPacts(pact, next).filter(({ clause }) => clause !== 'golden');
    expect(changes.map(({ path }) => path)).toEqual([
      'mql.when',
      'bad_leads.bought_list',
      'profile.size_middle.when',
      'profile.size_middle.text',
    ]);
  });
});

describe('replayed', () => {
  let before: Map<string, Track>;
  let after: Map<string, Track>;
  beforeAll(() => {
    const facts = [...factsOfLeads()];
    [before, after] = [pact, next].map(
      (one) => new Map(facts.map(([id, lead]) => [id, replay(lead, one, END)])),
    ) as [Map<string, Track>, Map<string, Track>];
  });

  test('about a quarter of the leads become MQLs, and most of the deals that are won were MQLs', () => {
    const mqls = leads.filter(({ id }) => before.get(id!)!.mql_at !== null);
    expect(mqls.length / leads.length).toBeGreaterThan(0.2);
    expect(mqls.length / leads.length).toBeLessThan(0.4);
    expect(share([...won], (id) => before.get(id)!.mql_at !== null)).toBeGreaterThan(0.5);
  });

  test('the bought list looks best, and never wins', () => {
    const by = Map.groupBy(leads, ({ source }) => source!.toLowerCase());
    const sources = [...by].map(([name, some]) => ({
      name,
      wins: winRate(some),
      fit: mean(some.map(({ id }) => before.get(id!)!.end.fit)),
      mqls: share(some, ({ id }) => before.get(id!)!.mql_at !== null),
    }));
    const best = (key: 'fit' | 'mqls') => sources.toSorted((a, b) => b[key] - a[key])[0]!.name;
    const list = BOUGHT_LIST.toLowerCase();
    expect(best('fit')).toBe(list);
    expect(best('mqls')).toBe(list);
    for (const { name, wins } of sources) {
      if (name === list) expect(wins).toBe(0);
      else expect(wins).toBeGreaterThan(0.05);
    }
  });

  test('small machine builders win like middle-sized ones, and are shut out', () => {
    const builders = leads.filter(
      (lead) => lead['account.industry'] === 'Machine building' && lead.source !== BOUGHT_LIST,
    );
    const within = (least: number, most: number) =>
      builders.filter(
        (lead) => Number(lead['account.employees']) >= least && Number(lead['account.employees']) <= most,
      );
    const [small, middle] = [within(20, 50), within(51, 1000)];
    expect(winRate(small) / winRate(middle)).toBeGreaterThan(0.8);
    const others = leads.filter((lead) => lead['account.industry'] !== 'Machine building');
    const smallOthers = others.filter(
      (lead) => Number(lead['account.employees']) >= 20 && Number(lead['account.employees']) <= 50,
    );
    expect(winRate(smallOthers)).toBeLessThan(winRate(small) / 2);
    const mql = (tracks: Map<string, Track>, some: Row[]) =>
      share(some, ({ id }) => tracks.get(id!)!.mql_at !== null);
    expect(mql(before, small)).toBeLessThan(mql(before, middle) / 2);
    expect(mql(after, small)).toBeGreaterThan(mql(before, small) * 2);
  });

  test('the draft gains leads that win and loses none that does', () => {
    const gained = leads.filter(({ id }) => !before.get(id!)!.mql_at && after.get(id!)!.mql_at);
    const lost = leads.filter(({ id }) => before.get(id!)!.mql_at && !after.get(id!)!.mql_at);
    expect(gained.every((lead) => Number(lead['account.employees']) <= 50)).toBe(true);
    expect(winRate(gained)).toBeGreaterThan(2 * winRate(leads));
    expect(lost.every(({ source }) => source === BOUGHT_LIST)).toBe(true);
    expect(lost.length).toBeGreaterThan(50);
    expect(winRate(lost)).toBe(0);
  });
});

describe('speed', () => {
  const handoffs = table('handoffs').filter(({ origin }) => origin === 'marketing');
  const byDay = Map.groupBy(handoffs, ({ at }) => weekday(Date.parse(at!)));
  const friday = byDay.get(5)!;
  const early = [1, 2, 3, 4].map((day) => byDay.get(day)!);
  let calendar: WorkCalendar;
  beforeAll(async () => {
    calendar = compileCalendar(pact.calendar, await openHolidayBook());
  });
  const hoursToTouch = (some: Row[]): number[] =>
    some.flatMap(({ at, first_touch_at }) =>
      first_touch_at ? [elapsed(calendar, Date.parse(at!), Date.parse(first_touch_at)) / HOUR] : [],
    );

  test('Fridays are slow, in working hours', () => {
    const days = early.map((some) => median(hoursToTouch(some)));
    expect(Math.max(...days)).toBeLessThan(3);
    expect(median(hoursToTouch(friday))).toBeGreaterThan(4 * Math.max(...days));
  });

  test('on Fridays more leads are never touched, and fewer are won', () => {
    const never = (some: Row[]) => share(some, ({ first_touch_at }) => first_touch_at === '');
    const wins = (some: Row[]) => share(some, ({ lead }) => won.has(lead!));
    expect(never(friday)).toBeGreaterThan(2 * never(early.flat()));
    expect(wins(friday)).toBeLessThan(0.7 * wins(early.flat()));
  });

  test('a promise of four working hours is kept on other days and broken on Fridays', () => {
    const promise = pact.handoff.tiers.standard!.first_touch;
    expect(promise).toBe('4h');
    const kept = (some: Row[]) => share(hoursToTouch(some), (hours) => hours <= 4);
    expect(kept(early.flat())).toBeGreaterThan(0.75);
    expect(kept(friday)).toBeLessThan(0.35);
  });

  test('the simulation counts working time as the pact does', () => {
    const random = new Random(1, 9, 0);
    for (let i = 0; i < 500; i++) {
      const from = START + Math.floor(random.next() * (END - START - 30 * DAY));
      const minutes = 1 + random.int(3000);
      expect(addWorkingMinutes(from, minutes)).toBe(dueAt(calendar, from, { days: 0, minutes }));
    }
  });
});

test('many an "unreachable" is said before the agreed attempts', () => {
  const unreachable = table('handoffs').filter(({ reason }) => reason === 'unreachable');
  const early = share(unreachable, ({ attempts }) => Number(attempts) < pact.handoff.attempts.count);
  expect(unreachable.length).toBeGreaterThan(30);
  expect(early).toBeGreaterThan(0.3);
});
