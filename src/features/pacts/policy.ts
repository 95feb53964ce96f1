import { aMember, anybody, isSenior, type Policy } from '#features/people/policy.ts';

export const pactPolicy: Policy<'read' | 'draft' | 'propose' | 'sign' | 'bring_into_force'> = {
  read: anybody('pacts:read'),
  draft: aMember(),
  propose: aMember(isSenior),
  // Which party's lead or manager may sign is kept by the database itself.
  sign: aMember(({ party, rank }) => party !== null && rank !== 'member'),
  bring_into_force: aMember(isSenior),
};
