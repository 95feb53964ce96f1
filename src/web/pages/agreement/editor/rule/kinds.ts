/** The kinds of conditions: how each is told, called and begun. */
import type { Condition } from '#engine/pact/pact.ts';

export type Kind = 'all' | 'any' | 'not' | 'attribute' | 'did' | 'fit' | 'interest' | 'grade' | 'stage';

export const kinds: Record<Kind, { name: string; begin: (before: Condition | null) => Condition }> = {
  all: { name: 'All of these', begin: (before) => ({ all: membersOf(before) }) },
  any: { name: 'Any of these', begin: (before) => ({ any: membersOf(before) }) },
  not: { name: 'Not', begin: (before) => ({ not: membersOf(before)[0]! }) },
  attribute: { name: 'What is known', begin: () => ({ attribute: 'country', is: 'DE' }) },
  did: { name: 'What was done', begin: () => ({ did: 'page', where: {}, times: { gte: 1 } }) },
  fit: { name: 'Fit', begin: () => ({ fit: { gte: 40 } }) },
  interest: { name: 'Interest', begin: () => ({ interest: { gte: 30 } }) },
  grade: { name: 'Grade', begin: () => ({ grade: { in: ['A1'] } }) },
  stage: { name: 'Stage', begin: () => ({ stage: { is: 'conversion' } }) },
};

export const kindOf = (condition: Condition): Kind =>
  (Object.keys(kinds) as Kind[]).find((kind) => kind in condition)!;

/** What a group holds; of anything else, itself: so that a condition is put into a group without being lost. */
function membersOf(before: Condition | null): Condition[] {
  if (before === null) return [kinds.attribute.begin(null)];
  if ('all' in before) return before.all;
  if ('any' in before) return before.any;
  return 'not' in before ? [before.not] : [before];
}
