import { describe, expect, it } from 'vitest';
import { isUuid, messageKey, newId } from '#platform/ids.ts';

describe('ids', () => {
  it('sort as the instants they were made at', () => {
    const instants = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 2 ** 47];
    const ids = instants.map(newId);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every(isUuid)).toBe(true);
    expect(ids.every((id) => id[14] === '7' && '89ab'.includes(id[19]!))).toBe(true);
  });

  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newId(1))).size).toBe(10_000);
  });

  it.each([
    ['', false],
    ["0199c0de-0000-7000-8000-000000000001'; drop table leads; --", false],
    ['0199c0de-0000-7000-8000-00000000000', false],
    ['0199C0DE-0000-7000-8000-000000000001', true],
  ])('%j is a UUID: %s', (text, expected) => expect(isUuid(text)).toBe(expected));
});

describe('messageKey', () => {
  it('depends on the whole id alone', () => {
    expect(messageKey('a')).toBe(messageKey('a'));
    expect(messageKey('a')).not.toBe(messageKey('b'));
    expect(messageKey('ajs-next-1700000000000-x')).not.toBe(messageKey('ajs-next-1700000000000-y'));
  });

  it.each([
    'node-next-1700000000000-9f3c1b2a-0000-4000-8000-000000000000',
    'ajs-next-1700000000000-zzz',
    '018bcfe5-6800-7abc-8def-0123456789ab',
  ])('keeps the time of %s in front', (id) => {
    expect(messageKey(id).slice(0, 13)).toBe('018bcfe5-6800');
  });

  it('takes any text', () => {
    expect(isUuid(messageKey(''))).toBe(true);
    expect(isUuid(messageKey('ajs-next-17-x'))).toBe(true);
    expect(isUuid(messageKey('\u0000é'.repeat(500)))).toBe(true);
  });
});
