import { describe, expect, test } from 'vitest';
import type { NameTest, NumberTest, Test } from '#engine/pact/pact.ts';
import { compileNameTest, compileNumberTest, compileTest } from './test.ts';
import { readValue } from './value.ts';

const MISSING = null;

describe('a test on a value', () => {
  test.each<[asked: Test, of: unknown, holds: true | false | null]>([
    // is
    [{ is: 'Chemicals' }, 'Chemicals', true],
    [{ is: 'Chemicals' }, ' chemicals ', true],
    [{ is: ' CHEMICALS' }, 'Chemicals', true],
    [{ is: 'Chemicals' }, 'Chemicals and more', false],
    [{ is: 'Chemicals' }, MISSING, null],
    [{ is: 'Chemicals' }, '', null],
    [{ is: 5 }, 5, true],
    [{ is: 5 }, '5', true],
    [{ is: '5' }, 5, true],
    [{ is: 5 }, '5.0', true],
    [{ is: 5 }, '5 apples', false],
    [{ is: 5 }, 'five', false],
    [{ is: true }, 'TRUE', true],
    [{ is: true }, 'yes', false],
    [{ is: false }, false, true],
    [{ is: '2026-03-01' }, '2026-03-01T00:00Z', true],
    [{ is: '2026-03-01' }, '2026-03-01T00:00:01Z', false],
    [{ is: '123456789012345678' }, '123456789012345678', true],
    [{ is: '123456789012345678' }, '123456789012345679', false],
    // is_not
    [{ is_not: 'Chemicals' }, 'Steel', true],
    [{ is_not: 'Chemicals' }, 'CHEMICALS ', false],
    [{ is_not: 'Chemicals' }, MISSING, null],
    [{ is_not: 5 }, '5.0', false],
    [{ is_not: 5 }, 'five', true],
    [{ is_not: '2026-03-01' }, '2026-03-02', true],
    // in
    [{ in: ['Germany', 'France'] }, 'france', true],
    [{ in: ['Germany', 'France'] }, ' FRANCE ', true],
    [{ in: ['Germany', 'France'] }, 'Spain', false],
    [{ in: ['Germany', 'France'] }, MISSING, null],
    [{ in: [1, 2] }, '2.0', true],
    [{ in: [1, 2] }, 'two', false],
    [{ in: ['1', 2] }, 1, true],
    [{ in: ['2026-03-01', 'never'] }, '2026-03-01T00:00', true],
    [{ in: ['2026-03-01', 'never'] }, 'Never', true],
    [{ in: [] }, 'Spain', false],
    [{ in: [] }, MISSING, null],
    // not_in
    [{ not_in: ['Germany', 'France'] }, 'Spain', true],
    [{ not_in: ['Germany', 'France'] }, 'GERMANY', false],
    [{ not_in: ['Germany', 'France'] }, MISSING, null],
    [{ not_in: [1, 2] }, '1', false],
    [{ not_in: [1, 2] }, 'one', true],
    [{ not_in: ['2026-03-01'] }, '2026-03-01', false],
    // gt
    [{ gt: 50 }, 51, true],
    [{ gt: 50 }, 50, false],
    [{ gt: 50 }, '50.000001', true],
    [{ gt: 50 }, ' 51 ', true],
    [{ gt: '50' }, 51, true],
    [{ gt: 50 }, 'many', null],
    [{ gt: 50 }, '1,000', null],
    [{ gt: 50 }, MISSING, null],
    [{ gt: '2026-03-01' }, '2026-03-02', true],
    [{ gt: '2026-03-01' }, '2026-03-01', false],
    [{ gt: '2026-03-01' }, 51, null],
    [{ gt: 50 }, '2026-03-01', null],
    // gte
    [{ gte: 50 }, 50, true],
    [{ gte: 50 }, '50.0', true],
    [{ gte: 50 }, '49.999999', false],
    [{ gte: 50 }, 'many', null],
    [{ gte: 50 }, MISSING, null],
    [{ gte: '2026-03-01' }, '2026-03-01', true],
    [{ gte: '2026-03-01' }, '2026-02-28T23:59:59.999Z', false],
    [{ gte: '2026-03-01' }, 'soon', null],
    // lt
    [{ lt: 50 }, 49, true],
    [{ lt: 50 }, 50, false],
    [{ lt: 50 }, '-1', true],
    [{ lt: 50 }, 'few', null],
    [{ lt: 50 }, MISSING, null],
    [{ lt: '2026-03-01' }, '2026-02-28T23:59:59.999Z', true],
    [{ lt: '2026-03-01' }, '2026-03-01', false],
    // lte
    [{ lte: 50 }, 50, true],
    [{ lte: 50 }, '50.1', false],
    [{ lte: 50 }, '5e1', true],
    [{ lte: 50 }, 'few', null],
    [{ lte: 50 }, MISSING, null],
    [{ lte: '2026-03-01' }, '2026-03-01T00:00:00Z', true],
    [{ lte: '2026-03-01' }, '2026-03-01T00:00:00.001Z', false],
    // between: both ends included
    [{ between: [51, 1000] }, 51, true],
    [{ between: [51, 1000] }, 1000, true],
    [{ between: [51, 1000] }, '1000.0', true],
    [{ between: [51, 1000] }, 50, false],
    [{ between: [51, 1000] }, 1001, false],
    [{ between: [51, 1000] }, '51-1000', null],
    [{ between: [51, 1000] }, MISSING, null],
    [{ between: ['2026-01-01', '2026-01-31'] }, '2026-01-31', true],
    [{ between: ['2026-01-01', '2026-01-31'] }, '2026-01-31T00:01', false],
    [{ between: ['2026-01-01', '2026-01-31'] }, 'January', null],
    [{ between: [-5, -1] }, '-3', true],
    // contains
    [{ contains: 'chem' }, 'Petrochemicals', true],
    [{ contains: ' CHEM ' }, 'petrochemicals', true],
    [{ contains: 'steel' }, 'Petrochemicals', false],
    [{ contains: 'steel' }, MISSING, null],
    [{ contains: '00' }, 1000, true],
    [{ contains: 'b' }, ['a', 'b'], true],
    [{ contains: '-03-' }, '2026-03-01', true],
    // not_contains
    [{ not_contains: 'steel' }, 'Petrochemicals', true],
    [{ not_contains: 'CHEM' }, 'petrochemicals', false],
    [{ not_contains: 'steel' }, MISSING, null],
    [{ not_contains: '9' }, 1000, true],
    // starts_with
    [{ starts_with: '/pricing' }, '/Pricing/europe', true],
    [{ starts_with: '/pricing' }, ' /pricing', true],
    [{ starts_with: '/pricing' }, '/blog/pricing', false],
    [{ starts_with: '/pricing' }, MISSING, null],
    [{ starts_with: '49' }, 4930, true],
    [{ starts_with: '2026-03' }, '2026-03-01', true],
    // ends_with
    [{ ends_with: '.EDU' }, 'ada@math.edu ', true],
    [{ ends_with: '.edu' }, 'ada@edu.com', false],
    [{ ends_with: '.edu' }, MISSING, null],
    [{ ends_with: '30' }, 4930, true],
    // matches: RE2, unanchored, case of no account
    [{ matches: '^head|chief' }, 'Head of Sales', true],
    [{ matches: '^head|chief' }, 'The Chief', true],
    [{ matches: '^head|chief' }, 'Sales head', false],
    [{ matches: '^head|chief' }, MISSING, null],
    [{ matches: '^\\d+$' }, 1000, true],
    [{ matches: 'CAF\u00c9' }, 'cafe\u0301', true],
    [{ matches: '(a+)+$' }, `${'a'.repeat(5000)}!`, false],
    // exists
    [{ exists: true }, 'x', true],
    [{ exists: true }, 0, true],
    [{ exists: true }, MISSING, false],
    [{ exists: true }, '   ', false],
    [{ exists: false }, MISSING, true],
    [{ exists: false }, 'x', false],
    // before, after
    [{ before: '2026-03-01' }, '2026-02-28', true],
    [{ before: '2026-03-01' }, '2026-03-01', false],
    [{ before: '2026-03-01' }, '2026-03-01T01:00+02:00', true],
    [{ before: '2026-03-01' }, 'yesterday', null],
    [{ before: '2026-03-01' }, 20260228, null],
    [{ before: '2026-03-01' }, MISSING, null],
    [{ after: '2026-03-01' }, '2026-03-01T00:00:00.001', true],
    [{ after: '2026-03-01' }, '2026-03-01', false],
    [{ after: '2026-03-01' }, '2026-03-01T23:00-05:00', true],
    [{ after: '2026-03-01' }, 'tomorrow', null],
    [{ after: '2026-03-01' }, MISSING, null],
    // several operators in one test must all hold
    [{ gte: 10, lt: 20 }, 10, true],
    [{ gte: 10, lt: 20 }, 20, false],
    [{ gte: 10, lt: 20 }, 'ten', null],
    [{ is_not: 'ten', gte: 10 }, 'ten', false],
    [{ is_not: 'nine', gte: 10 }, 'ten', null],
    [{ exists: true, gte: 10 }, MISSING, false],
    [{ exists: false, gte: 10 }, MISSING, null],
    [{ exists: true, gte: 10 }, 10, true],
    [{ exists: true, gte: 10 }, 'ten', null],
    // none at all
    [{}, MISSING, true],
    // odd text
    [{ is: 'a\u0000b' }, 'A\u0000B', true],
    [{ contains: '\ud800' }, 'x\ud800y', true],
    [{ contains: 'e\u0301t\u00e9' }, 'Un \u00c9t\u00c9 chaud', true],
    [{ starts_with: 'STRASSE' }, 'Straßenbahn', true],
  ])('%j of %j is %s', (asked, of, holds) => {
    expect(compileTest(asked)(readValue(of))).toBe(holds);
  });

  test('an operator that does not exist is said, not taken for no', () => {
    expect(() => compileTest({ like: 'x' } as Test)).toThrow('unknown operator "like"');
  });

  test.each<[Test, string]>([
    [{ is: '' }, 'a test compares with a value; found ""'],
    [{ gt: 'lots' }, 'compare with a number or a date; found "lots"'],
    [{ before: 'soon' }, 'before and after compare with a date; found "soon"'],
  ])('%j cannot be asked: %s', (asked, why) => {
    expect(() => compileTest(asked)).toThrow(why);
  });
});

describe('a test on a number that is always known', () => {
  test.each<[asked: NumberTest, of: number, holds: boolean]>([
    [{ is: 3 }, 3, true],
    [{ is: '3' }, 3, true],
    [{ is: 3 }, 3.000001, false],
    [{ is_not: 3 }, 3, false],
    [{ is_not: 3 }, 4, true],
    [{ in: [1, 3] }, 3, true],
    [{ in: [1, 3] }, 2, false],
    [{ not_in: [1, 3] }, 2, true],
    [{ not_in: [1, 3] }, 1, false],
    [{ gt: 40 }, 40, false],
    [{ gt: 40 }, 40.000001, true],
    [{ gte: 40 }, 40, true],
    [{ gte: 40 }, 39.999999, false],
    [{ lt: 40 }, 40, false],
    [{ lt: 40 }, 39.999999, true],
    [{ lte: 40 }, 40, true],
    [{ lte: 40 }, 40.000001, false],
    [{ between: [10, 20] }, 10, true],
    [{ between: [10, 20] }, 20, true],
    [{ between: [10, 20] }, 9.999999, false],
    [{ between: [10, 20] }, 20.000001, false],
    [{ gte: 1, lt: 3 }, 2, true],
    [{ gte: 1, lt: 3 }, 3, false],
    [{ gte: 0 }, 0, true],
  ])('%j of %d is %s', (asked, of, holds) => {
    expect(compileNumberTest(asked)(of)).toBe(holds);
  });

  test('an operator that does not exist is said', () => {
    expect(() => compileNumberTest({ contains: '3' } as NumberTest)).toThrow('unknown operator "contains"');
  });
});

describe('a test on a stage', () => {
  const ladder = ['conversion', 'prospect', 'prospect/warm', 'prospect/hot', 'researcher', 'investigator'];
  const rank = (name: string) => ladder.indexOf(name.toLowerCase());

  test.each<[asked: NameTest, of: string, holds: boolean]>([
    [{ is: 'prospect' }, 'prospect', true],
    [{ is: 'prospect' }, 'prospect/hot', true],
    [{ is: 'Prospect' }, 'prospect', true],
    [{ is: 'prospect/hot' }, 'prospect/hot', true],
    [{ is: 'prospect/hot' }, 'prospect', false],
    [{ is: 'prospect' }, 'researcher', false],
    [{ is: 'conversion' }, 'conversion', true],
    [{ is_not: 'prospect' }, 'prospect/warm', false],
    [{ is_not: 'prospect' }, 'researcher', true],
    [{ in: ['researcher', 'prospect'] }, 'prospect/warm', true],
    [{ in: ['researcher', 'prospect/hot'] }, 'prospect/warm', false],
    [{ not_in: ['researcher', 'prospect'] }, 'prospect/warm', false],
    [{ not_in: ['researcher', 'prospect'] }, 'conversion', true],
    [{ gt: 'prospect' }, 'prospect', false],
    [{ gt: 'prospect' }, 'prospect/hot', false],
    [{ gt: 'prospect/warm' }, 'prospect/hot', true],
    [{ gt: 'prospect' }, 'researcher', true],
    [{ gte: 'prospect' }, 'prospect', true],
    [{ gte: 'prospect' }, 'prospect/hot', true],
    [{ gte: 'prospect' }, 'conversion', false],
    [{ gte: 'prospect/hot' }, 'prospect/warm', false],
    [{ lt: 'prospect' }, 'conversion', true],
    [{ lt: 'prospect' }, 'prospect', false],
    [{ lt: 'prospect/hot' }, 'prospect/warm', true],
    [{ lte: 'prospect' }, 'prospect/hot', true],
    [{ lte: 'prospect' }, 'researcher', false],
    [{ gte: 'prospect', lt: 'investigator' }, 'researcher', true],
  ])('%j of %s is %s', (asked, of, holds) => {
    expect(compileNameTest(asked, rank)(of)).toBe(holds);
  });
});
