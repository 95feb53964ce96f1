import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { replay } from '#engine/replay/replay.ts';
import { judge } from '#engine/verdict/judge.ts';
import { foldUp } from '#features/verdicts/fold.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import { verifyJournal } from '#platform/journal/journal.ts';
import {
  attribute,
  buildPact,
  clause,
  DAY,
  did,
  HOUR,
  interest,
  lane,
  profile,
  stage,
} from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { histories, mixedPoints, positivePoints, START, timelyPact } from '#tests/support/timely.ts';
import {
  agree,
  hire,
  meet,
  type News,
  type People,
  takeIn,
  workUntilDone,
  writable,
} from './verdicts-support.ts';

const db = withDatabase();
const END = START + 400 * DAY;

let workspace = '';
let people: People;

beforeEach(async () => {
  workspace = await db.newWorkspace();
  people = await hire(db.database, workspace);
});

/** Interest of 10 a page, halved every day; MQL from 25 on; 40 points of fit for who asked. */
const pact = writable(
  buildPact({
    profile: [profile('kind', 40, attribute('kind', { is: 'x' }))],
    interest: [interest('page', 10, { half_life: '1d' })],
    stages: [stage('warm', { interest: { gte: 5 } })],
    mql: clause({ interest: { gte: 25 } }),
    fast_lanes: [lane('form', did('form'))],
  }),
);

const page = (lead: number, at: Instant): News => ({ lead, at, type: 'page', properties: {} });
const here = <Row extends object>(text: string, ...values: unknown[]) =>
  db.database.inWorkspace(workspace, (_, query) => query<Row>(text, [workspace, ...values]));
const take = (...news: News[]) => takeIn(db.database, workspace, news);
const work = (at: Instant) => workUntilDone(db.database, at);

type State = {
  stage: string;
  verdict: string;
  grade: string;
  fit: number;
  interest: number;
  pass: number;
  version: number;
  judged_at: Date;
  mql_at: Date | null;
  next_at: Date | null;
  fold: { standing: unknown };
};
const stateOf = async (lead: number): Promise<State> =>
  (await here<State>('SELECT * FROM lead_states WHERE workspace_id = $1 AND lead = $2', lead))[0]!;
const movesOf = async (lead: number) =>
  (
    await here<{ at: Date; from_stage: string | null; to_stage: string; cause: string }>(
      'SELECT * FROM moves WHERE workspace_id = $1 AND lead = $2 AND replaced_at IS NULL ORDER BY at, id',
      lead,
    )
  ).map(({ at, from_stage, to_stage, cause }) => [
    (at.getTime() - START) / HOUR,
    from_stage,
    to_stage,
    cause,
  ]);
const topicsOf = async (lead: string) =>
  (
    await here<{ topic: string }>(
      "SELECT topic FROM outbox WHERE workspace_id = $1 AND payload ->> 'lead' = $2 ORDER BY created_at, id",
      lead,
    )
  ).map(({ topic }) => topic);
const entriesOf = async (lead: string) =>
  (
    await here<{ what: string }>(
      "SELECT what FROM journal WHERE workspace_id = $1 AND subject_kind = 'lead' AND subject_id = $2 ORDER BY seq",
      lead,
    )
  ).map(({ what }) => what);
const waiting = async () =>
  (await here<{ n: number }>('SELECT count(*) AS n FROM dirty_leads WHERE workspace_id = $1', ...[]))[0]!.n;

describe('a lead on its way', () => {
  beforeEach(async () => {
    await agree(db.database, people, pact, START);
  });

  test('climbs with what it does, is told of once, and leaves state, moves, journal and outbox', async () => {
    const [id] = await meet(db.database, workspace, 1, START);
    await work(START);
    await take(page(1, START + HOUR));
    await work(START + HOUR);
    expect(await stateOf(1)).toMatchObject({ stage: 'warm', verdict: 'not_mql', grade: 'D3', interest: 10 });
    await take(page(1, START + 2 * HOUR), page(1, START + 3 * HOUR));
    await work(START + 3 * HOUR);

    expect(await stateOf(1)).toMatchObject({ stage: 'mql', verdict: 'mql', pass: 1, version: 1 });
    expect(await movesOf(1)).toEqual([
      [0, null, 'conversion', 'time'],
      [1, 'conversion', 'warm', 'activity'],
      [3, 'warm', 'mql', 'activity'],
    ]);
    const told = ['lead.moved', 'lead.moved', 'lead.moved', 'lead.mql'];
    expect(await topicsOf(id!)).toEqual(told);
    expect(await entriesOf(id!)).toEqual(told);
    expect(await waiting()).toBe(0);
    expect(await db.database.inWorkspace(workspace, (_, query) => verifyJournal(query, workspace))).toBe(
      null,
    );
  });

  test('falls back when its interest has decayed, at the very instant, and not before', async () => {
    await meet(db.database, workspace, 1, START);
    await take(page(1, START + HOUR), { ...page(1, START + HOUR), at: START + HOUR });
    await work(START + HOUR);
    const { next_at, stage: now } = await stateOf(1);
    expect([now, next_at?.getTime()]).toEqual(['warm', START + HOUR + DAY + 1]);
    await work(START + HOUR + 2 * DAY);
    expect((await stateOf(1)).stage).toBe('warm');
    await work(START + 9 * DAY);
    expect((await movesOf(1)).at(-1)).toEqual([49 + 1 / HOUR, 'warm', 'conversion', 'time']);
  });

  test('that did something earlier, which is learned late, stands where it would have stood', async () => {
    const [id] = await meet(db.database, workspace, 1, START);
    await take(page(1, START + HOUR), page(1, START + 3 * HOUR));
    await work(START + 5 * HOUR);
    expect((await stateOf(1)).stage).toBe('warm');
    await take(page(1, START + 2 * HOUR));
    await work(START + 6 * HOUR);
    expect((await stateOf(1)).stage).toBe('mql');
    expect((await stateOf(1)).mql_at?.getTime()).toBe(START + 3 * HOUR);
    expect(await movesOf(1)).toEqual([
      [0, null, 'conversion', 'time'],
      [1, 'conversion', 'warm', 'activity'],
      [3, 'warm', 'mql', 'activity'],
    ]);
    const late = await here<{ late: boolean }>(
      "SELECT (payload ->> 'late')::boolean AS late FROM outbox WHERE workspace_id = $1 AND topic = 'lead.mql' AND payload ->> 'lead' = $2",
      id,
    );
    expect(late).toEqual([{ late: true }]);
  });

  test('moves found again stay; those that no longer are so are replaced, not removed', async () => {
    await meet(db.database, workspace, 1, START);
    await take(page(1, START + HOUR), page(1, START + 4 * HOUR));
    await work(START + 4 * HOUR);
    await take({ lead: 1, at: START + 2 * HOUR, type: 'form', properties: {} });
    await work(START + 5 * HOUR);
    const all = await here<{ to_stage: string; replaced_at: Date | null }>(
      'SELECT to_stage, replaced_at FROM moves WHERE workspace_id = $1 ORDER BY id',
    );
    expect(all.filter(({ replaced_at }) => replaced_at === null).map(({ to_stage }) => to_stage)).toEqual([
      'conversion',
      'warm',
      'mql',
    ]);
    expect((await stateOf(1)).mql_at?.getTime()).toBe(START + 2 * HOUR);
  });

  test('what is dated later than now counts when its time has come', async () => {
    await meet(db.database, workspace, 1, START);
    await take({ lead: 1, at: START + DAY, type: 'form', properties: {} });
    await work(START + HOUR);
    const { stage: now, next_at } = await stateOf(1);
    expect([now, next_at?.getTime()]).toEqual(['conversion', START + DAY]);
    await work(START + DAY);
    expect((await stateOf(1)).stage).toBe('mql');
  });
});

describe('a version that comes into force', () => {
  test('judges every open lead again, in the background, with itself as the cause', async () => {
    const first = await agree(db.database, people, pact, START);
    await meet(db.database, workspace, 3, START);
    await take(page(1, START + HOUR), page(2, START + HOUR));
    await work(START + HOUR);
    const stricter = writable({ ...pact, stages: [stage('tepid', { interest: { gte: 1 } })] });
    await agree(db.database, people, stricter, START + 2 * HOUR, first);
    await work(START + 2 * HOUR);
    expect((await movesOf(1)).at(-1)).toEqual([2, 'warm', 'tepid', 'pact']);
    expect(await stateOf(3)).toMatchObject({ stage: 'conversion', version: 2 });
    const rejudged = await here('SELECT FROM rejudgements WHERE workspace_id = $1 AND finished_at IS NULL');
    expect(rejudged).toEqual([]);
  });

  test('judges what lies before it by the version before it', async () => {
    const first = await agree(db.database, people, pact, START);
    await meet(db.database, workspace, 1, START);
    await work(START + HOUR);
    await agree(db.database, people, writable({ ...pact, fast_lanes: [] }), START + DAY, first);
    await work(START + DAY);
    await take({ lead: 1, at: START + 2 * HOUR, type: 'form', properties: {} });
    await work(START + 2 * DAY);
    expect(await stateOf(1)).toMatchObject({ stage: 'mql', verdict: 'not_mql', version: 2 });
    expect((await movesOf(1)).at(-1)).toEqual([2, 'conversion', 'mql', 'activity']);
  });

  test('the first one finds the leads that were there before it', async () => {
    await meet(db.database, workspace, 2, START - DAY);
    await take(page(1, START - HOUR));
    await work(START - HOUR);
    expect((await stateOf(1)).stage).toBe('visitor');
    expect(await waiting()).toBe(0);
    await agree(db.database, people, pact, START);
    await work(START);
    expect((await stateOf(1)).stage).toBe('warm');
    expect((await stateOf(2)).stage).toBe('conversion');
  });
});

describe('a lead that cannot be folded', () => {
  const impossible = async (lead: number) => {
    const [handoff, at] = ['00000000-0000-7000-8000-00000000000f', new Date(START + HOUR)];
    const version = (
      await here<{ pact_id: string }>('SELECT pact_id FROM versions WHERE workspace_id = $1')
    )[0]!;
    await db.database.inWorkspace(workspace, async (tx) => {
      const own = { workspace_id: workspace, lead, pass: 1, pact_id: version.pact_id, version: 1 };
      const offer = { tier: 'hot', origin: 'mql' as const, packet: '{}', offered_at: at, accept_by: at };
      await tx
        .insertInto('handoffs')
        .values({
          id: handoff,
          ...own,
          ...offer,
          answer: 'return',
          answered_at: at,
          decision: 'return',
          decided_at: at,
        })
        .execute();
      const back = { workspace_id: workspace, handoff_id: handoff, member_id: people.sam.id, at };
      await tx
        .insertInto('returns')
        .values({ ...back, reason: 'no_such_reason', next: 'recycle' })
        .execute();
    });
  };
  const stuck = () =>
    here<{ lead: number; attempts: number; retry_at: Date | null; error: string }>(
      'SELECT lead, attempts, retry_at, error FROM stuck_leads WHERE workspace_id = $1',
    );

  test('is set aside and tried again; the queue flows on; after five tries it is left alone', async () => {
    await agree(db.database, people, pact, START);
    await meet(db.database, workspace, 2, START);
    await impossible(1);
    await take(page(1, START + HOUR), page(2, START + HOUR));
    await work(START + 2 * HOUR);
    expect((await stateOf(2)).stage).toBe('warm');
    expect(await stuck()).toMatchObject([
      { lead: 1, attempts: 1, error: expect.stringContaining('no_such_reason') },
    ]);
    for (let hour = 3; hour < 10; hour++) await work(START + hour * HOUR);
    expect(await stuck()).toMatchObject([{ lead: 1, attempts: 5, retry_at: null }]);
    await take(page(1, START + 10 * HOUR));
    await work(START + 11 * HOUR);
    expect(await stuck()).toMatchObject([{ attempts: 5 }]);
    expect(await waiting()).toBe(0);
  });

  test('is folded again when the next version can', async () => {
    const first = await agree(db.database, people, pact, START);
    await meet(db.database, workspace, 1, START);
    await impossible(1);
    for (let hour = 1; hour < 10; hour++) await work(START + hour * HOUR);
    expect(await stuck()).toMatchObject([{ attempts: 5 }]);
    await here("UPDATE returns SET reason = 'timing' WHERE workspace_id = $1");
    await agree(db.database, people, writable({ ...pact, fast_lanes: [] }), START + DAY, first);
    await work(START + DAY);
    expect(await stuck()).toEqual([]);
    expect((await stateOf(1)).stage).toBe('recycled');
  });
});

/** A history under two versions, and the order in which a worker hears of it, a portion at a time. */
const arrivals = (points: fc.Arbitrary<number>) =>
  fc.tuple(timelyPact(points), timelyPact(points), histories).chain(([one, other, facts]) => {
    const news: News[] = [
      ...facts.activities.map(({ at, type, properties }) => ({ lead: 1, at, type, properties })),
      ...facts.changes.map(({ at, values }) => ({ lead: 1, at, values })),
    ];
    return fc.record({
      pacts: fc.constant([one, other].map(writable) as [Pact, Pact]),
      shuffled: fc.shuffledSubarray(news, { minLength: news.length }),
      portions: fc.integer({ min: 1, max: 5 }),
      clock: fc.constantFrom('on the day', 'long after'),
    });
  });

describe('whatever arrives in whatever order', () => {
  const histories = fc.sample(arrivals(mixedPoints), { numRuns: 30, seed: 20_261 });
  const rising = fc.sample(arrivals(positivePoints), { numRuns: 15, seed: 20_262 });

  test('the state and the moves are those of the same folded at once', async () => {
    for (const { pacts, shuffled, portions, clock } of histories) {
      workspace = await db.newWorkspace();
      people = await hire(db.database, workspace);
      const first = await agree(db.database, people, pacts[0], START);
      await meet(db.database, workspace, 1, START);
      await agree(db.database, people, pacts[1], START + 30 * DAY, first);
      for (let i = 0; i < shuffled.length; i += portions) {
        const some = shuffled.slice(i, i + portions);
        await take(...some);
        await work(clock === 'long after' ? END : Math.max(START + 30 * DAY, ...some.map(({ at }) => at!)));
      }
      await work(END);

      const ledger = (
        await db.database.inWorkspace(workspace, (_, query) => readLedgers(query, workspace, [1]))
      ).get(1)!;
      const versions = [
        { from: START, pact: pacts[0] },
        { from: START + 30 * DAY, pact: pacts[1] },
      ];
      const wanted = foldUp(null, ledger.occurrences, versions, END)!;
      const { fold, mql_at } = await stateOf(1);
      expect(fold.standing).toEqual(wanted.carried.standing);
      expect(mql_at?.getTime() ?? null).toBe(wanted.carried.mql_at);
      expect(await movesOf(1)).toEqual(
        wanted.passages.map(({ move }) => [(move.at - START) / HOUR, move.from, move.to, expect.anything()]),
      );
    }
  });

  test('it is judged as a replay of the same history judges it', async () => {
    for (const { pacts, shuffled, portions } of rising) {
      const [one] = pacts;
      workspace = await db.newWorkspace();
      people = await hire(db.database, workspace);
      await agree(db.database, people, one, START);
      await meet(db.database, workspace, 1, START);
      for (let i = 0; i < shuffled.length; i += portions) {
        await take(...shuffled.slice(i, i + portions));
        await work(END);
      }
      await work(END);
      const ledger = (
        await db.database.inWorkspace(workspace, (_, query) => readLedgers(query, workspace, [1]))
      ).get(1)!;
      const facts: Facts = factsOf(ledger);
      const { verdict, grade, fit, interest: points, judged_at, stage: now } = await stateOf(1);
      const said = judge(one, facts, judged_at.getTime());
      expect({ verdict, grade, fit, interest: points }).toEqual({
        verdict: said.verdict,
        grade: said.grade,
        fit: said.fit,
        interest: said.interest,
      });
      const track = replay(facts, one, END);
      // From its first MQL on it is sales' to say; up to there the ladder is the judge's.
      if ((await stateOf(1)).mql_at === null) expect(now).toBe(track.end.stage);
      if (track.mql_at !== null)
        expect((await stateOf(1)).mql_at!.getTime()).toBeLessThanOrEqual(track.mql_at);
    }
  });
});

test('leads of one workspace are folded by its own pact, and seen in no other', async () => {
  await agree(db.database, people, pact, START);
  await meet(db.database, workspace, 1, START);
  await take(page(1, START + HOUR));
  const [mine, other] = [workspace, await db.newWorkspace()];
  people = await hire(db.database, other);
  await agree(db.database, people, writable({ ...pact, stages: [] }), START);
  await meet(db.database, other, 1, START);
  await takeIn(db.database, other, [page(1, START + HOUR)]);
  await work(START + HOUR);
  expect((await stateOf(1)).stage).toBe('warm');
  workspace = other;
  expect((await stateOf(1)).stage).toBe('conversion');
  expect(mine).not.toBe(other);
});

test('a pact whose levels stand in an order of their own is judged in that order', async () => {
  const levels = { zeta: { interest: { gte: 1 } }, alpha: { interest: { gte: 5 } } };
  const ordered = writable({ ...pact, stages: [stage('warm', { interest: { gte: 1 } }, levels)] });
  await agree(db.database, people, ordered, START);
  await meet(db.database, workspace, 1, START);
  await take(page(1, START + HOUR));
  await work(START + HOUR);
  expect((await stateOf(1)).stage).toBe('warm/alpha');
  expect(parsePact(JSON.stringify(ordered)).pact.stages[0]!.levels).toEqual(levels);
});
