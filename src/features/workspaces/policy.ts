import { aMember, anybody, inPerson, type Policy } from '#features/people/policy.ts';

/**
 * Keys let others in, so managers give them out, and a key never gives out another. One that acts for a member gives
 * their word: only they make it, for themselves.
 */
export const workspacePolicy: Policy<
  'read' | 'change' | 'read_keys' | 'make_keys' | 'make_own_key' | 'read_journal'
> = {
  read: anybody('workspace:read'),
  change: aMember(({ rank }) => rank === 'manager'),
  read_keys: aMember(({ rank }) => rank !== 'member'),
  make_keys: inPerson(({ rank }) => rank === 'manager'),
  make_own_key: inPerson(),
  read_journal: anybody('journal:read'),
};
