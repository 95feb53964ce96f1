import { aMember, isSenior, type Policy } from '#features/people/policy.ts';

/** People alone: a program has no business with what a side has not shown yet. */
export const openingPolicy: Policy<'read' | 'begin' | 'write' | 'hand_in' | 'choose' | 'settle'> = {
  read: aMember(),
  begin: aMember(isSenior),
  write: aMember(({ party }) => party !== null),
  hand_in: aMember(({ party, rank }) => party !== null && rank !== 'member'),
  choose: aMember(isSenior),
  settle: aMember(isSenior),
};
