import { aMember, anybody, type Policy } from '#features/people/policy.ts';

/** Sales works deals; what it found itself is its own to enter. */
export const dealPolicy: Policy<'read' | 'open' | 'close' | 'find'> = {
  read: anybody('deals:read'),
  open: aMember(({ party }) => party === 'sales'),
  close: aMember(({ party }) => party === 'sales'),
  find: aMember(({ party }) => party === 'sales'),
};
