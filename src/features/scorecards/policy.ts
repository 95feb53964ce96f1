import { aMember, anybody, isSenior, type Policy } from '#features/people/policy.ts';

/** Figures are for everybody. Who answers for them, and what is expected, is said by leads, managers and the facilitator. */
export const measurePolicy: Policy<'read' | 'change' | 'expect'> = {
  read: anybody('measures:read'),
  change: aMember(isSenior),
  expect: aMember(isSenior),
};
