// What lint calls out of reach is never reached: generated pacts are linted, then judged on generated leads.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts } from '#engine/facts/facts.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { explain } from '#engine/verdict/explain.ts';
import { judge } from '#engine/verdict/judge.ts';
import { lintPact } from './lint.ts';
import { study } from './study.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);

const number = fc.integer({ min: 0, max: 5 }).map((n) => n * 10);
const operator = fc.constantFrom('gt', 'gte', 'lt', 'lte', 'is', 'is_not');
const numberTest = fc.tuple(operator, number).map(([name, n]) => ({ [name]: n }));
const valueTest = fc.oneof(
  numberTest,
  fc.tuple(number, number).map(([a, b]) => ({ between: [Math.min(a, b), Math.max(a, b)] })),
  fc.constantFrom<object>(
    { exists: true },
    { exists: false },
    { contains: 'a' },
    { not_contains: 'a' },
    { is: 'ab' },
  ),
  fc.constantFrom<object>(
    { in: ['a', 'b', 10] },
    { not_in: ['a', 20] },
    { is_not: 'a' },
    { starts_with: 'b' },
  ),
);
const attributeTest = fc
  .tuple(fc.constantFrom('x', 'y'), valueTest)
  .map(([attribute, rest]) => ({ attribute, ...rest }));
const didTest = fc
  .tuple(
    fc.constantFrom('p', 'q'),
    fc.integer({ min: 0, max: 3 }),
    operator,
    fc.constantFrom('1d', '7d', undefined),
  )
  .map(([did, n, name, within]) => ({ did, times: { [name]: n }, ...(within && { within }) }));
const combined = (leaf: fc.Arbitrary<object>) =>
  fc.letrec<{ node: object }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie('node').map((not) => ({ not })),
    ),
  })).node;
const plain = combined(fc.oneof(attributeTest, didTest));
const scored = combined(
  fc.oneof(
    attributeTest,
    didTest,
    numberTest.map((fit) => ({ fit })),
    numberTest.map((interest) => ({ interest })),
    fc.constantFrom('A1', 'B2', 'D4').map((cell) => ({ grade: { is: cell } })),
  ),
);
const some = <T>(item: fc.Arbitrary<T>, max = 3) => fc.array(item, { maxLength: max });
const withIds = (kind: string, items: object[]) => items.map((item, i) => ({ id: `${kind}${i}`, ...item }));

const pactFile = fc.record({
  lead: fc.constantFrom(
    { when: { attribute: 'email', exists: true } },
    { when: { attribute: 'x', exists: true } },
  ),
  bad_leads: some(
    plain.map((when) => ({ when })),
    2,
  ).map((items) => withIds('bad', items)),
  profile: some(fc.record({ when: plain, points: fc.integer({ min: -2, max: 3 }).map((n) => n * 10) })).map(
    (items) => withIds('profile', items),
  ),
  interest: some(
    fc.record({
      when: didTest,
      points: fc.constantFrom(10, 20, -10),
      cap: fc.constantFrom(20, 40, undefined),
    }),
  ).map((items) => withIds('interest', items)),
  stages: some(fc.record({ when: scored, levels: fc.record({ low: scored, high: scored }) })).map((items) =>
    withIds('stage', items),
  ),
  mql: scored.map((when) => ({ when })),
  fast_lanes: some(
    plain.map((when) => ({ when })),
    2,
  ).map((items) => withIds('lane', items)),
  grades: fc.constant({ fit: { A: 30, B: 20, C: 10 }, interest: { 1: 30, 2: 20, 3: 10 } }),
});
const value = fc.constantFrom<string | number | undefined>(
  undefined,
  'a',
  'b',
  'ab',
  'c',
  5,
  10,
  15,
  20,
  30,
  45,
  60,
);
const facts = fc.record({
  x: value,
  y: value,
  deeds: some(fc.tuple(fc.constantFrom('p', 'q'), fc.integer({ min: 0, max: 10 })), 5),
});

test('what is called out of reach is never reached', () => {
  const seen = { findings: 0, verdicts: 0 };
  fc.assert(
    fc.property(pactFile, fc.array(facts, { minLength: 4, maxLength: 12 }), (file, leads) => {
      const pact = parsePact(
        JSON.stringify({ pact: 'Generated', language: 1, calendar: { zone: 'UTC' }, ...file }),
      ).pact;
      const findings = lintPact(pact);
      const found = (code: string, path?: string) =>
        findings.some((one) => one.code === code && (path === undefined || one.path === path));
      const { reach } = study(pact);
      seen.findings += findings.filter(({ code }) => /never|shadowed|always|unreachable/.test(code)).length;
      for (const { x, y, deeds } of leads) {
        const activities = deeds.map(([type, days]) => ({ at: NOW - days * DAY, type, properties: {} }));
        const lead: Facts = {
          id: '1',
          changes: [{ at: null, values: { email: 'a@b.example', x, y } }],
          activities: activities.sort((a, b) => a.at - b.at),
        };
        const { verdict, stage, fit, interest, fast_lane, grade } = judge(pact, lead, NOW);
        seen.verdicts++;
        if (verdict !== 'visitor') expect(found('lead_never')).toBe(false);
        if (verdict === 'not_mql' || verdict === 'mql') expect(found('bad_lead_always')).toBe(false);
        if (verdict === 'not_mql') expect(found('mql_always')).toBe(false);
        if (verdict === 'mql' && fast_lane === null) expect(found('mql_never')).toBe(false);
        expect(fit).toBeLessThanOrEqual(reach.fit);
        expect(interest).toBeLessThanOrEqual(reach.interest);
        expect(
          findings.some(
            ({ code, message }) => code === 'grade_unreachable' && ` ${message}`.includes(` ${grade[0]} `),
          ),
        ).toBe(false);
        const [id, level] = stage.split('/');
        const place = pact.stages.findIndex((one) => one.id === id);
        for (const code of ['stage_never', 'stage_shadowed', 'stage_always_mql'])
          expect(found(code, `stages[${place}]`)).toBe(false);
        if (level) expect(found('level_unreachable', `stages[${place}].levels.${level}`)).toBe(false);
        const lane = pact.fast_lanes.findIndex((one) => one.id === fast_lane);
        for (const code of ['lane_never', 'lane_shadowed'])
          expect(found(code, `fast_lanes[${lane}]`)).toBe(false);
        for (const { kind, criterion, holds } of explain(pact, lead, NOW)) {
          if (holds !== true) continue;
          const at = (list: { id: string }[]) => list.findIndex((one) => one.id === criterion);
          if (kind === 'profile')
            expect(found('criterion_never', `profile[${at(pact.profile)}].when`)).toBe(false);
          if (kind === 'bad_lead' && verdict !== 'visitor') {
            expect(found('bad_lead_never', `bad_leads[${at(pact.bad_leads)}].when`)).toBe(false);
          }
        }
      }
    }),
    { numRuns: 600 },
  );
  // The property says something: there was much to find, and much that was reached.
  expect(seen.findings).toBeGreaterThan(200);
  expect(seen.verdicts).toBeGreaterThan(2500);
});
