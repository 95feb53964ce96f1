import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact, Stage } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { ACME } from '#tests/support/pacts.ts';
import { type Choice, mergePacts } from './merge.ts';
import { rewrite } from './rewrite.ts';

const acme = parsePact(ACME).pact;
const normal = (pact: Pact): Pact => parsePact(JSON.stringify(pact)).pact;
const change = (alter: (pact: Pact) => Partial<Pact>): Pact => normal({ ...acme, ...alter(acme) });

const points = (n: number) => change(({ profile }) => ({ profile: [{ ...profile[0]!, points: n }] }));
const words = (text: string) => change(({ profile }) => ({ profile: [{ ...profile[0]!, text }] }));
const without = change(() => ({ profile: [] }));
const mql = (gte: number) =>
  change(({ mql }) => ({ mql: { ...mql, when: { all: [{ fit: { gte } }, { interest: { gte: 30 } }] } } }));
const turned = (...ids: string[]) =>
  change(({ stages }) => ({
    stages: ids
      .map((id) => stages.find((one) => one.id === id))
      .filter((one): one is Stage => one !== undefined),
  }));
const stage = (id: string, at: number) =>
  change(({ stages }) => ({
    stages: stages.toSpliced(at, 0, { ...stages[0]!, id, levels: {}, when: { interest: { gte: 7 } } }),
  }));

describe('what is taken from whom', () => {
  test.each<[string, Pact, Pact, (merged: Pact) => unknown, unknown]>([
    [
      'one clause each',
      points(25),
      mql(45),
      ({ profile, mql }) => [profile[0]!.points, mql.when],
      [25, { all: [{ fit: { gte: 45 } }, { interest: { gte: 30 } }] }],
    ],
    [
      'two keys of one clause',
      points(25),
      words('Of some size.'),
      ({ profile }) => profile[0],
      {
        ...acme.profile[0],
        points: 25,
        text: 'Of some size.',
      },
    ],
    ['the same change on both sides', points(25), points(25), ({ profile }) => profile[0]!.points, 25],
    ['a clause that one side took out', without, mql(45), ({ profile }) => profile, []],
    [
      'new stages, each where it was put',
      stage('early', 0),
      stage('later', 3),
      ({ stages }) => stages.map(({ id }) => id),
      ['early', 'prospect', 'researcher', 'investigator', 'later', 'influencer'],
    ],
    [
      'new stages in one place, by name',
      stage('zeta', 1),
      stage('alpha', 1),
      ({ stages }) => stages.map(({ id }) => id),
      ['prospect', 'alpha', 'zeta', 'researcher', 'investigator', 'influencer'],
    ],
    [
      'an order that one side turned, and what the other added',
      turned('influencer', 'prospect', 'researcher', 'investigator'),
      stage('later', 3),
      ({ stages }) => stages.map(({ id }) => id),
      ['influencer', 'prospect', 'researcher', 'investigator', 'later'],
    ],
  ])('%s', (_name, ours, theirs, look, wanted) => {
    const { pact, conflicts, problems } = mergePacts(acme, ours, theirs);
    expect([conflicts, problems]).toEqual([[], []]);
    expect(look(pact!)).toEqual(wanted);
  });

  test('golden leads of both sides', () => {
    const golden = (email: string, expect: 'mql' | 'not_mql' = 'mql') => ({
      lead: { email },
      activities: [],
      expect,
    });
    const base = change(() => ({ golden: [golden('a@x.example')] }));
    const ours = change(() => ({ golden: [golden('a@x.example'), golden('b@x.example')] }));
    const theirs = change(() => ({ golden: [golden('c@x.example')] }));
    expect(mergePacts(base, ours, theirs).pact!.golden.map(({ lead }) => lead.email)).toEqual([
      'b@x.example',
      'c@x.example',
    ]);
    const other = change(() => ({ golden: [golden('c@x.example', 'not_mql')] }));
    expect(mergePacts(acme, theirs, other).conflicts.map(({ clause }) => clause)).toEqual(['golden']);
  });

  test('what was taken over is said', () => {
    expect(mergePacts(acme, points(25), mql(45)).taken).toEqual([
      'MQL now wants fit of at least 45 (was 40)',
    ]);
  });
});

describe('what both changed', () => {
  test('is told in words, with what each side did', () => {
    const { pact, conflicts } = mergePacts(acme, points(25), points(15));
    expect(pact).toBe(null);
    expect(conflicts).toMatchObject([
      {
        clause: 'profile.size',
        owner: 'both',
        said: 'The profile criterion size was changed on both sides, each otherwise.',
        ours: ['Fit for size: 20 → 25 points'],
        theirs: ['Fit for size: 20 → 15 points'],
      },
    ]);
  });

  test.each<[string, Pact, Pact, string]>([
    [
      'changed and taken out',
      points(25),
      without,
      'The profile criterion size was changed on one side and taken out on the other.',
    ],
    [
      'a rule, however the changes lie',
      mql(45),
      mql(50),
      'What an MQL is was changed on both sides, each otherwise.',
    ],
    [
      'added twice',
      stage('new', 1),
      change(() => ({
        stages: [
          ...stage('new', 1).stages.map((one) => (one.id === 'new' ? { ...one, text: 'Other.' } : one)),
        ],
      })),
      'The stage new was written on both sides, each otherwise.',
    ],
    [
      'the order of the ladder',
      turned('influencer', 'prospect', 'researcher', 'investigator'),
      turned('researcher', 'prospect', 'investigator', 'influencer'),
      'The order of the stages was changed on both sides, each otherwise.',
    ],
  ])('%s', (_name, ours, theirs, said) => {
    expect(mergePacts(acme, ours, theirs).conflicts.map((one) => one.said)).toEqual([said]);
    expect(mergePacts(acme, theirs, ours).conflicts.map((one) => one.said)).toEqual([said]);
  });

  test('is settled by a choice', () => {
    const settled = (...choices: Choice[]) => mergePacts(acme, points(25), points(15), choices).pact?.profile;
    const [size] = acme.profile;
    expect(settled({ clause: 'profile.size', take: 'ours' })).toEqual([{ ...size, points: 25 }]);
    expect(settled({ clause: 'profile.size', take: 'theirs' })).toEqual([{ ...size, points: 15 }]);
    expect(settled({ clause: 'profile.size', take: 'new', value: { ...size, points: 18 } })).toEqual([
      { ...size, points: 18 },
    ]);
    expect(settled({ clause: 'profile.size', take: 'new', value: null })).toEqual([]);
    expect(settled({ clause: 'mql', take: 'ours' })).toBe(undefined);
  });

  test('without a base, everything that differs', () => {
    const only = mergePacts(null, without, acme).conflicts;
    expect(only.map(({ said, ours }) => [said, ours])).toEqual([
      ['The profile criterion size stands on one side alone.', ['It is not there.']],
    ]);
    const { conflicts } = mergePacts(null, points(25), mql(45));
    expect(conflicts.map(({ clause }) => clause)).toEqual(['profile.size', 'mql']);
    expect(conflicts[0]!.ours).toEqual([
      '51 to 1000 employees. (account.employees is between 51 and 1,000): 25 points',
    ]);
  });
});

test('sides that do not touch each other and make no pact together are told why', () => {
  const laneless = change(({ handoff }) => ({
    fast_lanes: [],
    handoff: { ...handoff, tiers: { standard: handoff.tiers.standard! } },
  }));
  const laned = change(({ fast_lanes }) => ({
    fast_lanes: [...fast_lanes, { ...fast_lanes[0]!, id: 'call' }],
  }));
  const { pact, conflicts, problems } = mergePacts(acme, laneless, laned);
  expect([pact, conflicts]).toEqual([null, []]);
  expect(problems.join()).toMatch(/fast_lanes\[0\].tier: .*hot/);
});

describe('for all pacts', () => {
  const some = fc
    .array(fc.tuple(fc.nat(7), fc.nat(4), fc.nat(3)), { maxLength: 4 })
    .map((steps) => steps.reduce((pact, [part, item, n]) => alter(pact, part, item, n), acme));
  const digest = (pact: Pact | null): string | null => (pact === null ? null : digestPact(pact));

  test('merging what did not change changes nothing', () => {
    fc.assert(
      fc.property(some, (a) => {
        for (const merged of [
          mergePacts(acme, a, acme),
          mergePacts(acme, acme, a),
          mergePacts(acme, a, a),
          mergePacts(a, a, a),
          mergePacts(null, a, a),
        ]) {
          expect([merged.conflicts, merged.problems, digest(merged.pact)]).toEqual([[], [], digest(a)]);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('the sides count alike, and a choice settles all', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [one, other] = [mergePacts(acme, a, b), mergePacts(acme, b, a)];
        expect(one.conflicts.map(({ clause }) => clause).toSorted()).toEqual(
          other.conflicts.map(({ clause }) => clause).toSorted(),
        );
        expect(digest(one.pact)).toBe(digest(other.pact));
        const choices = one.conflicts.map(({ clause }) => ({ clause, take: 'ours' as const }));
        const settled = mergePacts(acme, a, b, choices);
        expect(settled.conflicts).toEqual([]);
        if (settled.pact === null) expect(settled.problems).not.toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('a text is rewritten to say exactly what was merged', () => {
    fc.assert(
      fc.property(some, (a) => {
        const text = rewrite(ACME, a);
        expect(digest(parsePact(text).pact)).toBe(digest(a));
      }),
      { numRuns: 10 },
    );
    expect(rewrite(ACME, acme)).toBe(ACME);
    expect(rewrite(ACME, points(25))).toBe(ACME.replace('points: 20', 'points: 25'));
  });
});

/** One of many small changes; a change that makes no pact is none. */
function alter(pact: Pact, part: number, item: number, n: number): Pact {
  const stages = pact.stages;
  const at = item % Math.max(stages.length, 1);
  const changes: (() => Partial<Pact>)[] = [
    () => ({ profile: pact.profile.map((one) => ({ ...one, points: 20 + n })) }),
    () => ({ profile: [...pact.profile, { ...acme.profile[0]!, id: `p${item}`, points: n + 1 }] }),
    () => ({ stages: stages.map((one, i) => (i === at ? { ...one, text: `Said ${n}.` } : one)) }),
    () => ({ stages: [...stages.slice(1), ...stages.slice(0, 1)] }),
    () => ({ stages: stages.toSpliced(at, 1) }),
    () => ({ stages: stages.toSpliced(at, 0, { ...acme.stages[3]!, id: `s${n}` }) }),
    () => ({ terms: { ...pact.terms, sales: { ...pact.terms.sales, feedback: (n + 1) / 10 } } }),
    () => ({
      golden: [
        ...pact.golden,
        { lead: { email: `g${item}@x.example` }, activities: [], expect: n > 1 ? 'mql' : 'not_mql' },
      ],
    }),
  ];
  try {
    return normal({ ...pact, ...changes[part]!() });
  } catch {
    return pact;
  }
}
