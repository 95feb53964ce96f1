import { aMember, isSenior, type Policy } from '#features/people/policy.ts';

/** People alone: a program has no business with what a side has not shown yet. */
export const workshopPolicy: Policy<'read' | 'begin' | 'label' | 'finish'> = {
  read: aMember(),
  begin: aMember(isSenior),
  label: aMember(({ party }) => party !== null),
  finish: aMember(({ party, rank }) => party !== null && rank !== 'member'),
};
