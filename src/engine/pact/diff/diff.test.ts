import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NumberTest, Pact, Test } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { ACME } from '#tests/support/pacts.ts';
import { diffPacts } from './diff.ts';

const acme = parsePact(ACME).pact;
const copy = (pact: Pact): Pact => structuredClone(pact);

/** The pact with one value in place of another, or without it. */
function altered(pact: Pact, keys: (string | number)[], value: unknown): Pact {
  const after = copy(pact);
  let holder = after as unknown as Record<string | number, unknown>;
  for (const key of keys.slice(0, -1)) holder = holder[key] as typeof holder;
  if (value === undefined) delete holder[keys.at(-1)!];
  else holder[keys.at(-1)!] = value;
  return after;
}

const { mql, profile, sql, handoff, stages } = acme;
const [size, pricing] = [profile[0]!, acme.interest[0]!];
const employees = (test: Test) => ({ attribute: 'account.employees', ...test });
const fitOf = (test: NumberTest) => ({ fit: test });
const interestOf = (test: NumberTest) => ({ interest: test });
const without = <T extends object>(value: T, key: keyof T) => ({ ...value, [key]: undefined });

describe('each change in words', () => {
  test.each<[path: string, value: unknown, sentences: string | string[]]>([
    // MQL, lead, bad leads, lanes
    [
      'mql.when',
      { all: [fitOf({ gte: 40 }), interestOf({ gte: 25 })] },
      'MQL now wants interest of at least 25 (was 30)',
    ],
    [
      'mql.when',
      { all: [fitOf({ gt: 40 }), interestOf({ gte: 30 })] },
      'MQL now wants that fit is more than 40 (was fit of at least 40)',
    ],
    ['mql.when', fitOf({ gte: 40 }), 'MQL no longer wants interest of at least 30'],
    [
      'mql.when',
      { all: [interestOf({ gte: 30 }), fitOf({ gte: 40 })] },
      'MQL wants the same, written otherwise: interest is at least 30 and fit is at least 40',
    ],
    [
      'mql.when',
      { not: mql.when },
      [
        'MQL now wants that not (fit is at least 40 and interest is at least 30) (was fit of at least 40)',
        'MQL no longer wants interest of at least 30',
      ],
    ],
    [
      'mql.text',
      'Looks right.',
      'MQL now reads "Looks right." (was "Shows the characteristics of a perfect customer.")',
    ],
    ['mql.owner', 'marketing', 'MQL now belongs to marketing (was both)'],
    [
      'lead.when',
      { all: [acme.lead.when, { attribute: 'consent', is: true }] },
      'Lead now also wants that consent is true',
    ],
    [
      'bad_leads',
      [],
      'No more kind of bad lead competitor: Works for a competitor (account.domain is rival.example)',
    ],
    ['bad_leads.0.reason', 'rival', 'Reason of competitor: competitor → rival'],
    ['fast_lanes.0.tier', 'standard', 'Tier of the fast lane demo: hot → standard'],
    // Points
    ['profile.0.points', 25, 'Fit for size: 20 → 25 points'],
    ['profile.0.points', 1, 'Fit for size: 20 → 1 point'],
    [
      'profile.0.when',
      employees({ between: [20, 1000] }),
      'Profile criterion size now wants that account.employees is between 20 and 1,000 (was that account.employees is between 51 and 1,000)',
    ],
    [
      'profile.1',
      { ...size, id: 'large', text: 'Large.', when: employees({ gt: 1000 }) },
      'New profile criterion large: Large (account.employees is more than 1,000): 20 points',
    ],
    [
      'profile.0.id',
      'staff',
      [
        'No more profile criterion size: 51 to 1000 employees (account.employees is between 51 and 1,000): 20 points',
        'New profile criterion staff: 51 to 1000 employees (account.employees is between 51 and 1,000): 20 points',
      ],
    ],
    ['interest.0.points', 10, 'Interest for pricing: 8 → 10 points'],
    ['interest.0.half_life', '7d', 'Half-life of pricing: 2 weeks → 7 days'],
    ['interest.0', without(pricing, 'cap'), 'Cap of pricing: 24 → none'],
    ['interest.0.within', '90d', 'Window of pricing: none → 90 days'],
    // Ladder
    [
      'stages.0.levels.hot',
      interestOf({ gte: 18 }),
      'Level prospect/hot now wants interest of at least 18 (was 20)',
    ],
    ['stages.0.levels.hot', undefined, 'No more level prospect/hot: interest is at least 20'],
    [
      'stages.0.levels',
      { hot: interestOf({ gte: 20 }), warm: interestOf({ gte: 10 }) },
      'Order of the levels of prospect: warm, hot → hot, warm',
    ],
    [
      'stages',
      stages.toReversed(),
      'Order of the stages: prospect, researcher, investigator, influencer → influencer, investigator, researcher, prospect',
    ],
    ['grades.fit.A', 65, 'Grade A begins at 65 points of fit (was 60)'],
    ['grades.interest.1', 45, 'Grade 1 begins at 45 points of interest (was 50)'],
    // SQL, handoff, reasons
    ['sql.questions.1.required', true, 'Question timeline must now be answered'],
    ['sql.questions', [sql.questions[0]], 'No more question timeline: "When?"'],
    ['sql.owner', 'both', 'SQL now belongs to both (was sales)'],
    ['handoff.tiers.hot.first_touch', '30m', 'First touch for hot: 15m → 30m'],
    ['handoff.tiers.hot', undefined, 'No more tier hot: first touch 15m, answer 2h, decision 3d'],
    ['handoff.attempts.count', 4, 'Attempts before "unreachable": 6 → 4'],
    ['handoff.packet', [...handoff.packet, 'phone'], 'The packet now also wants phone'],
    [
      'handoff.packet',
      handoff.packet.toReversed(),
      'Order of the packet: email, account.name → account.name, email',
    ],
    ['handoff.routing.otherwise', undefined, 'Leads that no route takes: queue inbound → nobody'],
    [
      'handoff.routing.rules.0.to',
      { queue: 'inbound' },
      'Route enterprise: ann@acme.example → queue inbound',
    ],
    [
      'handoff.routing.queues.inbound.members.1.cap',
      20,
      'Members of inbound: bo@acme.example, cy@acme.example (weight 2, at most 30) → bo@acme.example, cy@acme.example (weight 2, at most 20)',
    ],
    ['reasons.1.next', 'disqualify', 'After timing: recycle → disqualify'],
    ['reasons.0.clause', 'size', 'Reason not_fit accuses: profile → size'],
    // Promises
    [
      'terms.marketing.acceptance',
      0.8,
      'Marketing now promises that 80 % of its leads are accepted (was that 75 % of its leads are accepted)',
    ],
    [
      'terms.sales.feedback',
      undefined,
      'Sales no longer promises a reason in time for 95 % of its decisions',
    ],
    ['terms.marketing.value_per_month', 55000, 'Marketing now promises leads worth 55,000 a month'],
    ['economics.average_deal', 12500, 'Average deal: 10,000 → 12,500'],
    ['economics.expected.sql_to_won', 0.125, 'Expected from SQL to won: 25 % → 12.5 %'],
    [
      'golden',
      [{ lead: { email: 'a@b.example' }, activities: [], expect: 'not_mql' }],
      'New golden lead: "a@b.example" must be not_mql',
    ],
    ['calendar.hours.fri', [['09:00', '12:00']], 'Open on Fridays: 09:00–17:00 → 09:00–12:00'],
    ['calendar.hours.fri', undefined, 'Open on Fridays: 09:00–17:00 → closed'],
    [
      'calendar.holidays.1',
      { date: '2026-12-24', hours: [['09:00', '12:00']] },
      'Holidays: US, 2026-12-24 → US, 2026-12-24 (09:00–12:00)',
    ],
    ['parties.sales.owner', 'CRO', 'Who answers for sales: Head of Sales → CRO'],
    ['review.every', '60d', 'Review every: 90 days → 60 days'],
    ['pact', 'Acme', 'The pact is now called "Acme" (was "Acme Industrial")'],
  ])('%s %j', (path, value, sentences) => {
    const after = altered(acme, path.split('.'), value);
    expect(diffPacts(acme, after).map(({ text }) => text)).toEqual([sentences].flat());
  });
});

test('a change says where it is, whose clause it is and both values', () => {
  expect(diffPacts(acme, altered(acme, ['profile', 0, 'points'], 25))).toEqual([
    {
      kind: 'changed',
      path: 'profile.size.points',
      clause: 'profile',
      owner: 'both',
      text: 'Fit for size: 20 → 25 points',
      before: 20,
      after: 25,
    },
  ]);
});

test('the weightiest clauses come first', () => {
  const after = { ...acme, review: { every: '60d' }, profile: [], mql: { ...mql, text: 'Right.' } };
  expect(diffPacts(acme, after).map(({ clause }) => clause)).toEqual(['mql', 'profile', 'review']);
});

describe('nothing is left out', () => {
  const example = join(import.meta.dirname, '../../../../examples/acme-industrial/pact.yaml');
  const rich = parsePact(readFileSync(example)).pact;

  test('a pact has no differences from itself', () => {
    expect(diffPacts(rich, copy(rich))).toEqual([]);
    expect(diffPacts(acme, acme)).toEqual([]);
  });

  test('every value that is changed, and every item that is taken out, shows', () => {
    const all = [...alterations(rich)];
    for (const { keys, value } of all) {
      const after = altered(rich, keys, value);
      expect(diffPacts(rich, after), keys.join('.')).not.toEqual([]);
      expect(diffPacts(after, rich), keys.join('.')).not.toEqual([]);
    }
    expect(all.length).toBeGreaterThan(600);
  });
});

type Alteration = { keys: (string | number)[]; value: unknown };

/** Every way to change one value of a pact, or to take one item out of a list. */
function* alterations(value: unknown, keys: (string | number)[] = []): Generator<Alteration> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      yield* alterations(item, [...keys, i]);
      yield { keys, value: value.toSpliced(i, 1) };
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) yield* alterations(part, [...keys, name]);
  } else if (keys.join() !== 'language') {
    yield {
      keys,
      value: typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value}x`,
    };
  }
}
