import { expect, test } from 'vitest';
import { nearest, suggest } from './nearest.ts';

const KEYS = ['pact', 'profile', 'interest', 'points', 'half_life', 'starts_with', 'is', 'in', 'hot'];

test.each([
  ['profil', 'profile'],
  ['intrest', 'interest'],
  ['itnerest', 'interest'],
  ['Half-Life', 'half_life'],
  ['half life', 'half_life'],
  ['startswith', 'starts_with'],
  ['hott', 'hot'],
  ['iz', 'is'],
  ['zebra', null],
  ['x'.repeat(5_000), null],
])('%s is nearest to %s', (word, known) => {
  expect(nearest(word, KEYS)).toBe(known);
});

test('suggests the nearest, else says what there is', () => {
  expect(suggest('profil', KEYS, 'keys')).toBe('did you mean "profile"?');
  expect(suggest('zebra', ['a', 'b'], 'tiers')).toBe('known tiers: a, b');
  expect(suggest('zebra', [], 'queues')).toBe('there are no queues in this pact');
  const many = Array.from({ length: 40 }, (_, i) => `criterion_${i}`);
  expect(suggest('zebra', many, 'criteria')).toMatch(/criterion_23, … \(40 in all\)$/);
});
