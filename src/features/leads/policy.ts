import { aMember, anybody, type Policy } from '#features/people/policy.ts';

/**
 * Nothing about a lead is hidden from either party: that is what the product is for. What is erased is gone for both, and
 * needs a manager's word.
 */
export const leadPolicy: Policy<'read' | 'read_handoffs' | 'merge' | 'judge' | 'erase'> = {
  read: anybody('leads:read'),
  read_handoffs: anybody('handoffs:read'),
  merge: aMember(),
  judge: aMember(),
  erase: aMember(({ rank }) => rank === 'manager'),
};
