import { aMember, anybody, type Policy } from '#features/people/policy.ts';

/** Keys let others in, so managers give them out, and a key never gives out another. */
export const workspacePolicy: Policy<'read' | 'change' | 'read_keys' | 'make_keys' | 'read_journal'> = {
  read: anybody('workspace:read'),
  change: aMember(({ rank }) => rank === 'manager'),
  read_keys: aMember(({ rank }) => rank !== 'member'),
  make_keys: aMember(({ rank }) => rank === 'manager'),
  read_journal: anybody('journal:read'),
};
