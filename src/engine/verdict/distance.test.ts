import { describe, expect, test } from 'vitest';
import type { Facts } from '#engine/facts/facts.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { DAY } from '#tests/support/build.ts';
import { distance, keptOut } from './distance.ts';

const at = Date.parse('2026-03-15T12:00:00Z');
const { pact } = parsePact(`
pact: Acme
language: 1
lead: { text: Has told us who they are., when: { attribute: email, exists: true } }
bad_leads:
  - { id: rival, text: Works for a competitor., when: { attribute: account.domain, in: [rival.example] }, reason: competitor }
profile:
  - { id: size, text: 51 to 1000 employees., when: { attribute: account.employees, between: [51, 1000] }, points: 45 }
  - { id: role, text: Runs a plant., when: { attribute: title, contains: plant }, points: 10 }
interest:
  - { id: pricing, text: Read the pricing page., when: { did: page, where: { path: { starts_with: /pricing } } }, points: 8 }
  - { id: gone, text: Unsubscribed., when: { did: Unsubscribed }, points: -20 }
mql: { text: Fits and is interested., when: { all: [ { fit: { gte: 40 } }, { interest: { gte: 15 } }, { not: { attribute: plan, is: free } } ] } }
fast_lanes:
  - { id: demo, text: Asked for a demo., when: { did: Form Submitted, where: { form: demo }, within: 30d }, tier: hot }
handoff: { tiers: { hot: { first_touch: 15m, accept: 2h, decide: 3d } } }
`);

const facts = (values: object, ...days: number[]): Facts => ({
  id: '1',
  changes: [{ at: null, values: { email: 'a@b.example', ...values } }],
  activities: days.map((day) => ({ at: at - day * DAY, type: 'page', properties: { path: '/pricing' } })),
});
const waysOf = (lead: Facts) =>
  distance(pact, lead, at).ways.map((way) => way.map(({ words }) => words).join(' + '));

describe('what is missing to an MQL', () => {
  test('is the shortest way first, each with everything that is missing on it', () => {
    expect(waysOf(facts({ account: { employees: 200 }, plan: 'team' }, 3))).toEqual([
      'interest is at least 15 (it is 8, 7 short)',
      'Form Submitted (form is demo) within 30 days (not done)',
    ]);
    expect(waysOf(facts({ plan: 'free' }, 3))).toEqual([
      'Form Submitted (form is demo) within 30 days (not done)',
      'fit is at least 40 (it is 0, 40 short) + interest is at least 15 (it is 8, 7 short) + not: plan is free (it is free)',
    ]);
  });

  test('says apart what is not known from what is not so', () => {
    const { ways, couldBring } = distance(pact, facts({ account: { employees: 20 } }, 3, 2), at);
    expect(ways[1]!.map(({ kind, holds, short }) => [kind, holds, short])).toEqual([
      ['fit', false, 40],
      ['attribute', null, null],
    ]);
    expect(couldBring).toEqual([
      { criterion: 'size', kind: 'profile', text: '51 to 1000 employees.', points: 45, holds: false },
      { criterion: 'role', kind: 'profile', text: 'Runs a plant.', points: 10, holds: null },
    ]);
  });

  test('is nothing for an MQL, and no help to one who is shut out', () => {
    const good = facts({ account: { employees: 200 }, plan: 'team' }, 3, 2);
    expect(distance(pact, good, at)).toMatchObject({ verdict: 'mql', ways: [] });
    const rival = distance(pact, facts({ account: { employees: 200, domain: 'rival.example' } }, 3, 2), at);
    expect(rival.words).toBe('Shut out, whatever else holds: Works for a competitor.');
    expect(rival.shutOutBy).toEqual([{ id: 'rival', text: 'Works for a competitor.' }]);
  });

  test('begins with who it is for a visitor', () => {
    const nobody: Facts = { id: '1', changes: [], activities: [] };
    expect(distance(pact, nobody, at).words).toBe(
      'Missing to an MQL: email is known (not known) and Form Submitted (form is demo) within 30 days (not done), or 1 other way.',
    );
  });

  test('keeps out by conditions that are alike for every lead, and says what each is about', () => {
    expect(keptOut(pact, facts({ account: { employees: 200 }, plan: 'team' }, 3, 2), at)).toEqual([]);
    const rival = facts({ account: { employees: 200, domain: 'rival.example' } }, 3, 2);
    expect(keptOut(pact, rival, at)).toEqual([
      { clause: 'rival', condition: 'Works for a competitor.', about: 'who' },
    ]);
    const [one, other] = [20, 30].map((employees) =>
      keptOut(pact, facts({ account: { employees } }, 0, 0), at),
    );
    expect(one).toEqual(other);
    expect(one!.map(({ clause }) => clause)).toContain('mql');
    expect(new Set(one!.map(({ about }) => about)).size).toBeGreaterThan(0);
  });
});
