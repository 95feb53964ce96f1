import { expect, test } from 'vitest';
import { ACME } from '#tests/support/pacts.ts';
import { parsePact } from './parse.ts';
import { readAloud } from './read-aloud.ts';

const clauses = readAloud(parsePact(ACME).pact);
const named = (id: string) => clauses.find((one) => one.id === id);

test('every clause is there once, in the order of the document', () => {
  const ids = clauses.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.slice(0, 7)).toEqual([
    'lead',
    'bad_leads',
    'bad_leads.competitor',
    'profile',
    'profile.size',
    'interest',
    'interest.pricing',
  ]);
});

test('each says in words what people wrote and what the rule is', () => {
  expect(named('profile.size')).toEqual({
    id: 'profile.size',
    name: 'size',
    part: 'profile',
    text: '51 to 1000 employees.',
    rule: 'account.employees is between 51 and 1,000',
    owner: 'both',
    points: 20,
  });
  expect(named('interest.pricing')?.rule).toBe(
    'did page (path starts with /pricing); half of it is gone after 2 weeks; no further than 24 points',
  );
  expect(named('mql')).toMatchObject({ name: 'mql', rule: 'fit is at least 40 and interest is at least 30' });
  expect(named('stages.prospect')?.rule).toBe(
    'interest is at least 5; warm: interest is at least 10; hot: interest is at least 20',
  );
  expect(named('fast_lanes.demo')?.rule).toBe('did Form Submitted (form is demo); handed over as hot');
  expect(named('handoff')?.rule).toBe(
    'email, account.name must be known; not reached means: at least 6 attempts over at least 2 channels within 10 working days',
  );
  expect(named('handoff.hot')?.rule).toBe(
    'accepted within 2 working hours, first touched within 15 working minutes, decided within 3 working days',
  );
  expect(named('reasons.timing')?.rule).toBe('accuses sql; the lead is nurtured on');
  expect(named('terms.sales.attainment')?.text).toBe('Sales promises: 90 % are answered in time.');
});
