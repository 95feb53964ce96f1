import { describe, expect, test } from 'vitest';
import type { Facts } from '#engine/facts/facts.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { ago, explain } from './explain.ts';

const DAY = 86_400_000;
const at = Date.parse('2026-03-15T12:00:00Z');

const { pact } = parsePact(`
pact: Acme
language: 1
bad_leads:
  - { id: rival, text: Works for a competitor., when: { attribute: account.domain, in: [rival.example, foe.example] }, reason: competitor }
profile:
  - { id: size, text: 51 to 1000 employees., when: { attribute: account.employees, between: [51, 1000] }, points: 20 }
  - { id: industry, text: Makes machines., when: { attribute: industry, is_not: Retail }, points: 10 }
  - { id: role, text: Runs a plant., when: { any: [ { attribute: title, contains: plant }, { attribute: role, is: Production } ] }, points: 10 }
interest:
  - { id: pricing, text: Read the pricing page., when: { did: page, where: { path: { starts_with: /pricing } } }, points: 8, half_life: 14d, cap: 24 }
  - { id: webinar, text: Came to a webinar., when: { did: Webinar Attended }, points: 5, within: 30d }
  - { id: papers, text: Reads papers., when: { did: Paper Downloaded, times: { gte: 3 } }, points: 2 }
  - { id: unsubscribed, text: Unsubscribed., when: { did: Unsubscribed }, points: -20, cap: -20 }
mql: { text: Shows the characteristics of a perfect customer., when: { all: [ { fit: { gte: 40 } }, { interest: { gte: 15 } } ] } }
fast_lanes:
  - { id: demo, text: Asked for a demo., when: { did: Form Submitted, where: { form: demo }, within: 30d }, tier: hot }
`);

const did = (type: string, days: number, properties = {}) => ({ at: at - days * DAY, type, properties });

const facts = (values: object, ...activities: Facts['activities']): Facts => ({
  id: '1',
  changes: [{ at: null, values: { email: 'a@b.example', ...values } }],
  activities: activities.sort((a, b) => a.at - b.at),
});

const pricing = (days: number) => did('page', days, { path: '/pricing' });

const cases: [criterion: string, lead: Facts, because: string][] = [
  [
    'pricing',
    facts({}, pricing(30), pricing(9), pricing(2)),
    'Read the pricing page 3 times, last 2 days ago: 14.2 of at most 24',
  ],
  ['pricing', facts({}, pricing(0)), 'Read the pricing page once, last just now: 8 of at most 24'],
  ['pricing', facts({}), 'Read the pricing page: not yet'],
  [
    'webinar',
    facts({}, did('Webinar Attended', 3), did('Webinar Attended', 1)),
    'Came to a webinar twice, last 1 day ago: 10 points',
  ],
  [
    'webinar',
    facts({}, did('Webinar Attended', 45)),
    'Came to a webinar: once, last 45 days ago, which is too long ago to count',
  ],
  [
    'papers',
    facts({}, did('Paper Downloaded', 3)),
    'Reads papers: once, last 3 days ago; counts when done at least 3 times',
  ],
  [
    'unsubscribed',
    facts({}, did('Unsubscribed', 1)),
    'Unsubscribed once, last 1 day ago: -20 of at least -20',
  ],
  ['size', facts({ account: { employees: 200 } }), '51 to 1000 employees: account.employees is 200'],
  [
    'size',
    facts({ 'account.employees': '20' }),
    '51 to 1000 employees: account.employees is 20, wanted between 51 and 1,000',
  ],
  ['size', facts({}), '51 to 1000 employees: account.employees is not known'],
  [
    'size',
    facts({ 'account.employees': 'many' }),
    '51 to 1000 employees: account.employees is "many", which cannot be compared, wanted between 51 and 1,000',
  ],
  [
    'industry',
    facts({ industry: 'retail' }),
    'Makes machines: industry is retail, wanted anything but Retail',
  ],
  ['role', facts({ title: 'Plant Manager' }), 'Runs a plant: title is Plant Manager'],
  ['role', facts({ title: 'CFO' }), 'Runs a plant: role is not known'],
  [
    'role',
    facts({ title: 'CFO', role: 'Finance' }),
    'Runs a plant: title is CFO, wanted text that contains "plant" and role is Finance, wanted Production',
  ],
  [
    'rival',
    facts({ 'account.domain': 'foe.example' }),
    'Works for a competitor: account.domain is foe.example',
  ],
  [
    'demo',
    facts({}, did('Form Submitted', 2, { form: 'Demo' })),
    'Asked for a demo: Form Submitted (form is demo) once within 30 days, last 2 days ago',
  ],
  ['demo', facts({}), 'Asked for a demo: no Form Submitted (form is demo) within 30 days'],
  [
    'mql',
    facts({}),
    'Shows the characteristics of a perfect customer: fit is 0, wanted at least 40 and interest is 0, wanted at least 15',
  ],
];

test.each(cases)('%s', (criterion, lead, because) => {
  expect(explain(pact, lead, at).find((reason) => reason.criterion === criterion)?.because).toBe(because);
});

test('a verdict opens into every criterion, in the order of the pact', () => {
  const reasons = explain(pact, facts({ 'account.employees': 200 }, pricing(14)), at);
  expect(reasons.map(({ criterion, kind, points, holds }) => [criterion, kind, points, holds])).toEqual([
    ['rival', 'bad_lead', 0, null],
    ['size', 'profile', 20, true],
    ['industry', 'profile', 0, null],
    ['role', 'profile', 0, null],
    ['pricing', 'interest', 4, true],
    ['webinar', 'interest', 0, false],
    ['papers', 'interest', 0, false],
    ['unsubscribed', 'interest', 0, false],
    ['demo', 'fast_lane', 0, false],
    ['mql', 'mql', 0, false],
  ]);
});

describe('how long ago', () => {
  const MINUTE = 60_000;
  test.each([
    [30_000, 'just now'],
    [MINUTE, '1 minute ago'],
    [90 * MINUTE, '1 hour ago'],
    [47 * 60 * MINUTE, '1 day ago'],
    [59 * DAY, '59 days ago'],
    [92 * DAY, '3 months ago'],
    [800 * DAY, '2 years ago'],
  ])('%i ms: %s', (age, said) => {
    expect(ago(age)).toBe(said);
  });
});
