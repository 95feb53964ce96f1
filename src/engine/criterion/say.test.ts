import { describe, expect, test } from 'vitest';
import type { Condition, Test } from '#engine/pact/pact.ts';
import { did } from '#tests/support/build.ts';
import { sayCondition, sayDuration, sayNumber, sayTest } from './say.ts';

describe('a test', () => {
  test.each<[Test, string]>([
    [{ is: 'Germany' }, 'is Germany'],
    [{ is_not: true }, 'is not true'],
    [{ in: ['A1'] }, 'is A1'],
    [{ in: ['A1', 'A2', 'B1'] }, 'is A1, A2 or B1'],
    [{ not_in: ['A1'] }, 'is not A1'],
    [{ not_in: ['A1', 'A2', 'B1'] }, 'is neither A1, A2 nor B1'],
    [{ gt: 5, lte: 1000 }, 'is more than 5 and at most 1,000'],
    [{ gte: 1.5, lt: 2 }, 'is at least 1.5 and less than 2'],
    [{ between: [51, 1000] }, 'is between 51 and 1,000'],
    [{ contains: 'head', not_contains: 'deputy' }, 'contains "head" and does not contain "deputy"'],
    [{ starts_with: '/pricing' }, 'starts with /pricing'],
    [{ ends_with: '.edu', matches: '^a' }, 'ends with .edu and matches ^a'],
    [{ exists: true }, 'is known'],
    [{ exists: false }, 'is not known'],
    [{ after: '2026-01-01', before: '2026-02-01' }, 'is after 2026-01-01 and before 2026-02-01'],
  ])('%j: %s', (asked, words) => expect(sayTest(asked)).toBe(words));
});

describe('a condition', () => {
  const employees: Condition = { attribute: 'account.employees', between: [51, 1000] };
  const demo = did('Form Submitted', { where: { form: { is: 'demo' } } });
  const pricing = did('page', {
    where: { path: { starts_with: '/pricing' } },
    times: { gte: 3 },
    within: '30d',
  });
  test.each<[Condition, string]>([
    [employees, 'account.employees is between 51 and 1,000'],
    [demo, 'did Form Submitted (form is demo)'],
    [pricing, 'did page (path starts with /pricing) at least 3 times within 30 days'],
    [did('x', { times: { is: 1 } }), 'did x exactly 1 time'],
    [did('x', { times: { lt: 2 }, within: '1d' }), 'did x less than 2 times within 1 day'],
    [did('x', { times: { between: [2, 4] } }), 'did x between 2 and 4 times'],
    [did('x', { times: { gte: 2, lt: 9 } }), 'did x at least 2 and less than 9 times'],
    [{ fit: { gte: 40 } }, 'fit is at least 40'],
    [{ interest: { lt: 10 } }, 'interest is less than 10'],
    [{ grade: { in: ['A1', 'A2'] } }, 'grade is A1 or A2'],
    [{ stage: { gte: 'prospect/hot' } }, 'stage is at least prospect/hot'],
    [
      { all: [employees, demo] },
      'account.employees is between 51 and 1,000 and did Form Submitted (form is demo)',
    ],
    [
      { all: [{ fit: { gte: 40 } }, { any: [employees, { interest: { gte: 30 } }] }] },
      'fit is at least 40 and (account.employees is between 51 and 1,000 or interest is at least 30)',
    ],
    [
      { any: [{ all: [employees] }, demo] },
      'account.employees is between 51 and 1,000 or did Form Submitted (form is demo)',
    ],
    [{ not: { fit: { gte: 40 } } }, 'not fit is at least 40'],
    [
      { not: { any: [{ fit: { gte: 40 } }, demo] } },
      'not (fit is at least 40 or did Form Submitted (form is demo))',
    ],
  ])('%j: %s', (condition, words) => expect(sayCondition(condition)).toBe(words));
});

test.each([
  [1000, '1,000'],
  [1234567.5, '1,234,567.5'],
  [-15, '-15'],
  [-1234, '-1,234'],
  [0.1 + 0.2, '0.3'],
  [1e21, '1e+21'],
])('the number %d reads %s', (n, words) => expect(sayNumber(n)).toBe(words));

test.each([
  ['1d', '1 day'],
  ['30d', '30 days'],
  ['8w', '8 weeks'],
  ['15m', '15 minutes'],
  ['1h', '1 hour'],
])('%s is %s', (duration, words) => expect(sayDuration(duration)).toBe(words));
