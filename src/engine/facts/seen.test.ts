import { describe, expect, test } from 'vitest';
import { activity } from '#tests/support/build.ts';
import type { AttributeChange, Raw } from './facts.ts';
import { attributesAt, propertyOf } from './seen.ts';

const seen = (changes: AttributeChange[], at: number): Record<string, string> =>
  Object.fromEntries(
    [...attributesAt({ id: 'ada', changes, activities: [] }, at)].map(([name, value]) => [name, value.text]),
  );

describe('attributes as they stood', () => {
  const changes: AttributeChange[] = [
    { at: null, values: { Country: 'DE' } },
    { at: 100, values: { title: 'Engineer', city: 'Bonn' } },
    { at: 200, values: { title: 'Head of Sales' } },
    { at: 200, values: { title: 'Chief of Sales' } },
    { at: 300, values: { city: null, country: '' } },
  ];
  test.each<[at: number, expected: Record<string, string>]>([
    [0, { country: 'DE' }],
    [99, { country: 'DE' }],
    [100, { country: 'DE', title: 'Engineer', city: 'Bonn' }],
    [199, { country: 'DE', title: 'Engineer', city: 'Bonn' }],
    [200, { country: 'DE', title: 'Chief of Sales', city: 'Bonn' }],
    [300, { title: 'Chief of Sales' }],
  ])('at %d: %j', (at, expected) => {
    expect(seen(changes, at)).toEqual(expected);
  });
});

describe('names', () => {
  const read = (values: Record<string, Raw>) => seen([{ at: null, values }], 0);
  test.each<[values: Record<string, Raw>, expected: Record<string, string>]>([
    [{ ' Job Title ': 'CEO' }, { 'job title': 'CEO' }],
    [{ STRASSE: 'x' }, { strasse: 'x' }],
    [{ straße: 'x' }, { strasse: 'x' }],
    [{ account: { name: 'Acme' } }, { account: '{"name":"Acme"}', 'account.name': 'Acme' }],
    [{ 'account.name': 'Acme' }, { 'account.name': 'Acme' }],
    [{ a: { b: { c: 1 } } }, { a: '{"b":{"c":1}}', 'a.b': '{"c":1}', 'a.b.c': '1' }],
    [{ tags: ['a', 'b'] }, { tags: 'a, b' }],
    [{ email: '' }, {}],
    [{ email: null }, {}],
  ])('%j', (values, expected) => {
    expect(read(values)).toEqual(expected);
  });

  test('names that mean something to JavaScript are names like others', () => {
    const values = JSON.parse('{"__proto__": "x", "constructor": "y"}');
    const names = attributesAt({ id: 'ada', changes: [{ at: null, values }], activities: [] }, 0).keys();
    expect([...names]).toEqual(['__proto__', 'constructor']);
  });

  test('a property by its folded, dotted name; missing ones are null', () => {
    const visit = activity(0, 'page', { Page: { Path: '/pricing' }, title: '', n: 5 });
    expect(propertyOf(visit, 'page.path')?.text).toBe('/pricing');
    expect(propertyOf(visit, 'n')?.number).toBe(5);
    expect(propertyOf(visit, 'title')).toBe(null);
    expect(propertyOf(visit, 'nothing')).toBe(null);
  });
});
