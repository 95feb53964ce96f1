import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Condition, Pact } from '#engine/pact/pact.ts';
import { GRADES } from '#engine/verdict/grade.ts';
import { judge } from '#engine/verdict/judge.ts';
import { anyInstant, anyLedger, END, inOrder, START } from '#tests/support/any-history.ts';
import { anyPact } from '#tests/support/any-pact.ts';
import {
  activity,
  bad,
  buildPact,
  clause,
  DAY,
  did,
  HOUR,
  interest,
  lane,
  profile,
} from '#tests/support/build.ts';
import { type Columns, ColumnsBuilder, factsOf, footprint } from './columns.ts';
import { type Standings, type Tracks, VERDICTS } from './fast/tracks.ts';
import { BlockReplayer, judgeColumns, replayColumns, replayWork } from './fast.ts';
import { occurrences, replay } from './replay.ts';

const columnsOf = (ledgers: readonly Facts[], pact: Pact | null): Columns => {
  const builder = new ColumnsBuilder(pact === null ? {} : { footprint: footprint([pact]) });
  for (const { id } of ledgers) builder.lead(id);
  // Everything of the last lead first: leads take turns in a file.
  for (const { id, changes, activities } of ledgers.toReversed()) {
    const lead = builder.lead(id);
    for (const { at, type, properties } of activities) builder.activity(lead, at, type, properties);
    for (const { at, values } of changes) builder.change(lead, at, values);
  }
  return builder.finish();
};

const standing = ({ verdict, grade, fit, interest, stage, stages }: Standings, lead: number) => ({
  verdict: VERDICTS[verdict[lead]!],
  grade: GRADES[grade[lead]!],
  fit: fit[lead],
  interest: interest[lead],
  stage: stages[stage[lead]!],
});

const plain = (pact: Pact, facts: Facts, at: Instant) => {
  const { verdict, grade, fit, interest, stage } = judge(pact, facts, at);
  return { verdict, grade, fit, interest, stage };
};

const track = ({ mqlAt, verdict }: Tracks, lead: number) => ({
  mql_at: Number.isNaN(mqlAt[lead]) ? null : mqlAt[lead],
  end: VERDICTS[verdict[lead]!],
});

const plainTrack = (pact: Pact, facts: Facts, until: Instant) => {
  const { mql_at, end } = replay(facts, pact, until);
  return { mql_at, end: end.verdict };
};

const ledgers = fc.uniqueArray(anyLedger, { minLength: 1, maxLength: 4, selector: ({ id }) => id });

test('the fast path replays as the plain interpreter does, to the last bit', () => {
  fc.assert(
    fc.property(
      anyPact,
      ledgers,
      fc.boolean(),
      fc.oneof(fc.constant(END), anyInstant),
      (pact, came, projected, until) => {
        const columns = columnsOf(came, projected ? pact : null);
        const tracks = replayColumns(columns, pact, until);
        const standings = judgeColumns(columns, pact, until);
        came.forEach((ledger, lead) => {
          const facts = inOrder(ledger);
          expect(track(tracks, lead)).toStrictEqual(plainTrack(pact, facts, until));
          expect(standing(standings, lead)).toStrictEqual(plain(pact, facts, until));
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('nothing is lost when of whoever is not open only those are there who did something that is counted', () => {
  const counts = { open: 0, counted: 0, left: 0 };
  fc.assert(
    fc.property(anyPact, ledgers, fc.oneof(fc.constant(END), anyInstant), (pact, came, until) => {
      const columns = columnsOf(came, pact);
      const { starts, instants, codes } = columns.activities;
      const thin = {
        starts: starts.map(() => 0),
        instants: instants.map(() => 0),
        codes: codes.map(() => 0),
      };
      const work = replayWork(columns, pact, until, false);
      const replay = new BlockReplayer(work, thin);
      replay.look(0, came.length);
      let filled = 0;
      for (let lead = 0; lead < came.length; lead++) {
        const [from, to] = [starts[lead]!, starts[lead + 1]!];
        const isCounted = codes.subarray(from, to).some((code) => replay.counted[code] === 1);
        const kind = replay.isOpen(lead) ? 'open' : isCounted ? 'counted' : 'left';
        counts[kind] += to - from;
        if (kind !== 'left') {
          thin.instants.set(instants.subarray(from, to), filled);
          thin.codes.set(codes.subarray(from, to), filled);
          filled += to - from;
        }
        thin.starts[lead + 1] = filled;
      }
      for (let lead = 0; lead < came.length; lead++) replay.walk(lead, lead + 1);
      expect(work.tracks).toStrictEqual(replayColumns(columns, pact, until));
    }),
    { numRuns: 500 },
  );
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(100);
});

test('at every instant at which something happened it judges as the plain interpreter does', () => {
  fc.assert(
    fc.property(anyPact, ledgers, (pact, came) => {
      const columns = columnsOf(came, pact);
      const instants = new Set(came.flatMap((ledger) => occurrences(inOrder(ledger), END)));
      for (const at of instants) {
        const standings = judgeColumns(columns, pact, at);
        came.forEach((ledger, lead) => {
          expect(standing(standings, lead)).toStrictEqual(plain(pact, inOrder(ledger), at));
        });
      }
    }),
    { numRuns: 100 },
  );
});

test('facts read back from columns are judged as those that went in', () => {
  fc.assert(
    fc.property(anyPact, ledgers, anyInstant, fc.boolean(), (pact, came, at, projected) => {
      const columns = columnsOf(came, projected ? pact : null);
      came.forEach((ledger, lead) => {
        expect(judge(pact, factsOf(columns, lead), at)).toStrictEqual(judge(pact, inOrder(ledger), at));
      });
    }),
    { numRuns: 200 },
  );
});

test('who is bad for what was done is told from who did nothing, where neither can become an MQL', () => {
  const pact = buildPact({
    bad_leads: [bad('busy', { not: did('page', { times: { lte: 0 } }) })],
    mql: clause({ all: [{ interest: { gte: 2 } }, { interest: { lte: 0 } }] }),
  });
  const ledgers = [[], [activity(START, 'page')]].map((activities, number) => ({
    id: String(number),
    changes: [],
    activities,
  }));
  const tracks = replayColumns(columnsOf(ledgers, pact), pact, END);
  expect([track(tracks, 0), track(tracks, 1)]).toStrictEqual([
    { mql_at: null, end: 'not_mql' },
    { mql_at: null, end: 'bad_lead' },
  ]);
});

test.each([
  { interest: { gte: 10, lt: 20 } },
  { not: { interest: { gte: 20 } } },
  { grade: { in: ['D2', 'D3'] } },
  { all: [{ interest: { gte: 10 } }, { not: { interest: { gte: 20 } } }] },
] as const)('more interest is not always better: %j', (when) => {
  const pact = buildPact({
    interest: [interest('page', 5, { half_life: '7d' }), interest('trial', 25, { half_life: '7d' })],
    mql: clause(when as Parameters<typeof clause>[0]),
  });
  const [slowly, atOnce, late] = [
    [0, 1, 2, 3, 4].map((day) => activity(START + day * DAY, 'page')),
    [activity(START, 'trial')],
    [activity(START, 'trial'), activity(START + 9 * DAY, 'page')],
  ];
  const ledgers = [slowly, atOnce, late].map((activities, id) => ({ id: `${id}`, changes: [], activities }));
  const columns = columnsOf(ledgers, pact);
  for (const until of [START, START + 4 * DAY, START + 10 * DAY, END]) {
    const tracks = replayColumns(columns, pact, until);
    ledgers.forEach((ledger, lead) => {
      expect(track(tracks, lead)).toStrictEqual(plainTrack(pact, inOrder(ledger), until));
    });
  }
});

test('a lead that never stops clicking is replayed alike, with caps and windows and gates', () => {
  const often = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 * 24 }), fc.constantFrom('page', 'mail')), {
    minLength: 150,
    maxLength: 300,
  });
  const cap = fc.constantFrom(undefined, 8, 20, 30, 40);
  const window = fc.constantFrom('1d' as const, '7d' as const);
  fc.assert(
    fc.property(often, cap, window, fc.integer({ min: 5, max: 45 }), (clicks, most, within, gte) => {
      const pact = buildPact({
        interest: [
          interest('page', 1, { half_life: '3d', within, ...(most === undefined ? {} : { cap: most }) }),
          interest('mail', 2, {
            half_life: '1d',
            within: '7d',
            cap: 12,
            when: did('mail', { times: { lte: 20 } }),
          }),
          interest('keen', 1, { half_life: '3d', cap: 8, when: did('page', { times: { gte: 40 } }) }),
          interest('both', -0.1, {
            half_life: '2d',
            when: { any: [did('page', { within }), did('mail')] },
            cap: -4,
          }),
        ],
        mql: clause({ interest: { gte } }),
      });
      const ledger = {
        id: 'ada',
        changes: [],
        activities: clicks.map(([hour, type]) => activity(START + hour * HOUR, type)),
      };
      const columns = columnsOf([ledger], pact);
      expect(track(replayColumns(columns, pact, END), 0)).toStrictEqual(
        plainTrack(pact, inOrder(ledger), END),
      );
      const then = START + 13 * DAY;
      expect(standing(judgeColumns(columns, pact, then), 0)).toStrictEqual(
        plain(pact, inOrder(ledger), then),
      );
    }),
    { numRuns: 120 },
  );
});

test('a definition as it is signed is replayed alike over long and busy histories', () => {
  const page = (path: string) => did('page', { where: { path: { starts_with: path } } });
  const signed = [
    interest('pricing', 8, { when: page('/pricing'), half_life: '14d', cap: 24 }),
    interest('docs', 2, { when: page('/docs'), half_life: '7d', cap: 10 }),
    interest('visit', 0.5, { when: did('page'), half_life: '7d', cap: 5 }),
    interest('webinar', 10, { half_life: '30d' }),
    interest('mail', 1, { half_life: '7d', within: '60d', cap: 5 }),
    interest('trial', 6, { when: did('trial', { times: { gte: 2 } }), half_life: '10d', cap: 30 }),
    interest('careers', -10, { when: page('/careers'), half_life: '60d' }),
    interest('form', 7, { half_life: '30d' }),
  ];
  // With one half-life for all (or one for each of both speeds, or one window) and no caps, what interest cannot
  // exceed is what it is: every slip of the bound shows.
  const plainly = signed.filter(({ points, half_life }) => points > 2 && half_life !== '10d');
  const [close, quickAndSlow, passing, passingCapped] = [
    () => ({ half_life: '30d' }),
    (i: number) => ({ half_life: i % 2 === 0 ? '7d' : '30d' }),
    () => ({ within: '30d' }),
    (i: number) => ({ within: i % 2 === 0 ? '30d' : '10d', cap: 15 }),
  ].map((terms: (i: number) => object) =>
    plainly.map(({ id, points, when }, i) => interest(id, points * 1.1, { when, ...terms(i) })),
  ) as [typeof signed, typeof signed, typeof signed, typeof signed];
  const pactOf = (criteria: typeof signed, gte: number, graded: boolean) =>
    buildPact({
      lead: clause({ attribute: 'email', exists: true }),
      profile: [
        profile('size', 40, { attribute: 'size', gte: 50 }),
        profile('large', 20, { attribute: 'size', gte: 200 }),
      ],
      interest: criteria,
      mql: clause(graded ? { grade: { gte: 'B2' } } : { all: [{ fit: { gte: 40 } }, { interest: { gte } }] }),
      fast_lanes: [lane('demo', did('form', { where: { form: { is: 'demo' } }, times: { gte: 5 } }))],
    });
  const ways: [string, Record<string, string>][] = [
    ['page', { path: '/' }],
    ['page', { path: '/pricing' }],
    ['page', { path: '/docs/a' }],
    ['page', { path: '/careers' }],
    ['webinar', {}],
    ['mail', {}],
    ['trial', {}],
    ['form', { form: 'demo' }],
    ['form', { form: 'news' }],
    ['seen', {}],
  ];
  const pace = fc.constantFrom(HOUR, 12 * HOUR, DAY, 6 * DAY);
  const doings = fc.array(fc.tuple(fc.nat(1000), fc.nat(ways.length - 1)), { maxLength: 60, size: 'max' });
  const grown = fc.option(fc.nat(60), { nil: null });
  const sizes = fc.constantFrom(20, 60, 60, 500);
  const pacts = fc.tuple(
    fc.constantFrom(signed, close, quickAndSlow, passing, passingCapped),
    fc.integer({ min: 8, max: 40 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(pace, doings, grown, sizes), { minLength: 1, maxLength: 6 }),
      pacts,
      (leads, asked) => {
        const pact = pactOf(...asked);
        const ledgers = leads.map(([slow, done, grows, size], i): Facts => {
          let at = START;
          const activities = done.map(([wait, way]) => {
            at += Math.floor((wait / 500) * slow);
            return activity(at, ...ways[way]!);
          });
          const since = grows === null ? null : START + grows * DAY;
          return {
            id: `${i}`,
            changes: [{ at: since, values: { email: 'a@b.example', size } }],
            activities,
          };
        });
        const until = START + 400 * DAY;
        const columns = columnsOf(ledgers, pact);
        const tracks = replayColumns(columns, pact, until);
        const standings = judgeColumns(columns, pact, until);
        ledgers.forEach((ledger, lead) => {
          expect(track(tracks, lead)).toStrictEqual(plainTrack(pact, ledger, until));
          expect(standing(standings, lead)).toStrictEqual(plain(pact, ledger, until));
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('tenths of points that come to no more than a threshold do not reach it', () => {
  const pact = buildPact({
    interest: [interest('page', 0.1, { within: '10d' })],
    mql: clause({ interest: { gte: 1.0000001 } }),
  });
  const activities = Array.from({ length: 10 }, (_, hour) => activity(START + hour * HOUR, 'page'));
  const ledger = { id: 'ada', changes: [], activities };
  const none = { mql_at: null, end: 'not_mql' };
  expect(plainTrack(pact, ledger, END)).toStrictEqual(none);
  expect(track(replayColumns(columnsOf([ledger], pact), pact, END), 0)).toStrictEqual(none);
});

test('what only counts for a while is replayed alike, in whole points and in others', () => {
  const DIDS = [
    did('page'),
    did('mail'),
    { any: [did('page'), did('mail')] },
    { any: [did('page', { where: { path: { is: '/a' } } }), did('form')] },
    did('page', { within: '10d' }),
    did('mail', { within: '3d' }),
    { any: [did('page', { within: '3d' }), did('mail')] },
    did('page', { times: { gte: 3 } }),
  ];
  const rule = fc.record({
    points: fc.constantFrom(1, 3, 8, 0.5, 2.25, 0.1),
    when: fc.constantFrom(...DIDS),
    within: fc.constantFrom<'10d' | '4d'>('10d', '10d', '10d', '4d'),
    cap: fc.constantFrom(undefined, undefined, undefined, 12),
  });
  // A little more than whole, which tenths do not come to either.
  const need = fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom(0, 1e-7))
    .map(([n, more]) => n + more);
  const mql = fc.oneof(
    need.map((gte): Condition => ({ interest: { gte } })),
    need.map((gte): Condition => ({ interest: { gte, lt: gte + 5 } })),
    need.map((gte): Condition => ({ not: { interest: { gte } } })),
    need.map((gte): Condition => ({ any: [{ interest: { gte } }, did('form', { times: { gte: 3 } })] })),
    need.map((gte): Condition => ({ all: [{ interest: { gte } }, did('mail', { within: '2d' })] })),
    need.map(
      (gte): Condition => ({
        any: [
          { interest: { gte: gte + 8 } },
          { all: [{ interest: { gte } }, { not: did('mail', { within: '2d' }) }] },
        ],
      }),
    ),
    fc.constant<Condition>({ grade: { in: ['D2', 'D3'] } }),
  );
  const spammer = bad('spammer', { interest: { gte: 35 } });
  const doings = fc.array(
    fc.tuple(fc.nat(40 * 6), fc.constantFrom('page', 'mail', 'form', 'seen'), fc.constantFrom('/a', '/b')),
    { maxLength: 80, size: 'max' },
  );
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      mql,
      fc.boolean(),
      fc.array(doings, { minLength: 1, maxLength: 4 }),
      fc.nat(45 * 6),
      (rules, when, spam, leads, end) => {
        const pact = buildPact({
          interest: rules.map(({ points, cap, ...rest }, i) =>
            interest(`i${i}`, points, { ...rest, ...(cap !== undefined && { cap }) }),
          ),
          bad_leads: spam ? [spammer] : [],
          mql: clause(when),
        });
        const ledgers = leads.map((done, id): Facts => {
          const activities = done.map(([quarter, type, path]) =>
            activity(START + quarter * 4 * HOUR, type, { path }),
          );
          return { id: `${id}`, changes: [], activities: activities.sort((a, b) => a.at - b.at) };
        });
        const columns = columnsOf(ledgers, pact);
        for (const until of [START + end * 4 * HOUR, END]) {
          const tracks = replayColumns(columns, pact, until);
          ledgers.forEach((ledger, lead) => {
            expect(track(tracks, lead)).toStrictEqual(plainTrack(pact, ledger, until));
          });
        }
      },
    ),
    { numRuns: 600 },
  );
});
