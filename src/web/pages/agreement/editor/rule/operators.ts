/** The operators of a test, as people read them. */
import type { Operator } from '#engine/pact/pact.ts';

export const operatorWords: Record<Operator, string> = {
  is: 'is',
  is_not: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  gt: 'is above',
  gte: 'is at least',
  lt: 'is below',
  lte: 'is at most',
  between: 'is between',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  matches: 'matches the pattern',
  exists: 'is known',
  before: 'is before',
  after: 'is after',
};

export const onValues = Object.keys(operatorWords) as Operator[];
export const onNumbers: Operator[] = ['gte', 'gt', 'lte', 'lt', 'between', 'is', 'is_not', 'in', 'not_in'];
export const onNames: Operator[] = ['is', 'is_not', 'in', 'not_in', 'gte', 'gt', 'lte', 'lt'];

/** What a test begins with, before anything is typed. */
export function firstValue(operator: Operator, before: unknown): unknown {
  const one = Array.isArray(before) ? before[0] : typeof before === 'boolean' ? '' : (before ?? '');
  if (operator === 'exists') return true;
  if (operator === 'in' || operator === 'not_in')
    return Array.isArray(before) ? before : one === '' ? [] : [one];
  if (operator === 'between') return Array.isArray(before) && before.length === 2 ? before : [one, one];
  return one;
}
