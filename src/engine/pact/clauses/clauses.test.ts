import { describe, expect, test } from 'vitest';
import type { Pact, PartyName } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { ACME } from '#tests/support/pacts.ts';
import { clausesOf, nameClause, sayClause } from './clauses.ts';
import { trespasses } from './ownership.ts';

const acme = parsePact(ACME).pact;

test('every clause has a path of its own, found again wherever it moves', () => {
  const paths = clausesOf(acme).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.slice(0, 8)).toEqual([
    'pact',
    'calendar',
    'parties.marketing',
    'parties.sales',
    'lead',
    'bad_leads.competitor',
    'profile.size',
    'interest.pricing',
  ]);
  const turned: Pact = { ...acme, stages: acme.stages.toReversed() };
  expect(
    clausesOf(turned)
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(paths.toSorted());
});

test('it is known where a clause stands, and what it says', () => {
  const { locate } = parsePact(ACME);
  const pricing = clausesOf(acme).find(({ path }) => path === 'interest.pricing')!;
  expect([pricing.place, pricing.points, pricing.words]).toEqual([
    'interest[0]',
    8,
    'Read the pricing page.',
  ]);
  expect(ACME.split('\n')[locate(pricing.place).line - 1]).toContain('id: pricing');
  expect(sayClause(pricing)).toMatch(/^Read the pricing page\. \(.*half of it after.*\): 8 points$/);
  expect(['mql', 'profile.size', 'stages.a.b'].map(nameClause)).toEqual([
    'What an MQL is',
    'The profile criterion size',
    'The stage a.b',
  ]);
});

describe('who may change what', () => {
  const change = (alter: (pact: Pact) => Partial<Pact>): Pact => ({ ...acme, ...alter(acme) });
  const sql = change(({ sql }) => ({ sql: { ...sql, text: 'Another sentence.' } }));
  const taken = change(({ sql }) => ({ sql: { ...sql, text: 'Another sentence.', owner: 'both' } }));
  const lane = change(({ fast_lanes }) => ({ fast_lanes: fast_lanes.slice(1) }));
  const mql = change(({ mql }) => ({ mql: { ...mql, text: 'Another sentence.' } }));
  const theirs = change(({ profile }) => ({
    profile: [...profile, { ...profile[0]!, id: 'more', owner: 'sales' }],
  }));
  const promise = change(({ terms }) => ({ terms: { ...terms, sales: {} } }));

  test.each<[string, PartyName | null, Pact, string[]]>([
    ['the SQL clause by sales', 'sales', sql, []],
    ['the SQL clause by marketing', 'marketing', sql, ['sql sales']],
    ['the SQL clause by marketing, its owner along with it', 'marketing', taken, ['sql sales']],
    ['a lane by marketing', 'marketing', lane, []],
    ['a lane by sales', 'sales', lane, ['fast_lanes.demo marketing']],
    ['what both own by either', 'sales', mql, []],
    ['what both own by neither', null, mql, []],
    ['a lane by neither', null, lane, ['fast_lanes.demo marketing']],
    ['a clause of sales by marketing', 'marketing', theirs, ['profile.more sales']],
    ['the promise of sales by marketing', 'marketing', promise, ['terms.sales sales']],
  ])('%s', (_name, party, after, wanted) => {
    expect(trespasses(party, [acme], after).map(({ clause, owner }) => `${clause} ${owner}`)).toEqual(wanted);
  });

  test('what was merged in is nobody’s trespass', () => {
    expect(trespasses('marketing', [acme, sql], sql)).toEqual([]);
    expect(trespasses('marketing', [acme, sql], acme)).toEqual([]);
    expect(trespasses('marketing', [acme, sql], taken)).toHaveLength(1);
  });

  test('the refusal names the clause and its owner', () => {
    expect(trespasses('marketing', [acme], sql)[0]!.said).toBe(
      'What an SQL is (sql) belongs to sales, which alone changes it; comment on it or suggest a change instead',
    );
  });
});
