import { expect, test } from 'vitest';
import type { Facts } from '#engine/facts/facts.ts';
import { ACME } from '#tests/support/pacts.ts';
import { checkGolden } from './golden.ts';
import { goldenFrom } from './golden-lead.ts';
import { parsePact } from './parse.ts';

const NOW = Date.UTC(2026, 2, 3, 9);
const MINUTE = 60_000;
const acme = parsePact(ACME).pact;
const facts: Facts = {
  id: '1',
  changes: [
    { at: null, values: { email: 'ann.smith@buyer.example', first_name: 'Ann', phone: '+1 555 0100' } },
    { at: NOW - 10 * MINUTE, values: { account: { employees: '200', name: 'Buyer' }, note: 'x' } },
    { at: NOW + MINUTE, values: { account: { employees: '5' } } },
  ],
  activities: [
    {
      at: NOW - 90 * MINUTE - 30_000,
      type: 'page',
      properties: { path: '/pricing', referrer: 'https://x.example' },
    },
    { at: NOW - 5 * MINUTE, type: 'Button', properties: {} },
    { at: NOW, type: 'Form Submitted', properties: { form: 'demo', email: 'ann.smith@buyer.example' } },
    { at: NOW + MINUTE, type: 'page', properties: { path: '/pricing' } },
  ],
};

test('keeps what the pact asks for, as of now, and nobody’s name', () => {
  const golden = goldenFrom(acme, facts, NOW, { expect: 'mql', text: 'Asked for a demo.' });
  expect(golden).toEqual({
    lead: { email: 'somebody@buyer.example', 'account.employees': 200, 'account.name': 'Buyer' },
    activities: [
      { type: 'page', ago: '90m', path: '/pricing' },
      { type: 'Form Submitted', form: 'demo' },
    ],
    expect: 'mql',
    text: 'Asked for a demo.',
  });
  expect(checkGolden({ ...acme, golden: [golden] })[0]).toMatchObject({ ok: true, got: 'mql' });
});

test('keeps the address where the verdict hangs on it', () => {
  const picky = parsePact(
    `${ACME.replace('{ attribute: email, exists: true }', '{ attribute: email, starts_with: ann. }')}`,
  ).pact;
  expect(goldenFrom(picky, facts, NOW, { expect: 'mql' }).lead.email).toBe('ann.smith@buyer.example');
});
