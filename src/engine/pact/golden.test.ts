import { expect, test } from 'vitest';
import { checkGolden } from './golden.ts';
import { parsePact } from './parse.ts';

const check = (golden: object[]) => {
  const pact = parsePact(
    JSON.stringify({
      pact: 'Golden',
      language: 1,
      calendar: { zone: 'UTC' },
      bad_leads: [
        { id: 'rival', text: 'Works for a rival.', when: { attribute: 'domain', is: 'rival.example' } },
      ],
      profile: [{ id: 'size', when: { attribute: 'employees', between: [51, 1000] }, points: 20 }],
      interest: [
        {
          id: 'pricing',
          text: 'Read the prices.',
          when: { did: 'page', where: { path: '/pricing' } },
          points: 8,
          half_life: '10d',
          cap: 20,
        },
      ],
      mql: { text: 'Looks right.', when: { all: [{ fit: { gte: 20 } }, { interest: { gte: 8 } }] } },
      fast_lanes: [{ id: 'demo', text: 'Asked for a demo.', when: { did: 'demo', within: '30d' } }],
      golden,
    }),
  ).pact;
  return checkGolden(pact);
};
const lead = { email: 'a@b.example', employees: 90 };
const pricing = { type: 'page', path: '/pricing' };

test('each golden lead is judged, and says why it is what it is', () => {
  const checks = check([
    { lead, activities: [pricing, { type: 'page', path: '/' }], expect: 'mql' },
    { lead, activities: [{ ...pricing, ago: '1d' }], expect: 'mql' },
    { lead: { email: 'a@b.example' }, activities: [{ type: 'demo' }], expect: 'not_mql' },
    { lead: { ...lead, domain: 'rival.example' }, expect: 'bad_lead' },
    { lead: { employees: 90 }, activities: [pricing], expect: 'visitor' },
  ]);
  expect(checks).toEqual([
    { index: 0, expect: 'mql', got: 'mql', ok: true, because: 'Looks right: fit is 20 and interest is 8' },
    {
      index: 1,
      expect: 'mql',
      got: 'not_mql',
      ok: false,
      because: 'Looks right: interest is 7.5, wanted at least 8',
    },
    {
      index: 2,
      expect: 'not_mql',
      got: 'mql',
      ok: false,
      because: 'Asked for a demo: demo once within 30 days, last just now',
    },
    {
      index: 3,
      expect: 'bad_lead',
      got: 'bad_lead',
      ok: true,
      because: 'Works for a rival: domain is rival.example',
    },
    { index: 4, expect: 'visitor', got: 'visitor', ok: true, because: 'no lead: wanted email is known' },
  ]);
});

test.each<[string, object[], string]>([
  [
    'at the last date given',
    [
      { ...pricing, at: '2026-03-01' },
      { type: 'x', at: '2026-03-11' },
    ],
    'not_mql',
  ],
  [
    'without an activity after it',
    [
      { ...pricing, at: '2026-03-11' },
      { type: 'x', at: '2026-03-01' },
    ],
    'mql',
  ],
  [
    'with ago counted back from there',
    [
      { ...pricing, ago: '10d' },
      { type: 'x', at: '2026-03-11' },
    ],
    'not_mql',
  ],
  ['with what has neither happening there', [pricing, { type: 'x', at: '2030-03-11' }], 'mql'],
  [
    'whatever the order of the file',
    [
      { ...pricing, ago: '1h' },
      { ...pricing, ago: '20d' },
    ],
    'mql',
  ],
])('is judged %s', (_, activities, got) => {
  expect(check([{ lead, activities, expect: 'mql' }])[0]!.got).toBe(got);
});

test('a pact without golden leads has none to check', () => expect(check([])).toEqual([]));
