import { describe, expect, it } from 'vitest';
import type { Facts } from '#engine/facts/facts.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { ACME } from '#tests/support/pacts.ts';
import { route, type Standing, type Turns } from './route.ts';

const pact = parsePact(ACME).pact;
const leastLoad = parsePact(ACME.replace('by: round_robin', 'by: least_load')).pact;
const nowhere = parsePact(ACME.replace('    otherwise: { queue: inbound }\n', '')).pact;
const facts = (employees: number | null): Facts => ({
  id: '1',
  changes: [{ at: null, values: { 'account.employees': employees } }],
  activities: [],
});
const member = (name: string, standing: Partial<Standing> = {}): Standing => ({
  id: name,
  email: `${name}@acme.example`,
  name,
  sales: true,
  left: false,
  awayUntil: null,
  atWork: true,
  load: 0,
  ...standing,
});
const everybody = [member('ann'), member('bo'), member('cy')];
const whyOf = (members: Standing[], except: string[] = []) =>
  route({ pact, facts: facts(200), members, turns: {}, at: 0, except });

describe('a rule, a queue, or nowhere', () => {
  it.each<[string, number | null, Standing[], string | null, string]>([
    ['a rule that holds', 1000, everybody, 'ann', 'Rule enterprise'],
    ['no rule', 200, everybody, 'cy', 'No rule took it, to queue inbound'],
    ['a rule on something unknown', null, everybody, 'cy', 'No rule took it'],
    ['a person who has left', 1000, [member('ann', { left: true })], null, 'who has left'],
    ['a person whom nobody knows', 1000, [], null, 'who is no member of the workspace'],
  ])('%s', (_, employees, members, chosen, reason) => {
    const decision = route({ pact, facts: facts(employees), members, turns: {}, at: 0 });
    expect(decision.member).toBe(chosen);
    expect(decision.reason).toContain(reason);
  });

  it('waits for a lead of sales where the pact names no place', () => {
    const decision = route({ pact: nowhere, facts: facts(200), members: everybody, turns: {}, at: 0 });
    expect(decision).toMatchObject({ rule: null, queue: null, member: null });
    expect(decision.reason).toContain('waits for a lead of sales');
  });
});

it.each<[string, Partial<Standing>, string]>([
  ['has left', { left: true }, 'has left'],
  ['is away', { awayUntil: 5 }, 'is away'],
  ['is of marketing', { sales: false }, 'is not of sales'],
  ['is at the cap', { load: 30 }, 'has 30 open, and a cap of 30'],
  ['sleeps', { atWork: false }, 'is outside of working hours'],
])('passes over somebody who %s, and says so', (_, standing, why) => {
  const decision = whyOf([member('bo'), member('cy', standing)]);
  expect(decision.member).toBe('bo');
  expect(decision.candidates).toEqual([
    { person: 'bo@acme.example', member: 'bo', chosen: true, why: 'it is their turn' },
    { person: 'cy@acme.example', member: 'cy', chosen: false, why },
  ]);
});

it('gives it to whose turn it is when nobody is at work: their clock stands still as well', () => {
  const decision = whyOf([member('bo', { atWork: false }), member('cy', { atWork: false })]);
  expect(decision.member).toBe('cy');
});

it('leaves it in the queue when nobody can take it', () => {
  const decision = whyOf([member('bo', { left: true })], []);
  expect(decision).toMatchObject({ queue: 'inbound', member: null, turns: null });
  expect(decision.reason).toContain('waits there');
});

it('does not give it to who had it again', () => {
  const decision = whyOf([member('bo'), member('cy')], ['cy']);
  expect(decision.member).toBe('bo');
  expect(decision.candidates[1]!.why).toBe('had it and did not answer');
});

it('goes round by weight, evenly spread, and the same again for the same turns', () => {
  let turns: Turns = {};
  const taken: (string | null)[] = [];
  for (let i = 0; i < 9; i++) {
    const input = { pact, facts: facts(200), members: everybody, turns: { inbound: turns }, at: 0 };
    const decision = route(input);
    expect(route(input)).toEqual(decision);
    taken.push(decision.member);
    turns = decision.turns!;
  }
  expect(taken.join(' ')).toBe('cy bo cy cy bo cy cy bo cy');
});

it('goes by load for the weight', () => {
  const choose = (bo: number, cy: number) =>
    route({
      pact: leastLoad,
      facts: facts(200),
      members: [member('bo', { load: bo }), member('cy', { load: cy })],
      turns: {},
      at: 0,
    }).member;
  expect([choose(0, 0), choose(1, 0), choose(2, 3), choose(1, 2), choose(1, 3)]).toEqual([
    'bo',
    'cy',
    'cy',
    'bo',
    'bo',
  ]);
});
