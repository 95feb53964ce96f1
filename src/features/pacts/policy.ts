import { aMember, anybody, isSenior, type Policy } from '#features/people/policy.ts';

const ofAParty = aMember(({ party, rank }) => party !== null && rank !== 'member');

export const pactPolicy: Policy<
  | 'read'
  | 'draft'
  | 'comment'
  | 'propose'
  | 'sign'
  | 'decline'
  | 'withdraw'
  | 'reopen'
  | 'amend'
  | 'bring_into_force'
> = {
  read: anybody('pacts:read'),
  // A draft binds nobody: a program that keeps the pact as a file may write one.
  draft: anybody('pacts:write'),
  comment: aMember(),
  propose: aMember(isSenior),
  // Which party's lead or manager may sign is kept by the database itself.
  sign: ofAParty,
  decline: ofAParty,
  // Their own draft, or as a senior any: see there.
  withdraw: aMember(),
  reopen: aMember(),
  amend: ofAParty,
  bring_into_force: aMember(isSenior),
};
